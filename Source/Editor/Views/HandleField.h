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

    /** Distance in pixels within which handles catch the mouse. The nearest handle wins, and among equals the last
        one. */
    static constexpr float catchDistance = 12.0f;

    void add (Handle&);

    /** Returns the handle that a click at a position would take, or null. */
    Handle* handleAt (juce::Point<float>) const;

    /** Returns the handle that was taken last, by mouse or keyboard, while it is held or focused; else null. */
    Handle* selected() const noexcept { return chosen; }
    bool isDragging() const noexcept { return dragged != nullptr; }

    /** Called for actions on the background, or on a handle. */
    std::function<void (juce::Point<float>)> onHover; // also over handles
    std::function<void()> onLeave;
    std::function<void (juce::Point<float>)> onDoubleClick;                                // on the background
    std::function<void (Handle*, juce::Point<float>)> onMenu;                              // right click
    std::function<void (juce::Point<float> from, juce::Point<float> to, bool ends)> onPan; // drag of the background
    std::function<void()> onSelect;                                                        // selected() has changed

    /** Called for the wheel; `turn` is positive away from the user. */
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
    juce::Point<float> grip, wanted, last; // of a drag: old and new position of the handle, and last of the mouse
    bool moved = false, panning = false;
};

} // namespace faltwerk
