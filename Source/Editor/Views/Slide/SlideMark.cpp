#include "Editor/Views/Slide/SlideMark.h"

#include "Editor/Look/LookAndFeel.h"
#include "Picture/Slide/SlideLayout.h"
#include "Picture/Theme.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr int ringMargin = 5;

} // namespace

/** The value of the mark for a screen reader. */
class SlideMark::Value : public juce::AccessibilityValueInterface
{
public:
    explicit Value (SlideMark& shownMark)
        : mark (shownMark)
    {
    }

    bool isReadOnly() const override { return false; }
    double getCurrentValue() const override { return mark.shown; }
    juce::String getCurrentValueAsString() const override { return mark.spoken; }
    void setValue (double value) override { mark.onSet (juce::roundToInt (value)); }
    void setValueAsString (const juce::String& text) override { setValue (text.getDoubleValue()); }

    AccessibleValueRange getRange() const override
    {
        return { { 0.0, static_cast<double> (std::max (1, mark.largest)) }, 1.0 };
    }

private:
    SlideMark& mark;
};

SlideMark::SlideMark()
{
    setComponentID ("slideMark");
    setTitle ("Position n");
    setWantsKeyboardFocus (true);
    setInterceptsMouseClicks (false, false);
    setSize (SlideLayout::markWidth + 2 * ringMargin, SlideLayout::markHeight + 2 * ringMargin);
}

void SlideMark::show (int n, int last, const juce::String& spokenValue)
{
    spoken = spokenValue;
    largest = last;

    if (std::exchange (shown, n) != n)
        repaint();
}

void SlideMark::valueHasChanged()
{
    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::valueChanged);
}

void SlideMark::paint (juce::Graphics& g)
{
    const auto surface = getLocalBounds().reduced (ringMargin).toFloat();
    const float radius = surface.getHeight() / 2.0f;
    g.setColour (theme::focus);
    g.fillRoundedRectangle (surface, radius);

    g.setColour (theme::canvas);
    g.setFont (theme::font (theme::Type::bodyStrong));
    g.drawText ("n = " + juce::String (shown), surface, juce::Justification::centred, false);

    const auto arrow = [&] (float tip, float back)
    {
        juce::Path path;
        path.addTriangle (tip, surface.getCentreY(), back, surface.getCentreY() - 4.5f, back,
                          surface.getCentreY() + 4.5f);
        g.fillPath (path);
    };

    // Not where there is no way on.
    if (shown > 0)
        arrow (surface.getX() + 8.0f, surface.getX() + 14.0f);

    if (shown < largest)
        arrow (surface.getRight() - 8.0f, surface.getRight() - 14.0f);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, surface.reduced (0.5f), radius - 0.5f);
}

std::optional<int> SlideMark::arrowAt (juce::Point<float> position) const
{
    const auto surface = getBounds().reduced (ringMargin).toFloat();

    if (! surface.contains (position))
        return {};

    const float third = surface.getWidth() / 3.0f;
    return position.x < surface.getX() + third ? -1 : position.x > surface.getRight() - third ? 1 : 0;
}

std::unique_ptr<juce::AccessibilityHandler> SlideMark::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::slider,
        juce::AccessibilityActions().addAction (juce::AccessibilityActionType::focus, [this] { grabKeyboardFocus(); }),
        juce::AccessibilityHandler::Interfaces { std::make_unique<Value> (*this) });
}

} // namespace faltwerk
