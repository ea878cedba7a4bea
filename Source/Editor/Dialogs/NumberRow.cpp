#include "Editor/Dialogs/NumberRow.h"

#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int nameWidth = 132, fieldWidth = 92;

} // namespace

bool NumberRow::Field::keyPressed (const juce::KeyPress& key)
{
    const double tenSteps = getInterval() > 0.0 ? 10.0 * getInterval() : 0.1;

    if (key.isKeyCode (juce::KeyPress::returnKey))
        showTextBox();
    else if (key.isKeyCode (juce::KeyPress::pageUpKey) || key.isKeyCode (juce::KeyPress::pageDownKey))
    {
        const double by = key.isKeyCode (juce::KeyPress::pageUpKey) ? tenSteps : -tenSteps;
        setValue (getInterval() > 0.0 ? getValue() + by
                                      : proportionOfLengthToValue (
                                          juce::jlimit (0.0, 1.0, valueToProportionOfLength (getValue()) + by)),
                  juce::sendNotificationSync);
    }
    else
        return juce::Slider::keyPressed (key);

    return true;
}

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
    if (slider.hasKeyboardFocus (true))
    {
        g.setColour (theme::focus);
        g.drawRoundedRectangle (slider.getBounds().toFloat().reduced (1.0f), theme::controlRadius, 2.0f);
        g.setColour (theme::textHigh);
    }

    g.drawText (name, getLocalBounds().withWidth (nameWidth).toFloat(), juce::Justification::centredLeft, true);
}

void NumberRow::resized()
{
    slider.setBounds (getLocalBounds().withTrimmedLeft (nameWidth));

    for (auto* const field : slider.getChildren()) // a slider with its field is one stop of Tab
        field->setWantsKeyboardFocus (false);
}

} // namespace faltwerk
