#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** A place on an axis with its label. */
struct Tick
{
    double value;
    juce::String label;
};

/** Ticks at round values (1, 2 or 5 times a power of ten) in a stretch of time, no closer than a number of pixels. */
struct TimeAxis
{
    /** @param from, to  the stretch, in s  @param width  in pixels  @param spacing  the least between labels */
    TimeAxis (double from, double to, float width, float spacing);

    /** Returns an axis from 0 to the first minor tick at or after what it must hold. */
    static TimeAxis holding (double seconds, float width, float spacing);

    juce::String unit; // s or ms
    double begin, end; // in s
    std::vector<Tick> ticks;
    double minorStep; // in s

    float positionOf (double seconds, float width) const
    {
        return static_cast<float> ((seconds - begin) / (end - begin)) * width;
    }
};

/** Frequencies on a logarithmic axis, with ticks at 1, 2 and 5 times powers of ten. */
struct FrequencyAxis
{
    double lowest = 20.0, highest = 20000.0; // Hz
    bool logarithmic = true;                 // or linear, with ticks at multiples of a fifth of the highest

    /** Returns the position of a frequency: 0 at the lowest, 1 at the highest. */
    float positionOf (double frequency) const;
    double frequencyAt (float position) const;

    std::vector<Tick> ticks() const;
};

/** Returns a frequency as on an axis: 50, 2k, 1.5k. */
juce::String frequencyAsLabel (double frequency);

/** Returns a number with `decimals` decimals and a true minus. */
juce::String numberAsLabel (double value, int decimals = 0);

/** The grid and the labels beside it that all plots share. */
class PlotFrame
{
public:
    PlotFrame (juce::Graphics&, juce::Rectangle<float> plot);

    /** Draws a line across at a height, with a label left of the plot. */
    void levelLine (float y, const juce::String& label, bool strong = false, float gap = 10.0f) const;

    /** Draws a line down at a place, with a label below the plot; labels at the ends stay inside. */
    void placeLine (float x, const juce::String& label) const;

    /** Draws a unit where the labels' row and column meet. */
    void unit (const juce::String&) const;

private:
    juce::Graphics& g;
    juce::Rectangle<float> plot;
};

} // namespace faltwerk
