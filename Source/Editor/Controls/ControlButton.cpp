#include "Editor/Controls/ControlButton.h"

#include "Editor/Look/LookAndFeel.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float padding = 12.0f, flatPadding = 8.0f, iconSize = 16.0f, iconGap = 8.0f;

} // namespace

ControlButton::ControlButton (const juce::String& words, juce::Path shape, IconStyle style)
    : juce::Button (words)
    , icon (std::move (shape))
    , iconStyle (style)
    , iconColour (theme::textHigh)
{
    setButtonText (words);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false); // the ring shows where the keyboard is, not the last click
}

void ControlButton::show (const juce::String& words, juce::Path shape, juce::Colour colour)
{
    setButtonText (words);
    icon = std::move (shape);
    iconColour = colour;
    repaint();
}

int ControlButton::idealWidth() const
{
    float textWidth = theme::widthOf (theme::font (type), getButtonText());

    if (textWidth > 0.0f)
        for (const auto& words : reserved)
            textWidth = std::max (textWidth, theme::widthOf (theme::font (type), words));

    const float image = icon.isEmpty() ? 0.0f : iconSize + (textWidth > 0.0f ? iconGap : 0.0f);
    const float around = surfaceKind == Surface::flat && textWidth <= 0.0f ? flatPadding : padding;
    return static_cast<int> (std::ceil (textWidth + image + 2.0f * around)) + 2 * ringMargin;
}

void ControlButton::paintButton (juce::Graphics& g, bool highlighted, bool down)
{
    const auto surface = getLocalBounds().reduced (ringMargin).toFloat();
    const bool isPrimary = surfaceKind == Surface::primary && isEnabled(), toggled = getToggleState();

    if (surfaceKind != Surface::flat || highlighted || down || toggled)
    {
        g.setColour (isPrimary                ? (down          ? theme::kernel.darker (0.15f)
                                                 : highlighted ? theme::kernelBright
                                                               : theme::kernel)
                     : down                   ? theme::panel
                     : highlighted || toggled ? theme::raised
                                              : theme::control);
        g.fillRoundedRectangle (surface, theme::controlRadius);
    }

    const auto words = ! isEnabled() ? theme::textDisabled : isPrimary ? theme::textOnKernel : wordColour;

    const auto font = theme::font (type);
    const float textWidth = theme::widthOf (font, getButtonText());
    const float image = icon.isEmpty() ? 0.0f : iconSize + (textWidth > 0.0f ? iconGap : 0.0f);
    auto content = juce::Rectangle<float> (std::min (textWidth + image, surface.getWidth() - padding), iconSize)
                       .withCentre (surface.getCentre());

    if (justification.testFlags (juce::Justification::left))
        content.setX (surface.getX() + padding);

    if (! icon.isEmpty())
    {
        const auto box = content.removeFromLeft (iconSize);
        const auto place = juce::AffineTransform::translation (std::round (box.getX()), std::round (box.getY()));
        g.setColour (isEnabled() && ! isPrimary ? iconColour : words);

        if (iconStyle == IconStyle::filled)
            g.fillPath (icon, place);
        else
            g.strokePath (
                icon, juce::PathStrokeType (1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded), place);
    }

    if (! icon.isEmpty() && textWidth > 0.0f)
        content.removeFromLeft (iconGap);

    g.setFont (font);
    g.setColour (words);
    g.drawText (getButtonText(), content.expanded (2.0f, 4.0f), justification, true);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, surface.reduced (1.0f), theme::controlRadius - 1.0f);
}

void ControlButton::mouseDown (const juce::MouseEvent& event)
{
    if (onMenu != nullptr && event.mods.isPopupMenu())
        onMenu();
    else
        juce::Button::mouseDown (event);
}

bool ControlButton::keyPressed (const juce::KeyPress& key)
{
    if (onMenu == nullptr || key != juce::KeyPress (juce::KeyPress::downKey))
        return juce::Button::keyPressed (key);

    onMenu();
    return true;
}

} // namespace faltwerk
