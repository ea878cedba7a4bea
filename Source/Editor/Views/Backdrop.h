#pragma once

#include "Picture/Theme.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** What stands still in a picture, painted once on the canvas and then copied from an image, at the scale of the
    screen. It is opaque: blending would take longer than all that moves. */
class Backdrop : public juce::Component
{
public:
    Backdrop()
    {
        setOpaque (true);
        setBufferedToImage (true);
        setInterceptsMouseClicks (false, false);
        setAccessible (false);
    }

    std::function<void (juce::Graphics&)> onPaint;

    void paint (juce::Graphics& g) override
    {
        // The canvas is that of the next component which is opaque.
        auto* canvas = getParentComponent();

        while (canvas != nullptr && ! canvas->isOpaque() && canvas->getParentComponent() != nullptr)
            canvas = canvas->getParentComponent();

        if (canvas != nullptr)
            theme::fillCanvas (g, getLocalBounds(), getLocalPoint (canvas, juce::Point<int>()).y, canvas->getHeight());

        if (onPaint != nullptr)
            onPaint (g);
    }
};

/** What moves in a picture: painted anew, over what stands still. */
class PaintedLayer : public juce::Component
{
public:
    PaintedLayer()
    {
        setInterceptsMouseClicks (false, false);
        setAccessible (false);
    }

    std::function<void (juce::Graphics&)> onPaint;

    void paint (juce::Graphics& g) override
    {
        if (onPaint != nullptr)
            onPaint (g);
    }
};

} // namespace faltwerk
