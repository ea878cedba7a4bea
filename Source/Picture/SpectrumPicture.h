#pragma once

#include "Convolution/ToneBand.h"
#include "Kernel/Analysis/FrequencyResponse.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <optional>
#include <span>
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

    /** The frequencies at which levels are worked out: 560 from 20 Hz to 20 kHz. */
    static std::vector<double> places();

    /** Between the places, in straight lines. */
    float levelAt (double frequency) const noexcept;
    float delayAt (double frequency) const noexcept;
};

/** What a picture of a spectrum shows. What is pointed to must outlive the picture. */
struct SpectrumScene
{
    const SpectrumCurves* after = nullptr;  // of the edited kernel, without tone; may be null
    const SpectrumCurves* before = nullptr; // of the unedited one; may be null
    std::optional<ToneControls> tone;       // adds it to the edited kernel, and an axis and a line of its own
    bool groupDelay = true;
    bool legend = false, signals = false, product = false; // the last two only in the legend
};

/** The magnitude of a kernel over frequency, gold, with the one before its edits, grey, its group delay, dotted, the
    tone's response, and live sound beneath. */
class SpectrumPicture
{
public:
    SpectrumPicture (const SpectrumScene&, juce::Rectangle<float> area);

    /** What stands still: grid, legend, curves of the kernel. */
    void draw (juce::Graphics&) const;

    /** The line of the tone's response. */
    void drawTone (juce::Graphics&) const;

    /** Levels of sound in dB at the places of SpectrumCurves; empty ones are left out. */
    struct Signals
    {
        std::span<const float> input, output, product;
    };
    void drawSignals (juce::Graphics&, const Signals&) const;

    const juce::Rectangle<float>& plot() const noexcept { return plotArea; }

    float xOf (double frequency) const noexcept;
    double frequencyAt (float x) const noexcept;
    float yOf (double level) const noexcept;
    double levelAt (float y) const noexcept;

    /** The sum of all bands, in dB. */
    double toneDbAt (double frequency) const noexcept;

    static constexpr double highestDb = 24.0, lowestDb = -54.0;

private:
    void drawGrid (juce::Graphics&) const;
    void drawLegend (juce::Graphics&) const;
    void drawDelays (juce::Graphics&) const;
    juce::Path curveOf (const SpectrumCurves&, bool withTone) const;
    std::vector<float> heightsOf (std::span<const float> levels, int numColumns, float scale) const;

    const SpectrumScene scene;
    juce::Rectangle<float> plotArea;
    FrequencyAxis axis;
};

} // namespace faltwerk
