#include "Catalogue/Favourites.h"

#include "Catalogue/Files/AtomicFile.h"
#include "Catalogue/Files/FolderLock.h"

#include <map>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr int millisecondsToSave = 200; // so that several changes are saved at once
constexpr int millisecondsToWaitForOthers = 2000;
constexpr size_t mostBytes = 1 << 26;

/** Keeps a copy of a damaged file beside it, under a free name. */
bool keepCopy (const juce::File& file)
{
    const auto copy = file.getSiblingFile ("Favourites damaged.txt");
    return copy.hasIdenticalContentTo (file) || file.copyFileTo (copy.getNonexistentSibling());
}

} // namespace

std::shared_ptr<Favourites> Favourites::in (const juce::File& userFolder)
{
    static std::mutex knownLock;
    static std::map<juce::String, std::weak_ptr<Favourites>> known;

    const std::lock_guard guard (knownLock);
    auto& place = known[userFolder.getFullPathName()];
    auto favourites = place.lock();

    if (favourites == nullptr)
        place = favourites = std::make_shared<Favourites> (userFolder);

    return favourites;
}

Favourites::Favourites (const juce::File& userFolder)
    : juce::Thread ("Faltwerk favourites")
    , file (userFolder.getChildFile ("Favourites.txt"))
{
    load();
    current = std::make_shared<const CatalogueMarks> (saved);
}

Favourites::~Favourites()
{
    stopThread (-1);
    save(); // changes that the thread has not saved
}

void Favourites::setFavourite (const std::string& id, bool isOne)
{
    change ({ isOne ? MarkChange::Kind::favourite : MarkChange::Kind::noFavourite, id });
}

void Favourites::addRecent (const std::string& id) { change ({ MarkChange::Kind::recent, id }); }

std::shared_ptr<const CatalogueMarks> Favourites::marks() const
{
    const std::lock_guard guard (lock);
    return current;
}

std::string Favourites::problem() const
{
    const std::lock_guard guard (lock);
    return sentence;
}

void Favourites::setProblem (std::string problem)
{
    const std::lock_guard guard (lock);
    sentence = std::move (problem);
}

void Favourites::change (MarkChange wanted)
{
    const std::lock_guard guard (lock);
    auto changed = *current;
    apply (wanted, changed);

    if (changed == *current)
        return;

    current = std::make_shared<const CatalogueMarks> (std::move (changed));
    unsaved.push_back (std::move (wanted));
    newest.fetch_add (1, std::memory_order_relaxed);

    if (! isThreadRunning())
        startThread (Priority::low);

    notify();
}

void Favourites::run()
{
    while (! threadShouldExit())
    {
        wait (-1);

        if (! threadShouldExit())
            wait (millisecondsToSave);

        save();
    }
}

void Favourites::load()
{
    const auto path = file.getFullPathName().toStdString();
    const auto status = FileStatus::of (path);
    savedStatus = status;
    isDamaged = false;

    if (status.kind == FileStatus::Kind::none)
    {
        mayWrite = true;
        return;
    }

    const auto text = readWhole (file, mostBytes);
    auto reading = parseMarks (text);
    const bool isCut = text.empty() && status.kind == FileStatus::Kind::file && status.size == 0;
    mayWrite = ! reading.isNewer && (! text.empty() || isCut);
    isDamaged = reading.numDamagedLines > 0;

    if (isDamaged || isCut)
        saved = merged (std::move (reading.marks), saved); // what was known before the damage
    else if (mayWrite)
        saved = std::move (reading.marks);

    if (reading.isNewer)
        setProblem ("'" + path + "' is of a newer Faltwerk: favourites are not saved. Update this one.");
    else if (! mayWrite)
        setProblem ("'" + path + "' could not be read: favourites are not saved. Check that you may read it.");
    else if (isDamaged)
        setProblem ("'" + path + "' is damaged: " + std::to_string (reading.numDamagedLines)
                    + " of its lines are left out. A copy is kept beside it.");
    else
        setProblem ({});
}

void Favourites::save()
{
    std::vector<MarkChange> changes;

    {
        const std::lock_guard guard (lock);
        changes = unsaved;
    }

    if (changes.empty())
        return;

    const auto path = file.getFullPathName().toStdString();
    CatalogueMarks next;
    file.getParentDirectory().createDirectory(); // if this fails, writing fails too

    {
        const FolderLock others (file.getParentDirectory(), millisecondsToWaitForOthers);

        // Another process may have saved its changes. A missing file is written again.
        if (const auto status = FileStatus::of (path);
            ! mayWrite || (status != savedStatus && status.kind != FileStatus::Kind::none))
            load();

        if (! mayWrite)
            return;

        next = saved;

        for (const auto& each : changes)
            apply (each, next);

        const auto text = toText (next);

        if ((isDamaged && ! keepCopy (file)) || ! replaceFile (file, text, Durability::onDisk))
        {
            setProblem ("'" + path
                        + "' could not be written: favourites are not saved. Check the space on the disk and "
                        + "your rights there.");
            return;
        }

        // A process without the lock may have written in between; then the file is read before it is saved again.
        const auto status = FileStatus::of (path);
        savedStatus = readWhole (file, mostBytes) == text ? status : FileStatus();
    }

    if (! std::exchange (isDamaged, false)) // the sentence stays until there is another
        setProblem ({});

    saved = std::move (next);
    const std::lock_guard guard (lock);
    unsaved.erase (unsaved.begin(), unsaved.begin() + static_cast<std::ptrdiff_t> (changes.size()));
    auto present = saved;

    for (const auto& each : unsaved)
        apply (each, present);

    if (present != *current)
    {
        current = std::make_shared<const CatalogueMarks> (std::move (present));
        newest.fetch_add (1, std::memory_order_relaxed);
    }
}

} // namespace faltwerk
