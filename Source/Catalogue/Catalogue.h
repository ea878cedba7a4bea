#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/CatalogueFiles.h"
#include "Catalogue/FactsCache.h"
#include "Catalogue/FolderWalk.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace faltwerk
{

/** What kernels there are to choose from: the factory bank, the user's kernel folders with all below them, and single
    files. A thread of its own, of low priority, finds the files and shows them by the hundred, and then looks into
    each: into what is visible first, at headers, then at all of it. Facts are kept in Catalogue.cache in the user's
    folder, so that nothing is looked into twice. While somebody watches, it looks every two seconds for what has
    changed.

    Nothing waits for the thread but the destructor, and that for no more than the call to the file system that is under
    way. A file takes about 0.9 kB, and there are 100,000 at most; the cache takes up to 20 MB; of a file that is read,
    a piece is in memory. [any, not audio] */
class Catalogue : private juce::Thread
{
public:
    /** That of a user's folder, shared by all that name it. */
    static std::shared_ptr<Catalogue> in (const juce::File& userFolder);

    explicit Catalogue (const juce::File& userFolder);
    ~Catalogue() override;

    /** Absolute paths. What is shown of folders that stay, stays. */
    void setFolders (const juce::StringArray&);

    /** Files to show, by id, though they may lie in no kernel folder: favourites and recents. */
    void setSingles (std::vector<std::string> ids);

    /** What there is now; never null. */
    std::shared_ptr<const CatalogueEntries> snapshot() const;

    /** That of the newest snapshot; it grows. */
    uint64_t version() const noexcept { return newest.load (std::memory_order_relaxed); }

    struct Progress
    {
        size_t numFiles = 0, numWithFacts = 0;
        size_t numReadings = 0; // of files, since the start; what the cache knows needs none
        bool isScanning = false;
    };

    Progress progress() const;

    /** While more were added than removed, changes of the folders are followed. */
    void addWatcher();
    void removeWatcher();

    /** What to look into first, by id: what is visible. Takes the place of what was asked before. */
    void prioritise (std::vector<std::string> ids);

private:
    using Clock = std::chrono::steady_clock;

    /** What is asked of the thread. */
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

    std::atomic<uint64_t> newest { 1 };   // from the thread to all; relaxed, the snapshot has the lock
    std::atomic<bool> mustWalk { false }; // from all to the thread: stop what you do; relaxed, the orders have the lock

    // The thread's own.
    FactsCache cache;
    CatalogueFiles files { cache };
    FolderWalk folderWalk;
    std::vector<CatalogueFolder> folders;
    std::vector<std::string> singles, visible;
    std::vector<std::string> wanted; // of the visible, what is not known yet
    std::vector<CatalogueEntries::Entry> bank;
    bool isWatched = false;
    size_t numReadings = 0;
    Clock::time_point nextLook, nextPublication, nextSave;
};

} // namespace faltwerk
