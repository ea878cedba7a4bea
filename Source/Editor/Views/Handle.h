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

    /** Around everything that is one step of undo. */
    std::function<void()> onBegin, onEnd;

    /** It shall go to a place in its field. */
    std::function<void (juce::Point<float>)> onDrag;

    /** It shall move by steps of the keyboard, right and up: 1 for an arrow, 0.1 with Shift, 10 for a page. */
    std::function<void (juce::Point<double>)> onNudge;

    /** It shall go to the beginning or the end of its range. */
    std::function<void (bool toEnd)> onLimit;

    /** It shall go back to where it rests, or vanish. */
    std::function<void()> onReset;

    /** Called when it gets the keyboard, by whatever means, and when it loses it. */
    std::function<void()> onFocus, onBlur;

    /** Begins and ends a step of undo; may be nested. */
    void begin();
    void end();

    /** Moves its centre to a place in its field. */
    void place (juce::Point<float>);
    juce::Point<float> position() const noexcept { return centre; }

    /** A band's number. */
    void setNumber (int);

    /** Whether it is the one that was taken hold of last. */
    void setSelected (bool);
    bool isSelected() const noexcept { return selected; }

    void setTitleAndOrder (const juce::String& title, int order);

    void paint (juce::Graphics&) override;
    bool keyPressed (const juce::KeyPress&) override;
    void focusGained (FocusChangeType) override;
    void focusLost (FocusChangeType) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /** To be called when its value has changed, for a screen reader. */
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
