#include "Editor/Dialogs/NumberRow.h"

#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int nameWidth = 132, fieldWidth = 92;

} // namespace

NumberRow::NumberRow (const juce::String& nameToShow,
                      const juce::String& unitToShow,
                      Range range,
                      const juce::String& tip)
    : name (nameToShow)
    , unit (unitToShow)
    , slider (juce::Slider::LinearHorizontal, juce::Slider::TextBoxRight)
{
    slider.setTextBoxStyle (juce::Slider::TextBoxRight, false, fieldWidth, 24);
    slider.setTitle (name);
    slider.setTooltip (tip);
    slider.setWantsKeyboardFocus (true);
    slider.setColour (juce::Slider::trackColourId, theme::kernel);
    slider.setColour (juce::Slider::thumbColourId, theme::kernel);
    slider.setColour (juce::Slider::backgroundColourId, theme::raised);
    slider.setColour (juce::Slider::textBoxBackgroundColourId, theme::canvas);
    slider.setColour (juce::Slider::textBoxOutlineColourId, juce::Colours::transparentBlack);
    slider.setColour (juce::Slider::textBoxTextColourId, theme::textHigh);
    slider.setRange (range.minimum, range.maximum, range.isWhole ? 1.0 : 0.0);

    if (range.isLogarithmic && range.minimum > 0.0)
        slider.setSkewFactorFromMidPoint (std::sqrt (range.minimum * range.maximum));

    slider.textFromValueFunction = [this, range] (double value)
    {
        const double size = std::max (std::abs (value), 1e-12);
        const int digits =
            range.isWhole ? 0 : juce::jlimit (0, 4, 2 - static_cast<int> (std::floor (std::log10 (size))));
        const auto number = digits == 0 ? juce::String (std::llround (value)) : juce::String (value, digits);
        return unit.isEmpty() ? number : number + juce::String::charToString (0xa0) + unit;
    };
    slider.valueFromTextFunction = [] (const juce::String& text)
    { return text.replaceCharacter (',', '.').getDoubleValue(); };
    slider.setDoubleClickReturnValue (true, range.initial);
    slider.setValue (range.initial, juce::dontSendNotification);
    slider.updateText();
    slider.onValueChange = [this]
    {
        if (onChange != nullptr)
            onChange();
    };
    addAndMakeVisible (slider);
}

void NumberRow::paint (juce::Graphics& g)
{
    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);
    g.drawText (name, getLocalBounds().withWidth (nameWidth).toFloat(), juce::Justification::centredLeft, true);
}

void NumberRow::resized() { slider.setBounds (getLocalBounds().withTrimmedLeft (nameWidth)); }

} // namespace faltwerk
