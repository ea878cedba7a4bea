#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <optional>

namespace faltwerk
{

/** The mark of n on the axis of a slide. With the keyboard, and for a screen reader, it is a slider; the mouse is
    handled by the picture that it lies in. */
class SlideMark : public juce::Component
{
public:
    SlideMark();

    /** @param spokenValue  as a screen reader says it */
    void show (int n, int last, const juce::String& spokenValue);

    /** Tells screen readers that the user has moved it. */
    void valueHasChanged();

    /** Returns the part of it at a place of its parent: its left arrow is -1, its right one 1, between them is 0. */
    std::optional<int> arrowAt (juce::Point<float>) const;

    std::function<void (int)> onSet;
    std::function<bool (const juce::KeyPress&)> onKey;

    void paint (juce::Graphics&) override;
    bool keyPressed (const juce::KeyPress& key) override { return onKey != nullptr && onKey (key); }
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    class Value;

    int shown = 0, largest = 0;
    juce::String spoken;
};

} // namespace faltwerk
