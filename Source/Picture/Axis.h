#pragma once

#include <juce_core/juce_core.h>

#include <vector>

namespace faltwerk
{

/** A place on an axis with its label. */
struct Tick
{
    double value;
    juce::String label;
};

/** Ticks at round values (1, 2 or 5 times a power of ten) from 0 to an end, no closer than a number of pixels. */
struct TimeAxis
{
    /** @param seconds  what the axis must hold  @param width  in pixels  @param spacing  the least between labels */
    TimeAxis (double seconds, float width, float spacing);

    juce::String unit; // s or ms
    double end;        // in seconds: the first minor tick at or after what it must hold
    std::vector<Tick> ticks;
    double minorStep; // in seconds

    float positionOf (double seconds, float width) const { return static_cast<float> (seconds / end) * width; }
};

} // namespace faltwerk
