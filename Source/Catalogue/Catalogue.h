#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/CatalogueFiles.h"
#include "Catalogue/Facts/FactsCache.h"
#include "Catalogue/Files/FolderWalk.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace faltwerk
{

/** The kernels to choose from: the factory bank, the user's kernel folders with their subfolders, and single files.

    A thread of low priority finds the files, publishes them in batches, and then reads each: visible ones first,
    headers before whole files. The facts are kept in Catalogue.cache in the user's folder, so that no file is read
    twice. While there is a watcher, folders are checked for changes every two seconds.

    Only the destructor waits for the thread, for at most one call of the file system. A file takes about 0.9 kB of
    memory, and there are at most 100,000; the cache takes up to 20 MB; files are read in pieces. [not audio] */
class Catalogue : private juce::Thread
{
public:
    /** Returns the catalogue of a user's folder, which the process shares. */
    static std::shared_ptr<Catalogue> in (const juce::File& userFolder);

    explicit Catalogue (const juce::File& userFolder);
    ~Catalogue() override;

    /** Sets the kernel folders, as absolute paths. Entries of folders that remain stay visible. */
    void setFolders (const juce::StringArray&);

    /** Sets files to include that may lie outside the kernel folders, by id: favourites and recents. */
    void setSingles (std::vector<std::string> ids);

    /** Returns the current entries; never null. */
    std::shared_ptr<const CatalogueEntries> snapshot() const;

    /** Returns the version of the newest snapshot, which increases with each. */
    uint64_t version() const noexcept { return newest.load (std::memory_order_relaxed); }

    struct Progress
    {
        size_t numFiles = 0, numWithFacts = 0;
        size_t numReadings = 0; // files read since the start; those in the cache are not read
        bool isScanning = false;
    };

    Progress progress() const;

    /** Count the watchers. While there is one, changes of the folders are followed. */
    void addWatcher();
    void removeWatcher();

    /** Sets which entries are read first, by id: the visible ones. Replaces the former list. */
    void prioritise (std::vector<std::string> ids);

private:
    using Clock = std::chrono::steady_clock;

    /** Requests to the thread. */
    struct Orders
    {
        std::vector<std::string> folders, singles, visible;
        bool hasNewPlaces = false, hasNewVisible = false;
        int numWatchers = 0;
    };

    template <typename Change>
    void order (Change&&);

    void run() override;
    bool goesOn() const;
    bool takeOrders();
    void walk();
    bool lookAgain();
    bool readNext();
    void rest();
    void saveIfDue();
    void publish (bool isScanning);
    void publishIfDue();

    mutable std::mutex lock; // guards these three
    Orders orders;
    std::shared_ptr<const CatalogueEntries> current;
    Progress state;

    std::atomic<uint64_t> newest { 1 };   // thread -> any, relaxed: the lock guards the snapshot
    std::atomic<bool> mustWalk { false }; // any -> thread, relaxed: interrupts its work; the lock guards the orders

    // Used by the thread only.
    FactsCache cache;
    CatalogueFiles files { cache };
    FolderWalk folderWalk;
    std::vector<CatalogueFolder> folders;
    std::vector<std::string> singles, visible;
    std::vector<std::string> wanted; // visible entries without facts
    std::vector<CatalogueEntries::Entry> bank;
    bool isWatched = false;
    size_t numReadings = 0;
    Clock::time_point nextLook, nextPublication, nextSave;
};

} // namespace faltwerk
