#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** A number with its name and unit: a slider to be dragged, or moved by arrow and page keys, and a field to be typed
    into, which Enter opens. */
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

    std::function<void()> onChange;

    static constexpr int height = 32;

    void paint (juce::Graphics&) override;
    void resized() override;
    void focusOfChildComponentChanged (FocusChangeType) override { repaint(); }

private:
    class Field : public juce::Slider
    {
    public:
        using juce::Slider::Slider;
        bool keyPressed (const juce::KeyPress&) override;
    };

    const juce::String name, unit;
    Field slider;
};

} // namespace faltwerk
