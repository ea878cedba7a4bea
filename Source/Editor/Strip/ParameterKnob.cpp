#include "Editor/Strip/ParameterKnob.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Controls/Menu.h"
#include "Editor/Look/Icons.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

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
    if (event.mods.isPopupMenu())
    {
        onMenu();
        return;
    }

    setFine (event.mods.isShiftDown());
    juce::Slider::mouseDown (event);
}

void ParameterKnob::Dial::mouseDrag (const juce::MouseEvent& event) { juce::Slider::mouseDrag (event); }

bool ParameterKnob::Dial::moveTo (double proportion)
{
    const juce::Slider::ScopedDragNotification gesture (*this);
    setValue (proportionOfLengthToValue (juce::jlimit (0.0, 1.0, proportion)), juce::sendNotificationSync);
    return true;
}

void ParameterKnob::Dial::mouseWheelMove (const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel)
{
    const bool overDial = event.position.getDistanceFrom (getLocalBounds().getCentre().toFloat())
                          <= static_cast<float> (getWidth()) / 2.0f;
    const float turn = (wheel.isReversed ? -1.0f : 1.0f)
                       * (std::abs (wheel.deltaX) > std::abs (wheel.deltaY) ? -wheel.deltaX : wheel.deltaY);

    if (! isEnabled() || ! overDial || event.mods.isAnyMouseButtonDown() || turn == 0.0f)
        return;

    const double step = event.mods.isShiftDown() ? 0.001 : 0.01;
    moveTo (valueToProportionOfLength (getValue()) + (turn > 0.0f ? step : -step));
}

juce::String ParameterKnob::Dial::getTooltip() { return tooltip(); }

bool ParameterKnob::Dial::keyPressed (const juce::KeyPress& key)
{
    if (key.getModifiers().isAltDown())
        return false; // keys of the window

    const double step = key.getModifiers().isShiftDown() ? 0.001 : 0.01;
    const double position = valueToProportionOfLength (getValue());

    if (key.isKeyCode (juce::KeyPress::upKey) || key.isKeyCode (juce::KeyPress::rightKey))
        return moveTo (position + step);

    if (key.isKeyCode (juce::KeyPress::downKey) || key.isKeyCode (juce::KeyPress::leftKey))
        return moveTo (position - step);

    if (key.isKeyCode (juce::KeyPress::pageUpKey))
        return moveTo (position + 0.1);

    if (key.isKeyCode (juce::KeyPress::pageDownKey))
        return moveTo (position - 0.1);

    if (key.isKeyCode (juce::KeyPress::homeKey))
        return moveTo (0.0);

    if (key.isKeyCode (juce::KeyPress::endKey))
        return moveTo (1.0);

    if (key.isKeyCode (juce::KeyPress::deleteKey))
        return moveTo (valueToProportionOfLength (getDoubleClickReturnValue()));

    if (key.isKeyCode (juce::KeyPress::returnKey))
    {
        onEnter();
        return true;
    }

    return false;
}

/** A small padlock, closed or open. */
class ParameterKnob::Lock : public juce::Button
{
public:
    explicit Lock (const juce::String& title)
        : juce::Button (title)
    {
        setTitle (title);
        setTooltip (title + "\nPresets, A and B, and other kernels leave it alone");
        setWantsKeyboardFocus (true);
        setMouseClickGrabsKeyboardFocus (false);
    }

    void paintButton (juce::Graphics& g, bool highlighted, bool) override
    {
        const bool locked = getToggleState();
        const auto box = getLocalBounds().toFloat().withSizeKeepingCentre (12.0f, 12.0f);
        g.setColour (locked ? theme::signal : highlighted ? theme::textMid : theme::outline);
        g.strokePath (locked ? icons::lock() : icons::unlock(),
                      juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded),
                      juce::AffineTransform::scale (0.75f).translated (box.getPosition()));

        if (hasKeyboardFocus (false))
            LookAndFeel::drawFocusRing (g, box.reduced (1.0f), 3.0f);
    }

    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
};

ParameterKnob::ParameterKnob (const Parameters& all,
                              juce::RangedAudioParameter& shown,
                              Changes changes,
                              Polarity polarity)
    : parameters (all)
    , parameter (shown)
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
    dial.spokenValue = [this] { return spokenText (parameter.getCurrentValueAsText()); };
    dial.tooltip = [this] { return parameter.getName (64) + "\n" + getTooltip(); };
    dial.onEnter = [this] { value.showEditor(); };
    dial.onMenu = [this] { showMenu(); };
    addAndMakeVisible (dial);

    value.setTitle (name + " value");
    value.onTextChange = [this] { typed(); };
    value.isReadable = [this] (const juce::String& text)
    { return parameters.valueFromText (parameter, text).has_value(); };
    value.onRefused = [this]
    {
        if (onRange != nullptr)
            onRange (parameter.getName (64) + ": from " + textAt (0.0f) + " to " + textAt (1.0f));
    };
    value.onEditorHide = [this]
    {
        if (onRange != nullptr)
            onRange ({});
    };
    addAndMakeVisible (value);
    showValue();
    parameter.addListener (this);
}

