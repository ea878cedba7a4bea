#include "Editor/Views/Waveform/ZoomBar.h"

#include "Editor/Controls/TextValue.h"
#include "Editor/Look/LookAndFeel.h"
#include "Picture/Theme.h"

namespace faltwerk
{

namespace
{

constexpr float gripReach = 7.0f;

} // namespace

ZoomBar::ZoomBar()
{
    setComponentID ("zoomBar");
    setTitle ("Visible part");
    setWantsKeyboardFocus (true);
    setMouseClickGrabsKeyboardFocus (false);
    whole.onPaint = [this] (juce::Graphics& g)
    {
        g.setColour (theme::control.withAlpha (0.5f));
        g.fillRoundedRectangle (bar(), theme::controlRadius);

        if (onPaintWhole != nullptr)
            onPaintWhole (g, bar().reduced (2.0f));
    };
    addAndMakeVisible (whole);
}

juce::Rectangle<float> ZoomBar::bar() const { return getLocalBounds().toFloat().reduced (4.0f); }

juce::Rectangle<float> ZoomBar::window() const
{
    const auto area = bar();
    const auto xOf = [&] (double seconds)
    { return area.getX() + area.getWidth() * static_cast<float> ((seconds - wholeBegin) / (wholeEnd - wholeBegin)); };
    const float left = xOf (begin), right = std::max (xOf (end), left + 6.0f);
    return area.withLeft (left).withRight (right).getIntersection (area);
}

void ZoomBar::show (double wholeFrom, double wholeTo, double from, double to)
{
    if (wholeFrom != wholeBegin || wholeTo != wholeEnd)
        whole.repaint();

    wholeBegin = wholeFrom;
    wholeEnd = std::max (wholeTo, wholeFrom + 1e-9);
    begin = from;
    end = to;
    repaint();
}

void ZoomBar::paintOverChildren (juce::Graphics& g)
{
    const auto area = bar(), visible = window();
    g.setColour (theme::canvas.withAlpha (0.55f));
    g.fillRect (area.withRight (visible.getX()));
    g.fillRect (area.withLeft (visible.getRight()));
    g.setColour (theme::outline);
    g.drawRoundedRectangle (visible.reduced (0.75f), theme::controlRadius - 1.0f, 1.5f);
    g.setColour (theme::textHigh);

    for (const float x : { visible.getX() + 4.0f, visible.getRight() - 5.5f })
        if (visible.getWidth() > 20.0f)
            g.fillRoundedRectangle (x - 0.25f, visible.getCentreY() - 5.0f, 2.0f, 10.0f, 1.0f);

    if (hasKeyboardFocus (false))
        LookAndFeel::drawFocusRing (g, area.reduced (1.0f), theme::controlRadius - 1.0f);
}

ZoomBar::Part ZoomBar::partAt (float x) const
{
    const auto visible = window();

    if (std::abs (x - visible.getX()) <= gripReach && x < visible.getCentreX())
        return Part::begin;

    if (std::abs (x - visible.getRight()) <= gripReach)
        return Part::end;

    return Part::window;
}

void ZoomBar::mouseMove (const juce::MouseEvent& event)
{
    setMouseCursor (partAt (event.position.x) == Part::window ? juce::MouseCursor::DraggingHandCursor
                                                              : juce::MouseCursor::LeftRightResizeCursor);
}

void ZoomBar::mouseDown (const juce::MouseEvent& event)
{
    gripped = partAt (event.position.x);

    if (gripped == Part::window && ! window().contains (event.position)) // go there
    {
        const double at =
            wholeBegin
            + (wholeEnd - wholeBegin) * static_cast<double> ((event.position.x - bar().getX()) / bar().getWidth());
        const double span = end - begin;
        change (at - span / 2.0, at + span / 2.0);
    }

    beginAtGrip = begin;
    endAtGrip = end;
}

void ZoomBar::mouseDrag (const juce::MouseEvent& event)
{
    const double by = (wholeEnd - wholeBegin)
                      * static_cast<double> (static_cast<float> (event.getDistanceFromDragStartX()) / bar().getWidth());

    switch (gripped)
    {
        case Part::begin:
            change (std::min (beginAtGrip + by, endAtGrip - 1e-4), endAtGrip);
            break;
        case Part::end:
            change (beginAtGrip, std::max (endAtGrip + by, beginAtGrip + 1e-4));
            break;
        case Part::window:
            change (beginAtGrip + by, endAtGrip + by);
            break;
    }
}

void ZoomBar::mouseDoubleClick (const juce::MouseEvent&) { change (wholeBegin, wholeEnd); }

void ZoomBar::change (double from, double to)
{
    if (gripped == Part::window) // keep its width at the ends
    {
        const double span = std::min (to - from, wholeEnd - wholeBegin);
        from = juce::jlimit (wholeBegin, wholeEnd - span, from);
        to = from + span;
    }

    if (onChange != nullptr)
        onChange (std::max (from, wholeBegin), std::min (to, wholeEnd));
}

bool ZoomBar::keyPressed (const juce::KeyPress& key)
{
    const double span = end - begin, middle = (begin + end) / 2.0;
    gripped = Part::window;

    if (key.isKeyCode (juce::KeyPress::leftKey))
        change (begin - 0.1 * span, end - 0.1 * span);
    else if (key.isKeyCode (juce::KeyPress::rightKey))
        change (begin + 0.1 * span, end + 0.1 * span);
    else if (key.isKeyCode (juce::KeyPress::upKey) || key.getTextCharacter() == '+')
        change (middle - 0.4 * span, middle + 0.4 * span);
    else if (key.isKeyCode (juce::KeyPress::downKey) || key.getTextCharacter() == '-')
        change (middle - 0.625 * span, middle + 0.625 * span);
    else if (key.isKeyCode (juce::KeyPress::homeKey) || key.isKeyCode (juce::KeyPress::deleteKey))
        change (wholeBegin, wholeEnd);
    else
        return false;

    return true;
}

std::unique_ptr<juce::AccessibilityHandler> ZoomBar::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler> (
        *this, juce::AccessibilityRole::slider, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces { std::make_unique<TextValue> (
            [this] { return juce::String (begin, 3) + " to " + juce::String (end, 3) + " seconds"; }) });
}

} // namespace faltwerk
