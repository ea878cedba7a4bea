#pragma once

#include "Catalogue/Catalogue.h"
#include "Catalogue/CatalogueSearch.h"
#include "Catalogue/Favourites.h"
#include "Editor/Computed.h"
#include "Plugin/PluginProcessor.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace faltwerk
{

/** Which kernels there are to choose from, which of them are shown, and the one that is tried: what the browser shows,
    and the arrows and the star beside the kernel's name. The browser may show presets in their place, which are loaded
    and not tried; those of the user are listed in the background while it is open. [message] */
class KernelChoice
{
public:
    explicit KernelChoice (PluginProcessor&);
    ~KernelChoice();

    /** Follows the catalogue, the marks and the settings; to be called 30 times a second. True if what is shown has
        changed. */
    bool update (double seconds);

    /** Return and set the query of the list. A query for presets does not change the kernels that step() goes
        through. */
    const CatalogueQuery& query() const noexcept { return asked; }
    void setQuery (const CatalogueQuery&);

    bool showsPresets() const noexcept { return asked.place.kind == CataloguePlace::Kind::presets; }

    /** Returns the entries shown, in their order. */
    size_t size() const noexcept { return rows().size(); }
    const CatalogueEntry& operator[] (size_t row) const noexcept { return all()[rows()[row]]; }
    int rowOf (const std::string& id) const;
    size_t countIn (const CataloguePlace&) const;

    /** Returns the number of entries of the kind that is shown, in all places. */
    size_t numEntries() const noexcept { return all().size(); }
    const std::vector<CatalogueFolder>& folders() const noexcept { return entries->folders(); }
    Catalogue::Progress progress() const { return catalogue->progress(); }

    /** Returns a sentence if there is a problem with the file of favourites; else empty. */
    std::string problem() const { return favourites->problem(); }

    bool isFavourite (const std::string& id) const { return marks->favourites.contains (id); }
    void setFavourite (const std::string& id, bool isOne) { favourites->setFavourite (id, isOne); }

    /** Returns the id of the document's kernel; empty if it is neither a factory kernel nor a file. */
    std::string presentId() const;

    /** Returns the id of the current kernel, or of the current preset if presets are shown. */
    std::string presentIdShown() const;

    /** Loads the kernel `by` places after the current one, in the order of the list. Steps within 2 s of each other are
        one undo step. */
    void step (int by);

    /** Auditions a kernel, not a preset: it sounds after auditionDelay unless another is auditioned, and can be kept or
        taken back. */
    void audition (const CatalogueEntry&);
    void keep();
    void takeBack();
    bool isTrying() const { return processor.document.isTrying(); }

    /** Lists files under Recent, the first on top. */
    void remember (const juce::StringArray& files);

    /** Loads an entry at once, as a step. */
    void load (const CatalogueEntry&);

    /** Tells it that the browser is open: folders are then watched, and the user's presets are listed. */
    void setOpen (bool);

    /** Sets the visible rows, whose files are read first. */
    void prioritise (size_t firstRow, size_t numRows);

    static constexpr double auditionDelay = 0.15; // s

private:
    const CatalogueEntries& all() const noexcept { return showsPresets() ? *presets : *entries; }
    const std::vector<size_t>& rows() const noexcept { return showsPresets() ? shownPresets : shown; }
    void begin (const CatalogueEntry&, Document::Choice = Document::Choice::byName);
    void search();
    void listPresets();

    PluginProcessor& processor;
    const std::shared_ptr<Catalogue> catalogue;
    const std::shared_ptr<Favourites> favourites;

    CatalogueQuery asked, askedOfKernels; // the latter is the last that was not for presets
    std::shared_ptr<const CatalogueEntries> entries, presets;
    Computed<std::pair<uint64_t, int>, std::shared_ptr<const CatalogueEntries>, MeasuringThread> listing; // of presets
    uint64_t listedVersion = 0;                                                                           // of Presets
    int numListings = 0;
    std::shared_ptr<const CatalogueMarks> marks;
    std::vector<size_t> shown, shownPresets;
    uint64_t shownEntries = 0, shownMarks = 0; // versions
    juce::StringArray kernelFolders;
    std::string lastKept, lastPreset;
    std::vector<std::string> singles;

    std::shared_ptr<const CatalogueEntries> waitingIn; // keeps the entry that waits to be heard
    const CatalogueEntry* waiting = nullptr;
    double waited = 0.0; // s
    bool open = false;
};

} // namespace faltwerk
