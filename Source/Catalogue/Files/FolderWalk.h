#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/Files/FileStatus.h"

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
    bool isLink; // links come after all other files
};

/** Limits of a walk. */
struct WalkLimits
{
    size_t kernels = 100000, folders = 50000, names = 2000000, depth = 100;
};

/** Finds possible kernels in folders and their subfolders, and later tells whether anything has changed.

    The listing of a folder is kept and read again only if the folder's time has changed, so that a further walk costs
    one call of the file system for each folder. A folder is walked once, however many paths and links lead to it: by
    its real path if that lies in a kernel folder, and as a kernel folder if it is one. Circular links and the limits
    end a walk. One thread at a time. [not audio] */
class FolderWalk
{
public:
    explicit FolderWalk (WalkLimits allowed = {})
        : limits (allowed)
    {
    }

    /** Calls visit for each possible kernel. Returns false if it was cancelled; listings are kept.
        @param folders  receive their sentences  @param goesOn  called for each folder and every few names; false
        cancels */
    bool run (std::vector<CatalogueFolder>& folders,
              const std::function<bool()>& goesOn,
              const std::function<void (const FoundKernel&)>& visit);

    /** Returns true if a further walk may find something else, or if the check was cancelled. */
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
        bool isSettled = false;    // any later change will change its time
        bool isOpen = false;
        size_t numNames = 0, numForeignNames = 0; // all, and those that are not UTF-8
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
    std::unordered_map<std::string, FileStatus> others; // links, and kernel folders that are not folders
};

} // namespace faltwerk
