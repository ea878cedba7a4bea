#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** Something in a picture that can be taken hold of: with the mouse, by the field it lies in, and with the keyboard, by
    itself. It knows nothing of what it changes. A screen reader takes it for a slider. */
class Handle : public juce::Component
{
public:
    enum class Shape
    {
        trim,
        fade,
        node,
        preDelay,
        band
    };

    Handle (Shape, const juce::String& title);

    /** Its value as it is shown, and in words as it is read out. */
    std::function<juce::String()> valueText, spokenValue;

    /** Called before and after each undo step. */
    std::function<void()> onBegin, onEnd;

    /** Called to move it to a position in its field. */
    std::function<void (juce::Point<float>)> onDrag;

    /** Called to move it right and up by keys: 1 for an arrow key, 0.1 with Shift, 10 for a page key. */
    std::function<void (juce::Point<double>)> onNudge;

    /** Called to move it to the beginning or the end of its range. */
    std::function<void (bool toEnd)> onLimit;

    /** Called to reset or remove it. */
    std::function<void()> onReset;

    /** Called when it gets and when it loses the keyboard focus. */
    std::function<void()> onFocus, onBlur;

    /** Begin and end an undo step; may be nested. */
    void begin();
    void end();

    /** Moves its centre to a position in its field. */
    void place (juce::Point<float>);
    juce::Point<float> position() const noexcept { return centre; }

    /** Sets the number of a band, which is drawn in it. */
    void setNumber (int);

    /** Draws it as the one that was used last, or not. */
    void setSelected (bool);
    bool isSelected() const noexcept { return selected; }

    void setTitleAndOrder (const juce::String& title, int order);

    void paint (juce::Graphics&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override;
    void focusLost (FocusChangeType) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** Tells screen readers that its value has changed. */
    void valueHasChanged();

private:
    bool nudge (double right, double up, const juce::KeyPress&, double factor = 1.0);
    void step (const std::function<void()>&);

    const Shape shape;
    juce::Point<float> centre;
    int number = 0, depth = 0;
    bool selected = false, showsRing = false;
};

} // namespace faltwerk
