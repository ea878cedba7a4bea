#pragma once

#include "Editor/Browser/KernelChoice.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <vector>

namespace faltwerk
{

/** Where kernels are: all, favourites, those last used, the bank's categories, the user's folders; and the presets;
    with the number in each. */
class PlaceList : public juce::ListBox, private juce::ListBoxModel
{
public:
    explicit PlaceList (KernelChoice&);

    std::function<void (const CataloguePlace&)> onChoose;
    std::function<void()> onAddFolder;
    std::function<void (const juce::String& path)> onRemoveFolder;

    /** Follows what there is. */
    void refresh();

    int getNumRows() override { return static_cast<int> (lines.size()); }
    juce::String getNameForRow (int row) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

private:
    /** A line: a place, a heading, or what adds a folder. */
    struct Line
    {
        enum class Kind
        {
            place,
            heading,
            add
        };

        Kind kind;
        juce::String name;
        CataloguePlace place;
        size_t count = 0;
        juce::String problem; // of a folder

        bool operator== (const Line&) const = default;
    };

    void paintListBoxItem (int row, juce::Graphics&, int width, int height, bool isSelected) override;
    juce::String getTooltipForRow (int row) override;
    void selectedRowsChanged (int row) override;
    void listBoxItemClicked (int row, const juce::MouseEvent&) override;
    void returnKeyPressed (int row) override;

    KernelChoice& choice;
    std::vector<Line> lines;
    int chosen = 0;
};

} // namespace faltwerk
