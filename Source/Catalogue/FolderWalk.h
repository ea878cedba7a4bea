#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/FileStatus.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace faltwerk
{

/** A file that may be a kernel. */
struct FoundKernel
{
    std::string path;
    const std::string& kernelFolder;
    bool isLink; // which comes after all that are none
};

/** What a walk of folders never exceeds. */
struct WalkLimits
{
    size_t kernels = 100000, folders = 50000, names = 2000000, depth = 100;
};

/** Finds the kernels below some folders, and finds out later whether there are others. What a folder holds is
    remembered, and read again only where its time tells that it changed, so that a further walk costs a call for each
    folder. A folder is walked once, however often it is named or linked: under its real path if it has one below a
    kernel folder, and as a kernel folder rather than as part of another. What would never end does: links to where they
    are, more of anything than the limits. [any, not audio; one thread at a time] */
class FolderWalk
{
public:
    explicit FolderWalk (WalkLimits allowed = {})
        : limits (allowed)
    {
    }

    /** Calls visit for each file that may be a kernel. False if it was stopped; what was remembered stays.
        @param folders  with their sentences when it returns
        @param goesOn  asked for each folder and each few names */
    bool run (std::vector<CatalogueFolder>& folders,
              const std::function<bool()>& goesOn,
              const std::function<void (const FoundKernel&)>& visit);

    /** Whether a further walk may find something else; true, too, if it was stopped. */
    bool hasChanged (const std::function<bool()>& goesOn) const;

private:
    using Clock = std::chrono::steady_clock;

    struct Item
    {
        enum class Kind
        {
            kernel,
            folder,
            link
        };

        std::string name;
        Kind kind;
    };

    struct Listing
    {
        FileStatus status;         // of the folder, before it was read
        Clock::time_point noticed; // when it was first seen with this time
        bool isSettled = false;    // whatever changes after it was read changes its time
        bool isOpen = false;
        size_t numNames = 0, numForeignNames = 0; // all, and those that are no UTF-8
        std::vector<Item> items;
    };

    class Run;

    static Listing list (const std::string& path,
                         const FileStatus&,
                         const Listing* before,
                         size_t mostNames,
                         const std::function<bool()>& goesOn);

    const WalkLimits limits;
    std::unordered_map<std::string, Listing> known;     // folders, by path
    std::unordered_map<std::string, FileStatus> others; // links, and kernel folders that are none
};

} // namespace faltwerk
