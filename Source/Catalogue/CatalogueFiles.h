#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/Facts/FactsCache.h"
#include "Catalogue/Facts/FactsReader.h"
#include "Catalogue/Files/FileStatus.h"
#include "Catalogue/Files/FolderWalk.h"

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

/** The files of a catalogue, their known facts, and the order in which they are read.

    The result of a walk replaces that of the one before; until a walk has ended, files that it has not reached yet stay
    visible. A file is read once it has not been modified for as long as its time stamp can resolve, so that a file is
    not read while it is copied. A modified file keeps its old facts until it is read again. One thread at a time.
    [not audio] */
class CatalogueFiles
{
public:
    using Clock = std::chrono::steady_clock;
    using Entry = CatalogueEntries::Entry;

    explicit CatalogueFiles (FactsCache&);

    /** Begins a walk of these kernel folders; files of other folders are dropped. */
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

    /** Returns what to read next: wanted files first, then headers, then whole files. Removes ids from wantedIds whose
        facts are known. Empty if nothing may be read now. */
    std::optional<Wish> next (std::vector<std::string>& wantedIds);

    /** Returns when the next file that was modified lately may be read. */
    std::optional<Clock::time_point> nextTime() const noexcept { return soonest; }

    /** Stores what was read for a wish. No walk may have begun since. */
    void take (const Wish&, const FactsReading&);

    /** Checks files for modifications in place: those of firstIds first, then on from where the last check ended, until
        a time. Returns true if a file is gone. */
    bool look (std::span<const std::string> firstIds, Clock::time_point end, const std::function<bool()>& goesOn);

    /** Appends the visible entries. */
    void appendTo (std::vector<Entry>&) const;

    /** Returns true if entries may have been added, removed or reordered since the last call. */
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
        FileStatus status;        // when it was last seen
        Needs needs = Needs::nothing;
        bool isShown = true;         // false for prose, and for possible prose that has not been read
        bool isClosed = false;       // could not be opened
        Clock::time_point notBefore; // earliest time to read it
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
    std::vector<std::optional<File>> old;                        // of the last walk; empty once found again
    std::unordered_map<std::string, size_t> indices, oldIndices; // by id
    std::set<FileIdentity> identities;                           // of the files, if there are links
    size_t headerCursor = 0, cursor = 0, lookCursor = 0;
    std::optional<Clock::time_point> soonest;
    bool namesChanged = false;
};

} // namespace faltwerk
