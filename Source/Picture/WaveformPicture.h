#pragma once

#include "Kernel/Overview.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** The waveform of a kernel in dB: left upward and right downward from one centre line at silence, with the peak and
    the RMS of each pixel column, a ruler in time and a scale in dB relative to the kernel's peak. */
class WaveformPicture
{
public:
    /** @param left, right  the channels to draw; the same one twice for mono. They must outlive the picture. */
    WaveformPicture (const Overview& left, const Overview& right, size_t lengthInFrames, double sampleRate);

    /** Draws into an area, in logical pixels; sharp at any scale of the context. */
    void draw (juce::Graphics& g, juce::Rectangle<float> area) const;

    /** The lowest level on the scale. */
    static constexpr double rangeInDb = 80.0;

    /** Where the plot lies in the area: beside and below its rulers. */
    static juce::Rectangle<float> plotArea (juce::Rectangle<float> area);

private:
    void drawRuler (juce::Graphics&, juce::Rectangle<float> plot, const TimeAxis&) const;
    void drawScale (juce::Graphics&, juce::Rectangle<float> plot) const;
    void drawChannel (juce::Graphics&,
                      juce::Rectangle<float> plot,
                      const TimeAxis&,
                      const Overview&,
                      bool upward) const;

    const Overview& left;
    const Overview& right;
    size_t lengthInFrames;
    double sampleRate;
    float peak;
};

} // namespace faltwerk
