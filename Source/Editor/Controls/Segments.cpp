#include "Editor/Controls/Segments.h"

#include "Editor/Controls/ControlButton.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float padding = 11.0f;

/** Reads out the choice that holds, and steps through them. */
class ChosenText : public juce::AccessibilityTextValueInterface
{
public:
    ChosenText (Segments& shown, const juce::StringArray& names)
        : segments (shown)
        , choices (names)
    {
    }

    bool isReadOnly() const override { return true; }
    juce::String getCurrentValueAsString() const override { return choices[segments.shown()]; }
    void setValueAsString (const juce::String&) override {}

private:
    Segments& segments;
    const juce::StringArray& choices;
};

} // namespace

Segments::Segments (const juce::String& title, juce::StringArray names)
    : choices (std::move (names))
{
    setTitle (title);
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
}

void Segments::show (int index)
{
    if (std::exchange (chosen, index) == index)
        return;

    repaint();

    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::valueChanged);
}

void Segments::choose (int index)
{
    index = juce::jlimit (0, choices.size() - 1, index);

    if (isEnabled() && index != chosen && onChoose != nullptr)
        onChoose (index);
}

int Segments::idealWidth() const
{
    float width = 0.0f;

    for (const auto& choice : choices)
        width += theme::widthOf (theme::font (theme::Type::body), choice) + 2.0f * padding;

    return static_cast<int> (std::ceil (width)) + 2 * ControlButton::ringMargin;
}

juce::Rectangle<float> Segments::areaOf (int index) const
{
    auto area = getLocalBounds().reduced (ControlButton::ringMargin).toFloat();
    const auto font = theme::font (theme::Type::body);

    for (int n = 0; n < index; ++n)
        area.removeFromLeft (theme::widthOf (font, choices[n]) + 2.0f * padding);

    return area.removeFromLeft (theme::widthOf (font, choices[index]) + 2.0f * padding);
}

void Segments::paint (juce::Graphics& g)
{
    const auto surface = getLocalBounds().reduced (ControlButton::ringMargin).toFloat();
    g.setColour (theme::control);
    g.fillRoundedRectangle (surface, theme::controlRadius);
    g.setFont (theme::font (theme::Type::body));

    for (int index = 0; index < choices.size(); ++index)
    {
        const auto area = areaOf (index);

        if (index == chosen)
        {
            g.setColour (theme::selected);
            g.fillRoundedRectangle (area.reduced (2.0f), theme::controlRadius - 2.0f);
        }

        g.setColour (! isEnabled() ? theme::textDisabled : index == chosen ? theme::textHigh : theme::textMid);
        g.drawText (choices[index], area, juce::Justification::centred, false);
    }

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, surface.reduced (1.0f), theme::controlRadius - 1.0f);
}

void Segments::mouseUp (const juce::MouseEvent& event)
{
    for (int index = 0; index < choices.size(); ++index)
        if (areaOf (index).contains (event.position))
            choose (index);
}

bool Segments::keyPressed (const juce::KeyPress& key)
{
    if (key.isKeyCode (juce::KeyPress::leftKey) || key.isKeyCode (juce::KeyPress::upKey))
        choose (chosen - 1);
    else if (key.isKeyCode (juce::KeyPress::rightKey) || key.isKeyCode (juce::KeyPress::downKey))
        choose (chosen + 1);
    else
        return false;

    return true;
}

std::unique_ptr<juce::AccessibilityHandler> Segments::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::comboBox, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces { std::make_unique<ChosenText> (*this, choices) });
}

} // namespace faltwerk
