#include "Catalogue/Catalogue.h"

#include "Catalogue/Facts/FactoryFacts.h"
#include "Catalogue/Files/Paths.h"
#include "Kernel/Generators/FactoryBank.h"

#include <algorithm>
#include <map>
#include <utility>

namespace faltwerk
{

namespace
{

using namespace std::chrono_literals;

constexpr auto timeBetweenLooks = 2s, timeBetweenSaves = 10s;
constexpr auto timeOfLook = 20ms;         // for files that may have been modified in place
constexpr auto timeToFirstRows = 20ms;    // from the start of a walk
constexpr auto timeBetweenRows = 100ms;   // at least
constexpr int mostShareOfPublishing = 10; // of the thread's time: one tenth
constexpr size_t mostVisible = 1000, mostSingles = 20000;

} // namespace

std::shared_ptr<Catalogue> Catalogue::in (const juce::File& userFolder)
{
    static std::mutex knownLock;
    static std::map<juce::String, std::weak_ptr<Catalogue>> known;

    const std::lock_guard guard (knownLock);
    auto& place = known[userFolder.getFullPathName()];
    auto catalogue = place.lock();

    if (catalogue == nullptr)
        place = catalogue = std::make_shared<Catalogue> (userFolder);

    return catalogue;
}

Catalogue::Catalogue (const juce::File& userFolder)
    : juce::Thread ("Faltwerk catalogue")
    , cache (userFolder.getChildFile ("Catalogue.cache"))
{
    for (const auto& kernel : factoryKernels())
    {
        auto entry = makeEntry (kernel);
        entry.facts = factsOfFactoryKernel (kernel.name);
        entry.hasFacts = entry.facts.hasThumbnail;
        bank.push_back (std::make_shared<const CatalogueEntry> (std::move (entry)));
    }

    current = std::make_shared<const CatalogueEntries> (bank, std::vector<CatalogueFolder>(), version());
    startThread (Priority::low);
}

Catalogue::~Catalogue() { stopThread (-1); }

template <typename Change>
void Catalogue::order (Change&& change)
{
    {
        const std::lock_guard guard (lock);
        change();
    }

    notify();
}

void Catalogue::setFolders (const juce::StringArray& wantedFolders)
{
    std::vector<std::string> paths;

    for (const auto& folder : wantedFolders)
        if (juce::File::isAbsolutePath (folder))
            if (auto path = juce::File (folder).getFullPathName().toStdString();
                std::find (paths.begin(), paths.end(), path) == paths.end())
                paths.push_back (std::move (path));

    order (
        [&]
        {
            if (orders.folders == paths)
                return;

            orders.folders = std::move (paths);
            orders.hasNewPlaces = state.isScanning = true;
            mustWalk.store (true, std::memory_order_relaxed);
        });
}

void Catalogue::setSingles (std::vector<std::string> ids)
{
    std::erase_if (ids, [] (const std::string& id) { return ! juce::File::isAbsolutePath (toString (id)); });
    ids.resize (std::min (ids.size(), mostSingles));

    order (
        [&]
        {
            if (orders.singles == ids)
                return;

            orders.singles = std::move (ids);
            orders.hasNewPlaces = state.isScanning = true;
            mustWalk.store (true, std::memory_order_relaxed);
        });
}

void Catalogue::prioritise (std::vector<std::string> ids)
{
    ids.resize (std::min (ids.size(), mostVisible));
    order (
        [&]
        {
            orders.visible = std::move (ids);
            orders.hasNewVisible = true;
        });
}

void Catalogue::addWatcher()
{
    order ([this] { ++orders.numWatchers; });
}

void Catalogue::removeWatcher()
{
    order ([this] { --orders.numWatchers; });
}

std::shared_ptr<const CatalogueEntries> Catalogue::snapshot() const
{
    const std::lock_guard guard (lock);
    return current;
}

Catalogue::Progress Catalogue::progress() const
{
    const std::lock_guard guard (lock);
    return state;
}

void Catalogue::run()
{
    cache.load();
    nextSave = Clock::now() + timeBetweenSaves;

    while (! threadShouldExit())
    {
        if (takeOrders())
            walk();
        else if (! lookAgain() && ! readNext())
            rest();
    }

    if (cache.isNews())
        cache.save();
}

bool Catalogue::goesOn() const { return ! threadShouldExit() && ! mustWalk.load (std::memory_order_relaxed); }

/** Returns true if folders or single files have changed. */
bool Catalogue::takeOrders()
{
    const std::lock_guard guard (lock);

    if (orders.numWatchers > 0 && ! isWatched)
        nextLook = Clock::now();

    isWatched = orders.numWatchers > 0;

    if (std::exchange (orders.hasNewVisible, false))
        wanted = visible = orders.visible;

    mustWalk.store (false, std::memory_order_relaxed);

    if (! std::exchange (orders.hasNewPlaces, false))
        return false;

    folders.clear();
    singles = orders.singles;

    for (const auto& path : orders.folders)
        folders.push_back ({ path, {} });

    return true;
}

void Catalogue::walk()
{
    nextPublication = std::min (nextPublication, Clock::now() + timeToFirstRows);
    files.beginWalk (folders);
    const bool isDone = folderWalk.run (
        folders, [this] { return goesOn(); },
        [this] (const FoundKernel& found)
        {
            files.add (found);
            publishIfDue();
        });

    if (! isDone)
        return;

    for (const auto& single : singles)
        files.addSingle (single);

    files.endWalk();
    publish (true);
}

/** Returns true if a check was due. */
bool Catalogue::lookAgain()
{
    if (! isWatched || Clock::now() < nextLook)
        return false;

    const auto ask = [this] { return goesOn(); };

    if (files.look (visible, Clock::now() + timeOfLook, ask) || folderWalk.hasChanged (ask))
        if (goesOn())
            walk();

    nextLook = Clock::now() + timeBetweenLooks;
    return true;
}

/** Returns true if there was a file to read. */
bool Catalogue::readNext()
{
    const auto wish = files.next (wanted);

    if (! wish)
        return false;

    const auto reading = readFacts (wish->path, wish->headerOnly, [this] { return goesOn(); });
    numReadings += reading.end == FactsReading::End::done ? 1u : 0u;
    files.take (*wish, reading);
    publishIfDue();
    saveIfDue();
    return true;
}

void Catalogue::rest()
{
    publish (files.nextTime().has_value());
    saveIfDue();

    auto end = Clock::time_point::max();

    if (isWatched)
        end = nextLook;

    if (cache.isNews())
        end = std::min (end, nextSave);

    if (files.nextTime())
        end = std::min (end, *files.nextTime());

    if (end == Clock::time_point::max())
        wait (-1);
    else
        wait (static_cast<int> (
            std::max<int64_t> (std::chrono::ceil<std::chrono::milliseconds> (end - Clock::now()).count(), 0)));
}

void Catalogue::saveIfDue()
{
    if (! cache.isNews() || Clock::now() < nextSave)
        return;

    cache.save();
    nextSave = Clock::now() + timeBetweenSaves;
}

void Catalogue::publishIfDue()
{
    if (Clock::now() >= nextPublication)
        publish (true);
}

void Catalogue::publish (bool isScanning)
{
    const auto start = Clock::now();
    auto entries = bank;
    files.appendTo (entries);
    const auto before = snapshot();
    const bool hasNewNames = files.haveNamesChanged();
    const auto count = files.count();
    std::shared_ptr<const CatalogueEntries> next;

    if (! before->holds (entries, folders))
        next = std::make_shared<const CatalogueEntries> (std::move (entries), folders, before->version() + 1,
                                                         hasNewNames ? nullptr : before.get());

    {
        const std::lock_guard guard (lock);
        state = { count.files, count.withFacts, numReadings, isScanning || orders.hasNewPlaces };

        if (next != nullptr)
            std::swap (current, next);

        newest.store (current->version(), std::memory_order_relaxed);
    }

    const auto now = Clock::now();
    nextPublication = now + std::max<Clock::duration> (timeBetweenRows, mostShareOfPublishing * (now - start));
}

} // namespace faltwerk
