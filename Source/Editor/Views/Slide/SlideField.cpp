#include "Editor/Views/Slide/SlideField.h"

#include "Picture/Axis.h"
#include "Picture/Theme.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float wheelPerStep = 0.1f; // of a wheel that turns smoothly

juce::String spoken (double value)
{
    const auto text = significant (std::abs (value), 4);
    return (value < 0.0 && text != "0" ? "minus " : "") + text;
}

} // namespace

SlideField::SlideField()
{
    setWantsKeyboardFocus (false); // the mark has it
    mark.onKey = [this] (const juce::KeyPress& key) { return keyPressed (key); };
    mark.onSet = [this] (int n) { onGoTo (n); };
    addChildComponent (mark);
}

void SlideField::show (const SlidePicture* pictureToShow)
{
    picture = pictureToShow;
    mark.setVisible (picture != nullptr);
    positionHasChanged (false);
    repaint();
}

void SlideField::positionHasChanged (bool byHand)
{
    if (picture == nullptr)
        return;

    const int n = picture->scene().n, last = picture->scene().last();
    mark.setCentrePosition (picture->layout().markCentre (n));
    mark.show (n, last,
               juce::String (n) + " of 0 to " + juce::String (last) + "; y is " + spoken (picture->outputAt (n)));

    if (byHand)
        mark.valueHasChanged();

    repaint (hoverArea());
}

// --- Hover -----------------------------------------------------------------------------------------------------------

void SlideField::setHover (std::optional<juce::Point<float>> position)
{
    repaint (hoverArea());
    hover = position;
    repaint (hoverArea());
}

ReadOut SlideField::hoverCard() const
{
    if (! hover || picture == nullptr)
        return {};

    const auto& scene = picture->scene();
    const int k = picture->layout().indexAt (hover->x), tap = scene.n - k;
    const bool isSample = k >= 0 && k < scene.numSamples(), isTap = tap >= 0 && tap < scene.numBars();
    const auto index = [] (const char* name, int of) { return name + ("[" + numberAsLabel (of) + "]"); };
    std::vector<ReadOut::Row> rows;

    if (k < picture->layout().firstIndex() || k > scene.last())
        return {};

    rows.push_back ({ index ("x", k), isSample ? significant (scene.inputAt (k), 4) : juce::String ("0, padding") });

    if (isTap)
    {
        rows.push_back ({ index ("h", tap), significant (scene.kernelAt (k), 4) });
        rows.push_back ({ "Product", significant (scene.productAt (k), 4) });
    }

    if (k >= 0 && k <= scene.n)
        rows.push_back ({ index ("y", k), significant (picture->outputAt (k), 4) });

    return ReadOut (std::move (rows));
}

juce::Rectangle<int> SlideField::hoverArea() const
{
    const auto card = hoverCard();

    if (card.isEmpty())
        return {};

    const auto& layout = picture->layout();
    const juce::Rectangle<int> line (juce::roundToInt (layout.middleOf (layout.indexAt (hover->x))) - 1,
                                     layout.input.area.getY(), 3,
                                     layout.output.area.getBottom() - layout.input.area.getY());

    // As large as the largest card: rows come and go with n.
    const auto box = card.boundsBeside (*hover, getLocalBounds().toFloat()).getSmallestIntegerContainer();
    return line.getUnion (box.expanded (40, 60)).getIntersection (getLocalBounds());
}

void SlideField::paint (juce::Graphics& g)
{
    const auto card = hoverCard();

    if (card.isEmpty())
        return;

    const auto& layout = picture->layout();
    g.setColour (theme::textMid.withAlpha (0.5f));
    g.fillRect (std::floor (layout.middleOf (layout.indexAt (hover->x))), static_cast<float> (layout.input.area.getY()),
                1.0f, static_cast<float> (layout.output.area.getBottom() - layout.input.area.getY()));
    card.draw (g, card.boundsBeside (*hover, getLocalBounds().toFloat()));
}

// --- Mouse -----------------------------------------------------------------------------------------------------------

std::optional<ConvolutionMode> SlideField::rangeAt (juce::Point<float> position) const
{
    for (const auto mode : SlideLayout::modes)
        if (picture != nullptr && picture->layout().rangeBar (mode).contains (position.toInt()))
            return mode;

    return {};
}

