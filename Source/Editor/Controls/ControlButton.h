#pragma once

#include "Picture/Theme.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** A button on a rounded surface, with an icon, words, or both. It keeps 4 px around its surface for the focus ring. A
    flat one has its surface only under the pointer; a primary one is gold. */
class ControlButton : public juce::Button
{
public:
    enum class IconStyle
    {
        stroked,
        filled
    };

    enum class Surface
    {
        solid,
        flat,
        primary
    };

    ControlButton (const juce::String& words, juce::Path icon = {}, IconStyle style = IconStyle::stroked);

    /** Changes what is shown and read out. */
    void show (const juce::String& words, juce::Path icon, juce::Colour iconColour);

    void setSurface (Surface newSurface) { surfaceKind = newSurface; }
    void setIconStyle (IconStyle newStyle) { iconStyle = newStyle; }
    void setType (theme::Type newType) { type = newType; }
    void setWordColour (juce::Colour colour) { wordColour = colour; }

    /** Sets the justification of the words; centred by default. */
    void setJustification (juce::Justification where) { justification = where; }

    /** Words that it will show in turn: its width stays, whichever it shows. */
    void reserve (juce::StringArray words) { reserved = std::move (words); }

    /** Opens a menu on a right-click, and on the down arrow. */
    std::function<void()> onMenu;

    /** Returns the width that its contents need, with the margin for the focus ring. */
    int idealWidth() const;

    static constexpr int ringMargin = 4;

    void mouseDown (const juce::MouseEvent&) override;
    bool keyPressed (const juce::KeyPress&) override;

private:
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

    juce::Path icon;
    juce::StringArray reserved;
    IconStyle iconStyle;
    juce::Colour iconColour, wordColour = theme::textHigh;
    theme::Type type = theme::Type::body;
    Surface surfaceKind = Surface::solid;
    juce::Justification justification = juce::Justification::centred;
};

} // namespace faltwerk
