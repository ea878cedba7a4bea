#include "Editor/Strip/ParameterSwitch.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float trackWidth = 32.0f, trackHeight = 18.0f, gap = 8.0f;

} // namespace

ParameterSwitch::ParameterSwitch (juce::RangedAudioParameter& parameter)
    : juce::Button (parameter.getName (64))
    , attachment (parameter, *this)
{
    setComponentID (parameter.paramID);
    setClickingTogglesState (true);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    setTitle (getName());
}

int ParameterSwitch::idealWidth() const
{
    return static_cast<int> (std::ceil (trackWidth + gap + theme::widthOf (theme::font (theme::Type::body), getName())))
           + 2 * ControlButton::ringMargin;
}

void ParameterSwitch::paintButton (juce::Graphics& g, bool highlighted, bool)
{
    const auto inner = getLocalBounds().toFloat().reduced (static_cast<float> (ControlButton::ringMargin), 0.0f);
    const auto track = inner.withWidth (trackWidth).withSizeKeepingCentre (trackWidth, trackHeight);
    const bool on = getToggleState();

    g.setColour (on ? theme::kernel : highlighted ? theme::raised : theme::control);
    g.fillRoundedRectangle (track, trackHeight / 2.0f);

    if (! on)
    {
        g.setColour (theme::outline);
        g.drawRoundedRectangle (track.reduced (0.5f), trackHeight / 2.0f - 0.5f, 1.0f);
    }

    const auto knob = juce::Rectangle<float> (12.0f, 12.0f)
                          .withCentre ({ on ? track.getRight() - trackHeight / 2.0f : track.getX() + trackHeight / 2.0f,
                                         track.getCentreY() });
    g.setColour (on ? theme::textOnKernel : theme::textMid);
    g.fillEllipse (knob);

    g.setFont (theme::font (theme::Type::body));
    g.setColour (isEnabled() ? theme::textMid : theme::textDisabled);
    g.drawText (getName(), inner.withTrimmedLeft (trackWidth + gap).expanded (0.0f, 4.0f),
                juce::Justification::centredLeft, false);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, track, trackHeight / 2.0f);
}

} // namespace faltwerk
