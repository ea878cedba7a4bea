#include "Editor/Views/Handle.h"

#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr float ringMargin = 6.0f;

juce::Point<float> sizeOf (Handle::Shape shape)
{
    switch (shape)
    {
        case Handle::Shape::trim:
            return { 10.0f, 32.0f };
        case Handle::Shape::fade:
            return { 10.0f, 10.0f };
        case Handle::Shape::node:
            return { 14.0f, 14.0f };
        case Handle::Shape::preDelay:
            return { 12.0f, 16.0f };
        case Handle::Shape::band:
            break;
    }

    return { 20.0f, 20.0f };
}

/** Reads a value out, and lets a screen reader move it by steps. */
class SpokenValue : public juce::AccessibilityValueInterface
{
public:
    explicit SpokenValue (Handle& shown)
        : handle (shown)
    {
    }

    bool isReadOnly() const override { return false; }
    juce::String getCurrentValueAsString() const override { return handle.spokenValue(); }
    double getCurrentValue() const override { return 0.0; }
    AccessibleValueRange getRange() const override { return { { -1.0, 1.0 }, 1.0 }; }
    void setValueAsString (const juce::String& steps) override { setValue (steps.getDoubleValue()); }

    /** The number counts steps from the present value: what it is a value of has two dimensions. */
    void setValue (double steps) override
    {
        handle.begin();
        handle.onNudge ({ steps, 0.0 });
        handle.end();
    }

private:
    Handle& handle;
};

} // namespace

Handle::Handle (Shape shapeToShow, const juce::String& title)
    : shape (shapeToShow)
{
    setTitle (title);
    setWantsKeyboardFocus (true);
    setInterceptsMouseClicks (false, false); // the field decides which handle is meant
}

void Handle::setTitleAndOrder (const juce::String& title, int order)
{
    setTitle (title);
    setExplicitFocusOrder (order);
}

void Handle::begin()
{
    if (depth++ == 0)
        onBegin();
}

void Handle::end()
{
    if (--depth == 0)
        onEnd();
}

void Handle::place (juce::Point<float> position)
{
    centre = position;
    const auto size = sizeOf (shape);
    setBounds (juce::Rectangle<float> (size.x, size.y)
                   .withCentre (position)
                   .expanded (ringMargin)
                   .getSmallestIntegerContainer());
}

void Handle::setNumber (int toShow)
{
    number = toShow;
    repaint();
}

void Handle::setSelected (bool shouldBe)
{
    if (std::exchange (selected, shouldBe) != shouldBe)
        repaint();
}

void Handle::paint (juce::Graphics& g)
{
    const auto at = centre - getPosition().toFloat();
    const auto size = sizeOf (shape);
    const auto box = juce::Rectangle<float> (size.x, size.y).withCentre (at);

    switch (shape)
    {
        case Shape::trim:
            g.setColour (theme::kernel);
            g.fillRoundedRectangle (box, 3.0f);
            g.setColour (theme::textOnKernel);
            g.fillRect (at.x - 2.25f, at.y - 5.0f, 1.5f, 10.0f);
            g.fillRect (at.x + 0.75f, at.y - 5.0f, 1.5f, 10.0f);
            break;

        case Shape::fade:
            g.setColour (selected ? theme::kernelBright : theme::canvas);
            g.fillRoundedRectangle (box, 2.5f);
            g.setColour (theme::kernelBright);
            g.drawRoundedRectangle (box, 2.5f, 2.0f);
            break;

        case Shape::node:
        {
            const float radius = selected ? 7.0f : 5.5f;
            const auto disc = juce::Rectangle<float> (2.0f * radius, 2.0f * radius).withCentre (at);
            g.setColour (selected ? theme::kernelBright : theme::canvas);
            g.fillEllipse (disc);
            g.setColour (selected ? theme::focus : theme::kernelBright);
            g.drawEllipse (disc.reduced (0.75f), selected ? 1.5f : 2.0f);
            break;
        }

        case Shape::preDelay:
        {
            juce::Path pentagon;
            pentagon.startNewSubPath (box.getTopLeft());
            pentagon.lineTo (box.getTopRight());
            pentagon.lineTo (box.getRight(), box.getY() + 10.0f);
            pentagon.lineTo (at.x, box.getBottom());
            pentagon.lineTo (box.getX(), box.getY() + 10.0f);
            pentagon.closeSubPath();
            g.setColour (selected ? theme::kernelBright : theme::kernel);
            g.fillPath (pentagon.createPathWithRoundedCorners (1.5f));
            break;
        }

        case Shape::band:
            g.setColour (selected ? theme::kernelBright : theme::canvas);
            g.fillEllipse (box);
            g.setColour (selected ? theme::focus : theme::kernelBright);
            g.drawEllipse (box.reduced (1.0f), 2.0f);
            g.setFont (theme::font (theme::Type::bodyStrong));
            g.setColour (selected ? theme::textOnKernel : theme::kernelBright);
            g.drawText (juce::String (number), box, juce::Justification::centred, false);
            break;
    }

    if (! showsRing)
        return;

    g.setColour (theme::focus);

    if (shape == Shape::node || shape == Shape::band)
        g.drawEllipse (box.expanded (3.0f), 2.0f);
    else
        g.drawRoundedRectangle (box.expanded (3.5f), 5.0f, 2.0f);
}

