#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Editor/Controls/ControlButton.h"

#include <functional>
#include <vector>

namespace faltwerk
{

/** The tools of a view, in a row that ends at its right edge. What a narrow window has no room for is in the menu of a
    button at the end. */
class ToolRow : public juce::Component
{
public:
    ToolRow();

    /** Adds a tool, left to right. @param width  its ideal width @param addToMenu  how the menu offers it when there is
        no room; none if it always stays. The later a tool, the sooner it goes. */
    void add (juce::Component&, std::function<int()> width, std::function<void (juce::PopupMenu&)> addToMenu = {});

    /** Add a control with an ideal width; addToggle() adds a button that can be on or off, whose menu entry has a
        tick. */
    template <typename Control>
    void add (Control& control)
    {
        add (control, [&control] { return control.idealWidth(); });
    }

    void addToggle (juce::Button& button, std::function<int()> width);

    /** Adds a menu, which becomes a submenu of the button. */
    void addMenu (ChoiceMenu&);

    /** Adds a gap between two groups of tools. */
    void addGap (int pixels);

    /** Returns the width that all tools need. */
    int idealWidth() const;

    void resized() override;

private:
    struct Tool
    {
        juce::Component* component;
        std::function<int()> width;
        std::function<void (juce::PopupMenu&)> addToMenu;
        int gapBefore;
    };

    juce::PopupMenu menu() const;

    std::vector<Tool> tools;
    int nextGap = 0;
    ControlButton more;
};

} // namespace faltwerk
