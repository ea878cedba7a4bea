#include "Editor/Browser/KernelChoice.h"

#include "Catalogue/FactsReader.h"

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

    if (waiting != nullptr && (waited += seconds) >= auditionDelay)
    {
        begin (*waiting);
        waiting = nullptr;
    }

    if (catalogue->version() == shownEntries && favourites->version() == shownMarks)
        return false;

    search();
    return true;
}

void KernelChoice::search()
{
    shownEntries = catalogue->version();
    shownMarks = favourites->version();
    entries = catalogue->snapshot();
    marks = favourites->marks();
    shown = faltwerk::search (*entries, asked, *marks);

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
    asked = query;
    search();
}

int KernelChoice::rowOf (const std::string& id) const
{
    for (size_t row = 0; row < shown.size(); ++row)
        if ((*entries)[shown[row]].id == id)
            return static_cast<int> (row);

    return -1;
}

std::string KernelChoice::presentId() const
{
    const auto kernel = processor.document.present().kernel;
    return kernel != nullptr ? idOf (kernel->factoryName, kernel->path) : std::string();
}

void KernelChoice::remember (const juce::StringArray& files)
{
    for (int n = files.size(); --n >= 0;)
        if (juce::File (files[n]).existsAsFile() && isKernelName (files[n].toStdString()))
            favourites->addRecent (idOf ({}, files[n].toStdString()));
}

// --- Choosing --------------------------------------------------------------------------------------------------------

void KernelChoice::begin (const CatalogueEntry& entry)
{
    if (entry.isFactory())
        processor.document.loadFactoryKernel (entry.name);
    else
        processor.document.loadFile (juce::File (juce::String::fromUTF8 (entry.path.c_str())));
}

void KernelChoice::load (const CatalogueEntry& entry)
{
    waiting = nullptr;
    begin (entry);
}

void KernelChoice::step (int by)
{
    if (const auto* const next = neighbourOf (*entries, shown, presentId(), by))
        load (*next);
}

void KernelChoice::audition (const CatalogueEntry& entry)
{
    processor.document.beginTrying();
    waitingIn = entries;
    waiting = &entry;
    waited = 0.0;
}

void KernelChoice::keep()
{
    if (waiting != nullptr)
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
}

void KernelChoice::prioritise (size_t firstRow, size_t numRows)
{
    std::vector<std::string> ids;

    for (size_t row = firstRow; row < std::min (firstRow + numRows, shown.size()); ++row)
        if (! (*this)[row].facts.hasThumbnail)
            ids.push_back ((*this)[row].id);

    catalogue->prioritise (std::move (ids));
}

} // namespace faltwerk