void Handle::step (const std::function<void()>& act)
{
    begin();
    act();
    end();
    valueHasChanged();
}

bool Handle::nudge (double right, double up, const juce::KeyPress& key, double factor)
{
    const double size = factor * (key.getModifiers().isShiftDown() ? 0.1 : 1.0);
    step ([&] { onNudge ({ right * size, up * size }); });
    return true;
}

bool Handle::keyPressed (const juce::KeyPress& key)
{
    if (key.getModifiers().isCommandDown() || key.getModifiers().isAltDown())
        return false;

    if (key.isKeyCode (juce::KeyPress::leftKey))
        return nudge (-1.0, 0.0, key);

    if (key.isKeyCode (juce::KeyPress::rightKey))
        return nudge (1.0, 0.0, key);

    if (key.isKeyCode (juce::KeyPress::upKey))
        return nudge (0.0, 1.0, key);

    if (key.isKeyCode (juce::KeyPress::downKey))
        return nudge (0.0, -1.0, key);

    if (key.isKeyCode (juce::KeyPress::pageUpKey))
        return nudge (shape == Shape::node || shape == Shape::band ? 0.0 : 1.0, 1.0, key, 10.0);

    if (key.isKeyCode (juce::KeyPress::pageDownKey))
        return nudge (shape == Shape::node || shape == Shape::band ? 0.0 : -1.0, -1.0, key, 10.0);

    if (key.isKeyCode (juce::KeyPress::homeKey) || key.isKeyCode (juce::KeyPress::endKey))
    {
        step ([&] { onLimit (key.isKeyCode (juce::KeyPress::endKey)); });
        return true;
    }

    if (key.isKeyCode (juce::KeyPress::deleteKey) || key.isKeyCode (juce::KeyPress::backspaceKey))
    {
        step ([&] { onReset(); });
        return true;
    }

    return false;
}

void Handle::focusGained (FocusChangeType cause)
{
    showsRing = cause != focusChangedByMouseClick;

    if (onFocus != nullptr)
        onFocus();

    repaint();
}

void Handle::focusLost (FocusChangeType)
{
    showsRing = false;

    if (onBlur != nullptr)
        onBlur();

    repaint();
}

void Handle::valueHasChanged()
{
    if (auto* const handler = getAccessibilityHandler())
        handler->notifyAccessibilityEvent (juce::AccessibilityEvent::valueChanged);
}

std::unique_ptr<juce::AccessibilityHandler> Handle::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::slider,
        juce::AccessibilityActions().addAction (juce::AccessibilityActionType::focus, [this] { grabKeyboardFocus(); }),
        juce::AccessibilityHandler::Interfaces { std::make_unique<SpokenValue> (*this) });
}

} // namespace faltwerk
