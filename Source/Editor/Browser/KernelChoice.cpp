#include "Editor/Browser/KernelChoice.h"

#include "Catalogue/Facts/FactsReader.h"
#include "Editor/Browser/PresetEntries.h"

#include <algorithm>

namespace faltwerk
{

KernelChoice::KernelChoice (PluginProcessor& owner)
    : processor (owner)
    , catalogue (Catalogue::in (owner.settings->folder()))
    , favourites (Favourites::in (owner.settings->folder()))
    , entries (catalogue->snapshot())
    , marks (favourites->marks())
{
    presets = std::make_shared<const CatalogueEntries> (presetEntries (nullptr), std::vector<CatalogueFolder>(),
                                                        uint64_t { 0 });
    update (0.0);
}

KernelChoice::~KernelChoice()
{
    setOpen (false);

    if (isTrying())
        keep();
}

bool KernelChoice::update (double seconds)
{
    if (auto folders = processor.settings->get().kernelFolders; folders != kernelFolders)
    {
        kernelFolders = std::move (folders);
        catalogue->setFolders (kernelFolders);
    }

    // What is kept, however it came, is one of the last used.
    if (! isTrying() && ! processor.isLoading())
        if (const auto id = presentId(); ! id.empty() && std::exchange (lastKept, id) != id)
            favourites->addRecent (id);

    if (! isTrying()) // a preset, a session or another kernel has come since
        waiting = nullptr;

    if (waiting != nullptr && (waited += seconds) >= auditionDelay)
    {
        begin (*waiting);
        waiting = nullptr;
    }

    if (open && processor.presets.version() != listedVersion)
        listPresets();

    const bool hasOtherPresets = listing.update() && listing.get() != nullptr;
    const bool isOtherPreset = std::exchange (lastPreset, processor.session.presetName()) != lastPreset;

    if (hasOtherPresets)
        presets = *listing.get();

    if (catalogue->version() == shownEntries && favourites->version() == shownMarks && ! hasOtherPresets)
        return isOtherPreset && showsPresets();

    search();
    return true;
}

void KernelChoice::search()
{
    shownEntries = catalogue->version();
    shownMarks = favourites->version();
    entries = catalogue->snapshot();
    marks = favourites->marks();
    shown = faltwerk::search (*entries, askedOfKernels, *marks);
    shownPresets = faltwerk::search (*presets, { asked.text, { CataloguePlace::Kind::presets, {} } }, *marks);

    // Files that are marked or were used may lie anywhere.
    std::vector<std::string> marked (marks->favourites.begin(), marks->favourites.end());
    marked.insert (marked.end(), marks->recents.begin(), marks->recents.end());
    std::erase_if (marked, [] (const std::string& id) { return id.starts_with ("factory:"); });
    std::sort (marked.begin(), marked.end());
    marked.erase (std::unique (marked.begin(), marked.end()), marked.end());

    if (std::exchange (singles, marked) != marked)
        catalogue->setSingles (marked);
}

void KernelChoice::setQuery (const CatalogueQuery& query)
{
    const bool hadPresets = showsPresets();
    asked = query;

    if (! showsPresets())
        askedOfKernels = query;
    else if (! hadPresets)
        listPresets(); // another instance may have saved some

    search();
}

int KernelChoice::rowOf (const std::string& id) const
{
    for (size_t row = 0; row < size(); ++row)
        if ((*this)[row].id == id)
            return static_cast<int> (row);

    return -1;
}

std::string KernelChoice::presentId() const
{
    const auto kernel = processor.document.current().source;
    return kernel != nullptr ? idOf (kernel->origin.factoryName, kernel->origin.path) : std::string();
}

std::string KernelChoice::presentIdShown() const
{
    return showsPresets() ? idOfPreset (processor.session.presetName()) : presentId();
}

size_t KernelChoice::countIn (const CataloguePlace& place) const
{
    return faltwerk::countIn (place.kind == CataloguePlace::Kind::presets ? *presets : *entries, place, *marks);
}

/** Reads them in the background, on a thread that does not wait for the views; until then what was listed stays. */
void KernelChoice::listPresets()
{
    listedVersion = processor.presets.version(); // before they are read
    listing.askCancellably (
        { listedVersion, ++numListings },
        [folder = processor.presets.folder, version = listedVersion] (const IsCancelled& isCancelled)
        {
            const Presets user (folder);
            return std::make_shared<const CatalogueEntries> (presetEntries (&user, isCancelled),
                                                             std::vector<CatalogueFolder>(), version);
        });
}

void KernelChoice::remember (const juce::StringArray& files)
{
    for (int n = files.size(); --n >= 0;)
        if (juce::File (files[n]).existsAsFile() && isKernelName (files[n].toStdString()))
            favourites->addRecent (idOf ({}, files[n].toStdString()));
}

// --- Choosing --------------------------------------------------------------------------------------------------------

void KernelChoice::begin (const CatalogueEntry& entry, Document::Choice choice)
{
    if (entry.isPreset)
    {
        if (const auto error = processor.loadPreset (juce::String::fromUTF8 (entry.name.c_str())); ! error.empty())
            processor.document.loader().report (error);
    }
    else if (entry.isFactory())
        processor.document.loadFactoryKernel (entry.name, choice);
    else
        processor.document.loadFile (juce::File (juce::String::fromUTF8 (entry.path.c_str())), {}, choice);
}

void KernelChoice::load (const CatalogueEntry& entry)
{
    waiting = nullptr;
    begin (entry);
}

void KernelChoice::step (int by)
{
    const auto* const next = neighbourOf (*entries, shown, presentId(), by);

    if (next == nullptr)
        return;

    waiting = nullptr;
    begin (*next, Document::Choice::byStepping);
}

void KernelChoice::audition (const CatalogueEntry& entry)
{
    if (entry.isPreset)
        return;

    processor.document.beginTrying();
    waitingIn = entries;
    waiting = &entry;
    waited = 0.0;
}

void KernelChoice::keep()
{
    if (waiting != nullptr && isTrying())
        begin (*waiting);

    waiting = nullptr;
    processor.document.endTrying (true);
}

void KernelChoice::takeBack()
{
    waiting = nullptr;
    processor.document.endTrying (false);
}

void KernelChoice::setOpen (bool isOpen)
{
    if (std::exchange (open, isOpen) == isOpen)
        return;

    isOpen ? catalogue->addWatcher() : catalogue->removeWatcher();

    if (isOpen)
        listPresets(); // another instance may have saved some
}

void KernelChoice::prioritise (size_t firstRow, size_t numRows)
{
    std::vector<std::string> ids;

    for (size_t row = firstRow; row < std::min (firstRow + numRows, size()) && ! showsPresets(); ++row)
        if (! (*this)[row].facts.hasThumbnail)
            ids.push_back ((*this)[row].id);

    catalogue->prioritise (std::move (ids));
}

} // namespace faltwerk
