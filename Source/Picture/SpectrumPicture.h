#pragma once

#include "Kernel/Analysis/FrequencyResponse.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** What a spectrum picture draws, worked out once for a kernel. */
struct SpectrumCurves
{
    std::vector<double> frequencies;      // Hz, of the levels
    std::vector<float> levels;            // dB, smoothed
    std::vector<double> delayFrequencies; // Hz, of the delays
    std::vector<float> delays;            // s, the mean arrival time of a third octave

    /** @param referenceDb  the level that is drawn as 0 dB  @param octaves  the width of the smoothing */
    static SpectrumCurves of (const FrequencyResponse&, double referenceDb, double octaves = 1.0 / 6.0);

    /** The level at 1 kHz, in dB: the reference of the unedited kernel. */
    static double referenceOf (const FrequencyResponse&);
};

/** The magnitude of a kernel over frequency, gold, with the one before its edits, grey, and its group delay, dotted. */
class SpectrumPicture
{
public:
    /** @param before  of the unedited kernel, or null. Both must outlive the picture. */
    explicit SpectrumPicture (const SpectrumCurves& after, const SpectrumCurves* before = nullptr);

    void draw (juce::Graphics&, juce::Rectangle<float> area) const;

    static juce::Rectangle<float> plotArea (juce::Rectangle<float> area);

    static constexpr double highestDb = 24.0, lowestDb = -54.0;

private:
    void drawDelays (juce::Graphics&, juce::Rectangle<float> plot) const;
    juce::Path curveOf (const SpectrumCurves&, juce::Rectangle<float> plot) const;

    const SpectrumCurves& after;
    const SpectrumCurves* before;
    FrequencyAxis axis;
};

} // namespace faltwerk
