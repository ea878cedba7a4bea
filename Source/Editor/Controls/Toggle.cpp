#include "Editor/Controls/Toggle.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float padding = 10.0f, dotSize = 8.0f, gap = 8.0f;

} // namespace

Toggle::Toggle (const juce::String& word, juce::Colour colour)
    : juce::Button (word)
    , dotColour (colour)
{
    setButtonText (word);
    setTitle (word);
    setClickingTogglesState (true);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
}

int Toggle::idealWidth() const
{
    const float wordWidth = theme::widthOf (theme::font (theme::Type::body), getButtonText());
    return static_cast<int> (std::ceil (wordWidth + dotSize + gap + 2.0f * padding)) + 2 * ControlButton::ringMargin;
}

void Toggle::paintButton (juce::Graphics& g, bool highlighted, bool)
{
    const auto surface = getLocalBounds().reduced (ControlButton::ringMargin).toFloat();
    const bool on = getToggleState();

    if (on || highlighted)
    {
        g.setColour (highlighted ? theme::raised : theme::control);
        g.fillRoundedRectangle (surface, theme::controlRadius);
    }

    auto row = surface.reduced (padding, 0.0f);
    const auto dot = row.removeFromLeft (dotSize).withSizeKeepingCentre (dotSize, dotSize);
    row.removeFromLeft (gap);

    if (on)
    {
        g.setColour (isEnabled() ? dotColour : theme::textDisabled);
        g.fillEllipse (dot);
    }
    else
    {
        g.setColour (isEnabled() ? theme::textLow : theme::textDisabled);
        g.drawEllipse (dot.reduced (0.75f), 1.5f);
    }

    g.setFont (theme::font (theme::Type::body));
    g.setColour (! isEnabled() ? theme::textDisabled : on ? theme::textHigh : theme::textMid);
    g.drawText (getButtonText(), row.expanded (2.0f, 4.0f).translated (2.0f, 0.0f), juce::Justification::centredLeft,
                false);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, surface.reduced (1.0f), theme::controlRadius - 1.0f);
}

} // namespace faltwerk
