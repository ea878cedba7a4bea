#pragma once

#include "Editor/Controls/ValueField.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>
#include <optional>

namespace faltwerk
{

/** A number with its name and unit: a slider to be dragged, or moved by arrow and page keys, and a field to be typed
    into, which Enter opens. An entry outside the range is refused, and the range shown. The wheel moves it while it has
    the keyboard, and else what it lies in. */
class NumberRow : public juce::Component
{
public:
    struct Range
    {
        double minimum, maximum, initial;
        bool isWhole = false;
        bool isLogarithmic = false; // ranges over more than two powers of ten
    };

    NumberRow (const juce::String& name, const juce::String& unit, Range, const juce::String& tooltip);

    double value() const { return slider.getValue(); }
    void setValue (double newValue) { slider.setValue (newValue, juce::sendNotificationSync); }

    /** Lets the range end elsewhere; the value follows into it. */
    void setMaximum (double newMaximum);

    std::function<void()> onChange;

    static constexpr int height = 32;

    void paint (juce::Graphics&) override;
    void resized() override;
    void focusOfChildComponentChanged (FocusChangeType) override { repaint(); }

private:
    class Line : public juce::Slider
    {
    public:
        using juce::Slider::Slider;
        std::function<void()> onEnter;
        bool keyPressed (const juce::KeyPress&) override;
        void mouseWheelMove (const juce::MouseEvent&, const juce::MouseWheelDetails&) override;
    };

    juce::String textOf (double number) const;
    std::optional<double> read (const juce::String& text) const;
    void typed();
    float namesEnd() const;
    juce::String rangeInWords() const;
    void showRange (bool);

    const juce::String name, unit;
    const Range range;
    Line slider;
    ValueField field { slider };
    bool showsRange = false; // in place of the slider
};

} // namespace faltwerk
