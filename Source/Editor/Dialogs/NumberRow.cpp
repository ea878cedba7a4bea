#include "Editor/Dialogs/NumberRow.h"

#include "Editor/Look/LookAndFeel.h"
#include "Kernel/Text/Quantity.h"
#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int nameWidth = 132, fieldWidth = 108, fieldHeight = 24;

} // namespace

bool NumberRow::Line::keyPressed (const juce::KeyPress& key)
{
    const double tenSteps = getInterval() > 0.0 ? 10.0 * getInterval() : 0.1;

    if (key.isKeyCode (juce::KeyPress::returnKey))
        onEnter();
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

void NumberRow::Line::mouseWheelMove (const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel)
{
    if (hasKeyboardFocus (true))
        juce::Slider::mouseWheelMove (event, wheel);
    else
        juce::Component::mouseWheelMove (event, wheel); // the list's
}

NumberRow::NumberRow (const juce::String& nameToShow,
                      const juce::String& unitToShow,
                      Range rangeToUse,
                      const juce::String& tip)
    : name (nameToShow)
    , unit (unitToShow)
    , range (rangeToUse)
    , slider (juce::Slider::LinearHorizontal, juce::Slider::NoTextBox)
{
    slider.setTitle (name);
    slider.setTooltip (tip);
    slider.setWantsKeyboardFocus (true);
    slider.setColour (juce::Slider::trackColourId, theme::kernel);
    slider.setColour (juce::Slider::thumbColourId, theme::kernel);
    slider.setColour (juce::Slider::backgroundColourId, theme::raised);
    slider.setRange (range.minimum, range.maximum, range.isWhole ? 1.0 : 0.0);

    if (range.isLogarithmic && range.minimum > 0.0)
        slider.setSkewFactorFromMidPoint (std::sqrt (range.minimum * range.maximum));

    slider.textFromValueFunction = [this] (double number) { return textOf (number); }; // for a screen reader
    slider.setDoubleClickReturnValue (true, range.initial);
    slider.setValue (range.initial, juce::dontSendNotification);
    slider.onEnter = [this] { field.showEditor(); };
    slider.onValueChange = [this]
    {
        field.setText (textOf (value()), juce::dontSendNotification);

        if (onChange != nullptr)
            onChange();
    };
    addAndMakeVisible (slider);

    field.setComponentID ("value");
    field.setTitle (name + " value");
    field.setText (textOf (value()), juce::dontSendNotification);
    field.isReadable = [this] (const juce::String& text) { return read (text).has_value(); };
    field.onRefused = [this] { showRange (true); };
    field.onEditorHide = [this] { showRange (false); };
    field.onTextChange = [this] { typed(); };
    addAndMakeVisible (field);
}

void NumberRow::setMaximum (double newMaximum)
{
    if (juce::approximatelyEqual (slider.getMaximum(), newMaximum))
        return;

    slider.setRange (range.minimum, newMaximum, slider.getInterval());
    field.setText (textOf (value()), juce::dontSendNotification);
}

/** Returns a value with its unit, in three digits. */
juce::String NumberRow::textOf (double number) const
{
    const bool inKilohertz = unit == "Hz" && std::abs (number) >= 1000.0;
    const double shown = inKilohertz ? number / 1000.0 : number, size = std::abs (shown);
    int decimals = 0;

    if (! range.isWhole && size > 0.0)
        decimals = juce::jlimit (0, 4, 2 - static_cast<int> (std::floor (std::log10 (size))));

    auto text = numberAsLabel (shown, decimals);

    if (inKilohertz && text.containsChar ('.'))
        text = text.trimCharactersAtEnd ("0").trimCharactersAtEnd (".");

    if (unit.startsWith ("dB") && number > 0.0)
        text = "+" + text;

    return unit.isEmpty() ? text : text + juce::String::charToString (0xa0) + (inKilohertz ? "kHz" : unit);
}

std::optional<double> NumberRow::read (const juce::String& text) const
{
    const auto number = readQuantity (text.toStdString(), unit.toStdString(), true);

    if (! number || ! std::isfinite (*number))
        return {};

    // The ends may be typed as they are shown, which is rounded.
    for (const double end : { slider.getMinimum(), slider.getMaximum() })
        if (textOf (*number) == textOf (end))
            return end;

    return *number >= slider.getMinimum() && *number <= slider.getMaximum() ? number : std::nullopt;
}

/** Returns the x at which the room behind the name begins. */
float NumberRow::namesEnd() const { return std::ceil (theme::widthOf (theme::font (theme::Type::body), name)) + 8.0f; }

juce::String NumberRow::rangeInWords() const
{
    return "From " + textOf (slider.getMinimum()) + " to " + textOf (slider.getMaximum());
}

/** Shows the range in place of the slider, and has a screen reader say it. */
void NumberRow::showRange (bool shouldShow)
{
    showsRange = shouldShow;
    slider.setAlpha (shouldShow ? 0.0f : 1.0f);
    repaint();

    if (shouldShow)
        juce::AccessibilityHandler::postAnnouncement (rangeInWords(),
                                                      juce::AccessibilityHandler::AnnouncementPriority::high);
}

void NumberRow::typed()
{
    if (const auto number = read (field.getText()))
        slider.setValue (*number, juce::sendNotificationSync);

    field.setText (textOf (value()), juce::dontSendNotification); // one that was refused keeps the old value
}

void NumberRow::paint (juce::Graphics& g)
{
    g.setColour (theme::canvas);
    g.fillRoundedRectangle (field.getBounds().toFloat(), theme::controlRadius);

    if (showsRange)
    {
        g.setFont (theme::font (theme::Type::label));
        g.setColour (theme::warning);
        g.drawText (rangeInWords(), slider.getBounds().toFloat().withLeft (namesEnd()),
                    juce::Justification::centredRight, true);
    }

    g.setFont (theme::font (theme::Type::body));
    g.setColour (theme::textMid);

    if (slider.hasKeyboardFocus (true))
    {
        LookAndFeel::drawFocusRing (g, slider.getBounds().toFloat().reduced (1.0f, 4.0f), theme::controlRadius);
        g.setColour (theme::textHigh);
    }

    g.drawText (name, getLocalBounds().withWidth (nameWidth).toFloat(), juce::Justification::centredLeft, true);
}

void NumberRow::resized()
{
    auto area = getLocalBounds().withTrimmedLeft (nameWidth);
    field.setBounds (area.removeFromRight (fieldWidth).withSizeKeepingCentre (fieldWidth, fieldHeight));
    slider.setBounds (area.withTrimmedRight (4));
}

} // namespace faltwerk
