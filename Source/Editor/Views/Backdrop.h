#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** What stands still in a picture, painted once and then copied from an image, at the scale of the screen. */
class Backdrop : public juce::Component
{
public:
    Backdrop()
    {
        setBufferedToImage (true);
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
