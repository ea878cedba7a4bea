#pragma once

#include "Editor/Views/Slide/SlideMark.h"
#include "Picture/ReadOut.h"
#include "Picture/Slide/SlidePicture.h"

#include <functional>
#include <optional>

namespace faltwerk
{

/** The surface of a slide: it finds out what the mouse and the keys want, and shows the values of the index under the
    pointer. The kernel is dragged along, the axis goes to where it is clicked, and the bars of the ranges choose
    one. */
class SlideField : public juce::Component
{
public:
    SlideField();

    /** Sets the picture, or null. It must outlive its display. */
    void show (const SlidePicture*);

    /** Must be called when n has changed. @param byHand  tell screen readers */
    void positionHasChanged (bool byHand);

    /** Called to change n by a number of steps, or to a value, which may be out of range. */
    std::function<void (int)> onStep, onGoTo;

    std::function<void (ConvolutionMode)> onMode;
    std::function<void()> onReturnKey;

    /** Public, so that others can pass keys on. */
    bool keyPressed (const juce::KeyPress&) override;

    void paint (juce::Graphics&) override;
    void mouseMove (const juce::MouseEvent&) override;
    void mouseExit (const juce::MouseEvent&) override { setHover ({}); }
    void mouseDown (const juce::MouseEvent&) override;
    void mouseDrag (const juce::MouseEvent&) override;
    void mouseUp (const juce::MouseEvent&) override;
    void mouseWheelMove (const juce::MouseEvent&, const juce::MouseWheelDetails&) override;

    SlideMark mark;

private:
    /** Where the mouse can take hold. */
    enum class Place
    {
        none,
        mark,
        axis,
        kernel,
        range
    };

    Place placeAt (juce::Point<float>) const;
    std::optional<ConvolutionMode> rangeAt (juce::Point<float>) const;
    void setHover (std::optional<juce::Point<float>>);
    juce::Rectangle<int> hoverArea() const;
    ReadOut hoverCard() const;

    const SlidePicture* picture = nullptr;
    std::optional<juce::Point<float>> hover;
    Place gripped = Place::none;
    int nAtGrip = 0;
    bool dragged = false;
    float wheel = 0.0f; // turned, in steps
};

} // namespace faltwerk