SlideField::Place SlideField::placeAt (juce::Point<float> position) const
{
    if (picture == nullptr)
        return Place::none;

    if (mark.arrowAt (position))
        return Place::mark;

    if (rangeAt (position))
        return Place::range;

    const auto& layout = picture->layout();
    const auto at = position.toInt();

    if (at.x < layout.plot.getX() || at.x >= layout.plot.getRight())
        return Place::none;

    if (layout.output.area.getUnion (layout.axis).contains (at))
        return Place::axis;

    return layout.input.area.getUnion (layout.kernel.area).contains (at) ? Place::kernel : Place::none;
}

void SlideField::mouseMove (const juce::MouseEvent& event)
{
    const auto place = placeAt (event.position);
    setMouseCursor (place == Place::none     ? juce::MouseCursor::NormalCursor
                    : place == Place::mark   ? juce::MouseCursor::LeftRightResizeCursor
                    : place == Place::kernel ? juce::MouseCursor::DraggingHandCursor
                                             : juce::MouseCursor::PointingHandCursor);
    const bool isInLane =
        place == Place::kernel || (place == Place::axis && ! picture->layout().axis.contains (event.position.toInt()));
    setHover (isInLane ? std::optional (event.position) : std::nullopt);
}

void SlideField::mouseDown (const juce::MouseEvent& event)
{
    gripped = event.mods.isPopupMenu() ? Place::none : placeAt (event.position);
    dragged = false;

    if (gripped == Place::none)
        return;

    setHover ({});
    mark.grabKeyboardFocus(); // the keys go on where the mouse has begun
    nAtGrip = picture->scene().n;

    if (gripped == Place::axis)
        onGoTo (picture->layout().indexAt (event.position.x));
}

void SlideField::mouseDrag (const juce::MouseEvent& event)
{
    if (picture == nullptr || gripped == Place::none || gripped == Place::range)
        return;

    // Not from a mere click: a hand is never quite still.
    if (! dragged && event.getDistanceFromDragStart() < 2)
        return;

    dragged = true;
    const auto& layout = picture->layout();
    const float slots = static_cast<float> (event.getDistanceFromDragStartX()) / static_cast<float> (layout.pitch);
    onGoTo (gripped == Place::axis ? layout.indexAt (event.position.x) : nAtGrip + juce::roundToInt (slots));
}

void SlideField::mouseUp (const juce::MouseEvent& event)
{
    const auto place = std::exchange (gripped, Place::none);

    if (dragged)
        return;

    if (place == Place::mark)
        onStep (mark.arrowAt (event.position).value_or (0));
    else if (const auto mode = rangeAt (event.position); mode && place == Place::range)
        onMode (*mode);
}

void SlideField::mouseWheelMove (const juce::MouseEvent&, const juce::MouseWheelDetails& details)
{
    const float turn = (details.isReversed ? -1.0f : 1.0f)
                       * (std::abs (details.deltaX) > std::abs (details.deltaY) ? -details.deltaX : details.deltaY);

    // A step for each notch; what turns smoothly adds up.
    wheel += details.isSmooth ? turn / wheelPerStep : turn > 0.0f ? 1.0f : turn < 0.0f ? -1.0f : 0.0f;
    const float steps = std::trunc (wheel);
    wheel -= steps;

    if (steps != 0.0f && picture != nullptr)
        onStep (static_cast<int> (steps));
}

// --- Keys ------------------------------------------------------------------------------------------------------------

bool SlideField::keyPressed (const juce::KeyPress& key)
{
    if (picture == nullptr || key.getModifiers().isCommandDown() || key.getModifiers().isAltDown())
        return false;

    if (key.isKeyCode (juce::KeyPress::leftKey) || key.isKeyCode (juce::KeyPress::downKey))
        onStep (-1);
    else if (key.isKeyCode (juce::KeyPress::rightKey) || key.isKeyCode (juce::KeyPress::upKey))
        onStep (1);
    else if (key.isKeyCode (juce::KeyPress::pageDownKey))
        onStep (-10);
    else if (key.isKeyCode (juce::KeyPress::pageUpKey))
        onStep (10);
    else if (key.isKeyCode (juce::KeyPress::homeKey))
        onGoTo (0);
    else if (key.isKeyCode (juce::KeyPress::endKey))
        onGoTo (picture->scene().last());
    else if (key.isKeyCode (juce::KeyPress::returnKey))
        onReturnKey();
    else
        return false;

    return true;
}

} // namespace faltwerk
