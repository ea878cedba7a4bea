#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** A few choices side by side, of which one holds. Arrow keys move to the next. */
class Segments : public juce::Component, public juce::SettableTooltipClient
{
public:
    Segments (const juce::String& title, juce::StringArray choices);

    /** Called with the index that the user chose. */
    std::function<void (int)> onChoose;

    void show (int index);
    int shown() const noexcept { return chosen; }

    int idealWidth() const;

    void paint (juce::Graphics&) override;
    void mouseUp (const juce::MouseEvent&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    void enablementChanged() override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    void choose (int index);
    juce::Rectangle<float> areaOf (int index) const;

    juce::StringArray choices;
    int chosen = 0;
};

} // namespace faltwerk
