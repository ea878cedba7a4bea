#pragma once

#include "Picture/Slide/SlideFrame.h"
#include "Picture/Slide/SlideLayout.h"
#include "Picture/Slide/SlideScene.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** Convolution made visible: the flipped kernel slides over x, and the sum of the products under it is y[n]. A lane's
    largest bar fills it, and its value is written beside it. What stands still while n moves is drawn apart from what
    moves, so that a step costs little. */
class SlidePicture
{
public:
    /** @param area  in logical pixels */
    SlidePicture (SlideScene, juce::Rectangle<int> area);

    const SlideScene& scene() const noexcept { return shown; }
    const SlideLayout& layout() const noexcept { return place; }

    /** Returns y[index], for an index from 0 to the last. */
    double outputAt (int index) const noexcept { return output[static_cast<size_t> (index)]; }

    void moveTo (int n) noexcept { shown.n = juce::jlimit (0, shown.last(), n); }

    /** Returns the areas that change when n goes from one value to another. */
    juce::RectangleList<int> changedBetween (int n, int other) const;

    /** Draws what stands still while n moves. */
    void drawStill (juce::Graphics& g) const { drawSlideFrame (g, shown, place, peaks); }

    /** Draws bars, the kernel, its product, and the sum. */
    void drawMoving (juce::Graphics&) const;

private:
    /** The sum as text, and how much room it needs. */
    struct Card
    {
        juce::String formula, value;
        juce::Rectangle<int> area;
    };

    Card cardFor (int n) const;
    juce::Rectangle<int> arrowFor (int n) const noexcept;
    juce::Rectangle<int> ticksNear (int n) const noexcept;

    void drawTicks (juce::Graphics&) const;
    void drawInput (juce::Graphics&, juce::Range<int> visible) const;
    void drawKernel (juce::Graphics&, juce::Range<int> visible) const;
    void drawProduct (juce::Graphics&, juce::Range<int> visible) const;
    void drawOutput (juce::Graphics&, juce::Range<int> visible) const;
    void drawArrow (juce::Graphics&) const;
    void drawCard (juce::Graphics&) const;

    SlideScene shown;
    const SlideLayout place;
    const std::vector<double> output;
    const SlidePeaks peaks;
    bool hasShortCard = false;
    int formulaWidth = 0, valueWidth = 0; // of the longest texts of the card
};

} // namespace faltwerk
