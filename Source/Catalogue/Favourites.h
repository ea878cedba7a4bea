#pragma once

#include "Catalogue/Files/FileStatus.h"
#include "Catalogue/MarksText.h"

#include <juce_core/juce_core.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace faltwerk
{

/** The user's favourite and recently used kernels, kept in Favourites.txt in the user's folder.

    Changes take effect at once and are saved by a thread 0.2 s later. They are merged with what another process has
    saved meanwhile; changes that cannot be saved are kept for the next attempt. Only the constructor and the destructor
    wait for the disk. [not audio] */
class Favourites : private juce::Thread
{
public:
    /** Returns the favourites of a user's folder, which the process shares. */
    static std::shared_ptr<Favourites> in (const juce::File& userFolder);

    explicit Favourites (const juce::File& userFolder);
    ~Favourites() override;

    bool isFavourite (const std::string& id) const { return marks()->favourites.contains (id); }
    void setFavourite (const std::string& id, bool isOne);
    void addRecent (const std::string& id);

    /** Returns the current marks; never null. */
    std::shared_ptr<const CatalogueMarks> marks() const;

    /** Returns a number that increases with each change. */
    uint64_t version() const noexcept { return newest.load (std::memory_order_relaxed); }

    /** Returns a sentence if the file could not be read, was damaged or could not be saved; else empty. */
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

    std::atomic<uint64_t> newest { 1 }; // any -> any, relaxed: the lock guards the marks

    // Used by the constructor, then by the thread only.
    CatalogueMarks saved;
    FileStatus savedStatus;
    bool mayWrite = true, isDamaged = false;
};

} // namespace faltwerk
