#pragma once

#include "Editor/Browser/KernelChoice.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** The kernels shown, each with a small picture, its length, channels and rate, and a star. */
class EntryList : public juce::ListBox, private juce::ListBoxModel
{
public:
    explicit EntryList (KernelChoice&);

    /** Called when an entry shall be heard; when it is chosen for good; when all shall be as before. */
    std::function<void (const CatalogueEntry&)> onAudition;
    std::function<void()> onKeep, onTakeBack;

    /** Follows what is shown, with the present kernel selected unless another is tried. */
    void refresh();

    /** Selects an entry by its place; it is heard. */
    void step (int by);

    int getNumRows() override { return static_cast<int> (choice.size()); }
    juce::String getNameForRow (int row) override;
    bool keyPressed (const juce::KeyPress&) override;

    static constexpr int heightOfRow = 48;

private:
    void paintListBoxItem (int row, juce::Graphics&, int width, int height, bool isSelected) override;
    juce::String getTooltipForRow (int row) override;
    void selectedRowsChanged (int row) override;
    void listBoxItemClicked (int row, const juce::MouseEvent&) override;
    void listBoxItemDoubleClicked (int row, const juce::MouseEvent&) override;
    void returnKeyPressed (int row) override;
    void listWasScrolled() override;
    void toggleFavourite (int row);
    bool has (int row) const { return row >= 0 && static_cast<size_t> (row) < choice.size(); }

    KernelChoice& choice;
    std::string selectedId;
    bool follows = false; // a selection that is no choice
};

} // namespace faltwerk
