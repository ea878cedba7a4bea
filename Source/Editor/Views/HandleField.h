#pragma once

#include "Editor/Views/Handle.h"

#include <functional>
#include <vector>

namespace faltwerk
{

/** The surface of a picture on which handles lie: it finds the one that is meant, drags it, and tells of everything
    else that a mouse does. Paints nothing itself. */
class HandleField : public juce::Component
{
public:
    HandleField();

    /** Handles catch the mouse within so many pixels; the nearest wins, and among equals the one added last. */
    static constexpr float catchDistance = 12.0f;

    void add (Handle&);

    /** The handle that a click at a place would take hold of, or null. */
    Handle* handleAt (juce::Point<float>) const;

    /** The handle that was taken hold of last, by mouse or keyboard, while it is still held or focused. */
    Handle* selected() const noexcept { return chosen; }
    bool isDragging() const noexcept { return dragged != nullptr; }

    /** What happens on empty ground, or to a handle. */
    std::function<void (juce::Point<float>)> onHover; // also over handles
    std::function<void()> onLeave;
    std::function<void (juce::Point<float>)> onDoubleClick;                                // on no handle
    std::function<void (Handle*, juce::Point<float>)> onMenu;                              // right click
    std::function<void (juce::Point<float> from, juce::Point<float> to, bool ends)> onPan; // drag on empty ground
    std::function<void()> onSelect;                                                        // another handle, or none

    /** A wheel's turn, positive away from the user. */
    std::function<void (Handle*, juce::Point<float>, float turn, juce::ModifierKeys)> onWheel;
    std::function<void (juce::Point<float>, float factor)> onMagnify;

    void mouseMove (const juce::MouseEvent&) override;
    void mouseExit (const juce::MouseEvent&) override;
    void mouseDown (const juce::MouseEvent&) override;
    void mouseDrag (const juce::MouseEvent&) override;
    void mouseUp (const juce::MouseEvent&) override;
    void mouseDoubleClick (const juce::MouseEvent&) override;
    void mouseWheelMove (const juce::MouseEvent&, const juce::MouseWheelDetails&) override;
    void mouseMagnify (const juce::MouseEvent&, float factor) override;

private:
    void select (Handle*);

    std::vector<Handle*> handles;
    Handle* chosen = nullptr;
    Handle* dragged = nullptr;
    juce::Point<float> grip, wanted, last; // of a drag: where the handle was, where it shall be, where the mouse was
    bool moved = false, panning = false;
};

} // namespace faltwerk
