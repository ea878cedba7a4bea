#include "Editor/ParameterKnob.h"

#include "Editor/LookAndFeel.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr int dialTop = 4, lineHeight = 16, fullRangeInPixels = 200, fineFactor = 10;

} // namespace

ParameterKnob::Dial::Dial()
    : juce::Slider (RotaryVerticalDrag, NoTextBox)
{
    constexpr float pi = juce::MathConstants<float>::pi;
    setRotaryParameters (1.25f * pi, 2.75f * pi, true); // 270 degrees, open at the bottom
    setWantsKeyboardFocus (true);
    setFine (false);
}

void ParameterKnob::Dial::setFine (bool fine)
{
    setMouseDragSensitivity (fine ? fineFactor * fullRangeInPixels : fullRangeInPixels);
}

void ParameterKnob::Dial::focusGained (FocusChangeType) { getParentComponent()->repaint(); }

void ParameterKnob::Dial::focusLost (FocusChangeType) { getParentComponent()->repaint(); }

void ParameterKnob::Dial::mouseDown (const juce::MouseEvent& event)
{
    setFine (event.mods.isShiftDown());
    juce::Slider::mouseDown (event);
}

void ParameterKnob::Dial::mouseDrag (const juce::MouseEvent& event) { juce::Slider::mouseDrag (event); }

bool ParameterKnob::Dial::keyPressed (const juce::KeyPress& key)
{
    const double step = (key.getModifiers().isShiftDown() ? 0.001 : 0.01);
    const auto move = [this] (double proportion)
    {
        const juce::Slider::ScopedDragNotification gesture (*this);
        setValue (proportionOfLengthToValue (juce::jlimit (0.0, 1.0, proportion)), juce::sendNotificationSync);
        return true;
    };
    const double position = valueToProportionOfLength (getValue());

    if (key.isKeyCode (juce::KeyPress::upKey) || key.isKeyCode (juce::KeyPress::rightKey))
        return move (position + step);

    if (key.isKeyCode (juce::KeyPress::downKey) || key.isKeyCode (juce::KeyPress::leftKey))
        return move (position - step);

    if (key.isKeyCode (juce::KeyPress::pageUpKey))
        return move (position + 0.1);

    if (key.isKeyCode (juce::KeyPress::pageDownKey))
        return move (position - 0.1);

    if (key.isKeyCode (juce::KeyPress::homeKey))
        return move (0.0);

    if (key.isKeyCode (juce::KeyPress::endKey))
        return move (1.0);

    if (key.isKeyCode (juce::KeyPress::deleteKey))
        return move (valueToProportionOfLength (getDoubleClickReturnValue()));

    return false;
}

ParameterKnob::ParameterKnob (juce::RangedAudioParameter& shown, Changes changes, Polarity polarity)
    : parameter (shown)
    , attachment (shown, dial)
{
    const auto name = parameter.getName (64);
    setComponentID (parameter.paramID);
    dial.setComponentID ("dial");
    value.setComponentID ("value");
    dial.setColour (juce::Slider::rotarySliderFillColourId, changes == Changes::kernel ? theme::kernel : theme::signal);
    dial.getProperties().set ("bipolar", polarity == Polarity::bipolar);
    dial.setDoubleClickReturnValue (true,
                                    static_cast<double> (parameter.convertFrom0to1 (parameter.getDefaultValue())));
    dial.setTitle (name);
    dial.onValueChange = [this] { showValue(); };
    addAndMakeVisible (dial);

    value.setJustificationType (juce::Justification::centred);
    value.setEditable (true);
    value.setBorderSize ({});
    value.setTitle (name + " value");
    value.setWantsKeyboardFocus (false); // the dial is the control
    value.onTextChange = [this] { typed(); };
    addAndMakeVisible (value);
    showValue();
}

ParameterKnob::~ParameterKnob() = default;

void ParameterKnob::showValue() { value.setText (parameter.getCurrentValueAsText(), juce::dontSendNotification); }

void ParameterKnob::typed()
{
    if (value.getText().containsAnyOf ("0123456789") || value.getText().containsIgnoreCase ("inf"))
    {
        const juce::Slider::ScopedDragNotification gesture (dial);
        dial.setValue (static_cast<double> (parameter.convertFrom0to1 (parameter.getValueForText (value.getText()))),
                       juce::sendNotificationSync);
    }

    showValue(); // an unreadable entry keeps the old value
}

void ParameterKnob::paint (juce::Graphics& g)
{
    g.setFont (theme::font (theme::Type::label));
    g.setColour (theme::textMid);
    g.drawText (parameter.getName (64), labelBox.toFloat(), juce::Justification::centred);

    if (dial.hasKeyboardFocus (false))
    {
        g.setColour (theme::focus);
        g.drawEllipse (dial.getBounds().toFloat().expanded (3.0f), 2.0f);
    }
}

void ParameterKnob::resized()
{
    const bool compact = getHeight() < cellHeight;
    const int dialSize = compact ? 40 : 48, gap = compact ? 2 : 4;
    dial.setBounds ((getWidth() - dialSize) / 2, dialTop, dialSize, dialSize);
    labelBox = { 0, dial.getBottom() + gap, getWidth(), lineHeight };
    value.setBounds (labelBox.translated (0, lineHeight + gap / 2));
}

} // namespace faltwerk
