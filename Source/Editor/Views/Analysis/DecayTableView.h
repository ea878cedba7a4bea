#pragma once

#include "Picture/Decay/DecayTable.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** The table of a decay's figures, of which one row is chosen. A screen reader finds a real table, cell by cell. */
class DecayTableView : public juce::Component
{
public:
    DecayTableView();
    ~DecayTableView() override;

    void show (std::optional<DecayTable>);
    void select (int row);
    int selected() const noexcept { return chosen; }

    /** Called with the row that the user chose. */
    std::function<void (int)> onSelect;

    /** Returns the table as text with tabs between cells, for spreadsheets. */
    juce::String asText() const;

    void paint (juce::Graphics&) override;
    void resized() override;
    void mouseDown (const juce::MouseEvent&) override;
    void mouseMove (const juce::MouseEvent&) override;
    void mouseExit (const juce::MouseEvent&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    class Cell;
    class Row;

    void choose (int row);
    juce::Rectangle<float> area() const;

    std::optional<DecayTable> table;
    std::vector<std::unique_ptr<Row>> rows; // the heading first
    int chosen = 0, hovered = -1;
};

} // namespace faltwerk
