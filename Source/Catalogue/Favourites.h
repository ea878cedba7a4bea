#pragma once

#include "Catalogue/FileStatus.h"
#include "Catalogue/MarksText.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace faltwerk
{

/** The kernels that the user has starred, and those last used, in Favourites.txt in the user's folder, shared by all
    that name the folder. Changes count at once, and a thread of its own saves them a moment later; what another process
    has saved meanwhile is kept, and so is what cannot be saved yet, for the next time. Nothing waits for the disk but
    the constructor and the destructor. [any, not audio] */
class Favourites : private juce::Thread
{
public:
    static std::shared_ptr<Favourites> in (const juce::File& userFolder);

    explicit Favourites (const juce::File& userFolder);
    ~Favourites() override;

    bool isFavourite (const std::string& id) const { return marks()->favourites.contains (id); }
    void setFavourite (const std::string& id, bool isOne);
    void addRecent (const std::string& id);

    /** What there is now; never null. */
    std::shared_ptr<const CatalogueMarks> marks() const;

    /** Grows with each change. */
    uint64_t version() const noexcept { return newest.load (std::memory_order_relaxed); }

    /** One sentence if the file could not be read, or was damaged, or could not be saved; else empty. */
    std::string problem() const;

private:
    void run() override;
    void change (MarkChange);
    void load();
    void save();
    void setProblem (std::string);

    const juce::File file;

    mutable std::mutex lock; // guards these three
    std::shared_ptr<const CatalogueMarks> current;
    std::vector<MarkChange> unsaved;
    std::string sentence;

    std::atomic<uint64_t> newest { 1 }; // between all, relaxed: the marks have the lock

    // Of the constructor, then the thread's own.
    CatalogueMarks saved;
    FileStatus savedStatus;
    bool mayWrite = true, isDamaged = false;
};

} // namespace faltwerk
