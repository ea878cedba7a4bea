#pragma once

#include "Editor/Browser/KernelChoice.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** The kernels shown, each with a small picture, its length, channels and rate, and a star; or the presets, each with
    the name of its kernel and its tags. */
class EntryList : public juce::ListBox, private juce::ListBoxModel
{
public:
    explicit EntryList (KernelChoice&);

    /** Called to audition a kernel, to keep it, and to go back to the former one. */
    std::function<void (const CatalogueEntry&)> onAudition;
    std::function<void()> onKeep, onTakeBack;

    /** Called when a preset is chosen. */
    std::function<void (const CatalogueEntry&)> onLoad;

    /** Follows what is shown, with the present kernel selected unless another is tried, or the present preset unless
        another has been selected since it was loaded. */
    void refresh();

    /** Selects an entry by its place; a kernel is heard. */
    void step (int by);

    /** Chooses the selected preset; returns false if the user has selected none. */
    bool loadSelected();

    int getNumRows() override { return static_cast<int> (choice.size()); }
    juce::String getNameForRow (int row) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

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
    std::string selectedId, presentId;
    bool follows = false; // a selection that is no choice
};

} // namespace faltwerk