ParameterKnob::~ParameterKnob() { parameter.removeListener (this); }

void ParameterKnob::setGroup (const juce::String& group) { dial.setTitle (parameter.getName (64) + ", " + group); }

// --- Lock and automation ---------------------------------------------------------------------------------------------

void ParameterKnob::addLock (const juce::String& title, std::function<void()> onToggle)
{
    lock = std::make_unique<Lock> (title);
    lock->setComponentID ("lock");
    lock->onClick = std::move (onToggle);
    addAndMakeVisible (*lock);
}

void ParameterKnob::showLock (bool isLocked)
{
    if (lock != nullptr && lock->getToggleState() != isLocked)
        lock->setToggleState (isLocked, juce::dontSendNotification);
}

void ParameterKnob::parameterValueChanged (int, float)
{
    if (gestures.load (std::memory_order_relaxed) == 0)
        hostChanges.fetch_add (1, std::memory_order_relaxed);
}

void ParameterKnob::parameterGestureChanged (int, bool begins)
{
    gestures.fetch_add (begins ? 1 : -1, std::memory_order_relaxed);
}

void ParameterKnob::update (double seconds)
{
    // One change may be a preset's, or undo; several in a row are automation.
    const int changes = hostChanges.load (std::memory_order_relaxed);
    const bool before = isAutomated();
    activity = std::exchange (seenChanges, changes) != changes ? std::min (1.0, activity + 0.3)
                                                               : std::max (0.0, activity - seconds);

    if (isAutomated() != before)
    {
        dial.getProperties().set ("automated", isAutomated());
        dial.repaint();
    }
}

// --- Value -----------------------------------------------------------------------------------------------------------

juce::String ParameterKnob::textAt (float proportion) const { return parameter.getText (proportion, 64); }

void ParameterKnob::showValue() { value.setText (parameter.getCurrentValueAsText(), juce::dontSendNotification); }

void ParameterKnob::typed()
{
    if (const auto typedValue = parameters.valueFromText (parameter, value.getText()))
    {
        const juce::Slider::ScopedDragNotification gesture (dial);
        dial.setValue (static_cast<double> (*typedValue), juce::sendNotificationSync);
    }

    showValue(); // an unreadable entry keeps the old value
}

void ParameterKnob::showMenu()
{
    juce::PopupMenu menu;
    const auto act = [this] (auto&& action)
    {
        return [safe = juce::Component::SafePointer<ParameterKnob> (this), action]
        {
            if (safe != nullptr)
                action (*safe);
        };
    };

    menu.addItem ("Copy value", act ([] (ParameterKnob& knob)
                                     { juce::SystemClipboard::copyTextToClipboard (knob.value.getText()); }));
    const auto pasted = parameters.valueFromText (parameter, juce::SystemClipboard::getTextFromClipboard());
    menu.addItem ("Paste value", pasted.has_value(), false,
                  act (
                      [pasted] (ParameterKnob& knob)
                      {
                          const juce::Slider::ScopedDragNotification gesture (knob.dial);
                          knob.dial.setValue (static_cast<double> (*pasted), juce::sendNotificationSync);
                      }));
    menu.addItem (
        "Reset", act ([] (ParameterKnob& knob) { knob.dial.keyPressed (juce::KeyPress (juce::KeyPress::deleteKey)); }));

    // The host's own entries: automation, learning of controllers.
    if (const auto* const editor = findParentComponentOfClass<juce::AudioProcessorEditor>())
    {
        if (auto* const context = editor->getHostContext())
        {
            if (const auto hostMenu = context->getContextMenuForParameter (&parameter))
            {
                const auto entries = hostMenu->getEquivalentPopupMenu();

                if (entries.getNumItems() > 0)
                {
                    menu.addSeparator();
                    menu.addSubMenu ("Host", entries);
                }
            }
        }
    }

    showMenuBeside (std::move (menu), dial);
}

void ParameterKnob::enablementChanged()
{
    value.setColour (juce::Label::textColourId, isEnabled() ? theme::textHigh : theme::textDisabled);
    repaint();
}

void ParameterKnob::paint (juce::Graphics& g)
{
    g.setFont (theme::font (theme::Type::label));
    g.setColour (isEnabled() ? theme::textMid : theme::textDisabled);
    g.drawText (parameter.getName (64), labelBox.toFloat().withTrimmedRight (lock != nullptr ? 18.0f : 0.0f),
                juce::Justification::centred);

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

    if (lock != nullptr)
    {
        const float label = theme::widthOf (theme::font (theme::Type::label), parameter.getName (64));
        const int x = (getWidth() - 18 + static_cast<int> (label)) / 2;
        lock->setBounds (juce::Rectangle<int> (22, 22).withCentre ({ x + 11, labelBox.getCentreY() }));
    }
}

} // namespace faltwerk
