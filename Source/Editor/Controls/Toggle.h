#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A word with a dot before it that is hollow when off, and on a surface when on. */
class Toggle : public juce::Button
{
public:
    /** @param colour  of the dot when on */
    Toggle (const juce::String& word, juce::Colour colour);

    int idealWidth() const;

private:
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

    const juce::Colour dotColour;
};

} // namespace faltwerk
