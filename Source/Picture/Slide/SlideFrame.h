#pragma once

#include "Picture/Slide/SlideLayout.h"
#include "Picture/Slide/SlideScene.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** The largest magnitude in each lane, which fills it. */
struct SlidePeaks
{
    double input = 0.0, kernel = 0.0, output = 0.0;
};

/** Draws what stands still in a slide while n moves: the names of the lanes, their zero lines, the padding, the
    lengths, and the samples that each mode keeps. */
void drawSlideFrame (juce::Graphics&, const SlideScene&, const SlideLayout&, const SlidePeaks&);

/** Draws the marks of zeros beyond the ends of x, at some indices. */
void drawSlidePadding (juce::Graphics&, const SlideLayout&, int first, int last, juce::Colour);

} // namespace faltwerk
