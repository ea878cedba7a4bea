#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/FactsCache.h"
#include "Catalogue/FactsReader.h"
#include "Catalogue/FileStatus.h"
#include "Catalogue/FolderWalk.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace faltwerk
{

/** The files of a catalogue, with what is known of each and what is to be read next. What a walk finds takes the place
    of what was there before, facts and all; until it has ended, what it has not come to yet is still shown. A file is
    read once it has not changed for as long as its time can tell, so that what is being copied is not read halfway;
    until a changed file is read again, it is shown with what was known of it. [any, not audio; one thread at a time] */
class CatalogueFiles
{
public:
    using Clock = std::chrono::steady_clock;
    using Entry = CatalogueEntries::Entry;

    explicit CatalogueFiles (FactsCache&);

    /** Begins a walk of some kernel folders; what lies in others is dropped. */
    void beginWalk (const std::vector<CatalogueFolder>&);
    void add (const FoundKernel&);
    void addSingle (const std::string& path);
    void endWalk();

    struct Wish
    {
        size_t index;
        std::string path;
        bool headerOnly;
    };

    /** What to read next: of those that are wanted first, which it strikes off as they are known; then headers; then
        the rest. None if there is nothing that may be read now. */
    std::optional<Wish> next (std::vector<std::string>& wantedIds);

    /** When there will be something that must not be read yet. */
    std::optional<Clock::time_point> nextTime() const noexcept { return soonest; }

    /** Takes what was read of a wish; no walk may have begun since. */
    void take (const Wish&, const FactsReading&);

    /** Looks for files that were changed in place: those with some ids first, then on from where the last look ended,
        until the time is up. True if one is gone. */
    bool look (std::span<const std::string> firstIds, Clock::time_point end, const std::function<bool()>& goesOn);

    /** Puts what is to be shown behind others. */
    void appendTo (std::vector<Entry>&) const;

    /** Whether entries may have come, gone or changed places since this was last asked. */
    bool haveNamesChanged();

    struct Count
    {
        size_t files = 0, withFacts = 0;
    };

    Count count() const;

private:
    enum class Needs
    {
        header,
        all,
        nothing
    };

    struct File
    {
        Entry entry;
        std::string kernelFolder; // empty for a single file
        FileStatus status;        // of what is known, or to be read
        Needs needs = Needs::nothing;
        bool isShown = true; // prose is not, nor what may be until it is read
        bool isClosed = false;
        Clock::time_point notBefore; // is it to be read
    };

    void insert (const std::string& path, const std::string& kernelFolder, bool isLink);
    std::optional<File> makeFile (CatalogueEntry, const std::string& kernelFolder) const;
    void setStatus (File&, const FileStatus&) const;
    void setFacts (File&, const CatalogueFacts&, bool isProse);
    bool isThere (File&);
    bool isDue (const File&, Clock::time_point now);
    void startOver();

    FactsCache& cache;
    std::vector<File> files;                                     // found by this walk
    std::vector<std::optional<File>> old;                        // by the one before it; none where it was found again
    std::unordered_map<std::string, size_t> indices, oldIndices; // by id
    std::set<FileIdentity> identities;                           // of the files, once there are links
    size_t headerCursor = 0, cursor = 0, lookCursor = 0;
    std::optional<Clock::time_point> soonest;
    bool namesChanged = false;
};

} // namespace faltwerk
