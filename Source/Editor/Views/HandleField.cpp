#include "Editor/Views/HandleField.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float fineFactor = 0.1f;

} // namespace

HandleField::HandleField()
{
    setComponentID ("field");
    setWantsKeyboardFocus (false);
}

void HandleField::add (Handle& handle)
{
    handles.push_back (&handle);
    handle.onFocus = [this, &handle] { select (&handle); };
    handle.onBlur = [this, &handle]
    {
        if (chosen == &handle && dragged != &handle)
            select (nullptr);
    };
    addAndMakeVisible (handle);
}

Handle* HandleField::handleAt (juce::Point<float> place) const
{
    Handle* nearest = nullptr;
    float distance = catchDistance;

    for (auto* const handle : handles)
    {
        // A long grip is as near as its nearest point.
        const auto box = handle->getBounds().toFloat().reduced (6.0f);
        const auto closest = box.reduced (std::max (0.0f, box.getWidth() / 2.0f - 1.0f),
                                          std::max (0.0f, (box.getHeight() - box.getWidth()) / 2.0f))
                                 .getConstrainedPoint (place);
        const float away = place.getDistanceFrom (closest);

        if (handle->isVisible() && away <= distance)
        {
            nearest = handle;
            distance = away;
        }
    }

    return nearest;
}

void HandleField::select (Handle* handle)
{
    if (std::exchange (chosen, handle) == handle)
        return;

    for (auto* const each : handles)
        each->setSelected (each == handle);

    if (onSelect != nullptr)
        onSelect();
}

void HandleField::mouseMove (const juce::MouseEvent& event)
{
    setMouseCursor (handleAt (event.position) != nullptr ? juce::MouseCursor::PointingHandCursor
                                                         : juce::MouseCursor::NormalCursor);

    if (onHover != nullptr)
        onHover (event.position);
}

void HandleField::mouseExit (const juce::MouseEvent&)
{
    if (onLeave != nullptr)
        onLeave();
}

void HandleField::mouseDown (const juce::MouseEvent& event)
{
    auto* const handle = handleAt (event.position);

    if (event.mods.isPopupMenu())
    {
        if (onMenu != nullptr)
            onMenu (handle, event.position);

        return;
    }

    select (handle);
    last = event.position;
    panning = handle == nullptr;
    moved = false;

    if (handle == nullptr)
        return;

    handle->grabKeyboardFocus(); // the keys go on where the mouse has begun
    dragged = handle;
    grip = wanted = handle->position();
    handle->begin();
}

void HandleField::mouseDrag (const juce::MouseEvent& event)
{
    if (dragged == nullptr)
    {
        if (panning && onPan != nullptr && (moved || event.getDistanceFromDragStart() > 3))
        {
            moved = true;
            onPan (last, event.position, false);
            last = event.position;
        }

        return;
    }

    // Not from a mere click: a hand is never quite still.
    if (! moved && event.getDistanceFromDragStart() < 2)
        return;

    moved = true;
    wanted += (event.position - last) * (event.mods.isShiftDown() ? fineFactor : 1.0f);
    last = event.position;
    auto place = wanted;

    if (event.mods.isAltDown()) // along one axis only
    {
        const bool across = std::abs (wanted.x - grip.x) >= std::abs (wanted.y - grip.y);
        place = across ? juce::Point (wanted.x, grip.y) : juce::Point (grip.x, wanted.y);
    }

    dragged->onDrag (place);

    if (onHover != nullptr)
        onHover (event.position);
}

void HandleField::mouseUp (const juce::MouseEvent& event)
{
    if (auto* const handle = std::exchange (dragged, nullptr))
    {
        handle->end();
        handle->valueHasChanged();
    }
    else if (panning && moved && onPan != nullptr)
    {
        onPan (last, event.position, true);
    }

    panning = false;
}

void HandleField::mouseDoubleClick (const juce::MouseEvent& event)
{
    if (event.mods.isPopupMenu())
        return;

    if (auto* const handle = handleAt (event.position))
    {
        handle->begin();
        handle->onReset();
        handle->end();
    }
    else if (onDoubleClick != nullptr)
    {
        onDoubleClick (event.position);
    }
}

void HandleField::mouseWheelMove (const juce::MouseEvent& event, const juce::MouseWheelDetails& wheel)
{
    const float turn = (wheel.isReversed ? -1.0f : 1.0f)
                       * (std::abs (wheel.deltaX) > std::abs (wheel.deltaY) ? -wheel.deltaX : wheel.deltaY);

    if (onWheel != nullptr && turn != 0.0f && ! event.mods.isAnyMouseButtonDown())
        onWheel (handleAt (event.position), event.position, turn, event.mods);
}

void HandleField::mouseMagnify (const juce::MouseEvent& event, float factor)
{
    if (onMagnify != nullptr)
        onMagnify (event.position, factor);
}

} // namespace faltwerk
