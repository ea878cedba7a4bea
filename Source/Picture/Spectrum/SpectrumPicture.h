#pragma once

#include "Convolution/Signal/ToneBand.h"
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
    std::vector<float> delays;            // s, the mean arrival time near a frequency

    /** @param referenceDb  the level that is drawn as 0 dB  @param octaves  the width of the smoothing */
    static SpectrumCurves of (const FrequencyResponse&, double referenceDb, double octaves = 1.0 / 6.0);

    /** Returns the level at 1 kHz, in dB: the reference of the unedited kernel. */
    static double referenceOf (const FrequencyResponse&);

    /** Returns the frequencies at which levels are worked out: 560 from 20 Hz to 20 kHz. */
    static std::vector<double> places();

    /** Returns the level at a frequency, interpolated linearly between the places. */
    float levelAt (double frequency) const noexcept;
    float delayAt (double frequency) const noexcept;
};

/** How levels of live sound are drawn: 90 dB below full scale over the whole plot. */
struct SignalScale
{
    double tilt = 0.0;                    // dB per octave, added above 1 kHz and taken off below
    bool peaks = false, isFrozen = false; // only in the legend

    static constexpr double highestDb = 0.0, lowestDb = -90.0;
};

/** What a picture of a spectrum shows. What is pointed to must outlive the picture. */
struct SpectrumScene
{
    const SpectrumCurves* after = nullptr;  // of the edited kernel, without tone; may be null
    const SpectrumCurves* before = nullptr; // of the unedited one; may be null
    std::optional<ToneControls> tone;       // adds it to the edited kernel, and an axis and a line of its own
    bool groupDelay = true;
    bool legend = false, product = false; // the latter only in the legend
    std::optional<SignalScale> signals;   // adds an axis for live sound
};

/** The magnitude of a kernel over frequency, gold, with the one before its edits, grey, its group delay, dotted, the
    tone's response, and live sound beneath, whose peaks are dotted in blue. */
class SpectrumPicture
{
public:
    SpectrumPicture (const SpectrumScene&, juce::Rectangle<float> area);

    /** Draws what stands still: grid, legend, curves of the kernel. */
    void draw (juce::Graphics&) const;

    /** Draws the response of the tone. */
    void drawTone (juce::Graphics&) const;

    /** Levels of sound in dB at the places of SpectrumCurves; empty ones are left out. */
    struct Signals
    {
        std::span<const float> input, output, peaks, product;
    };
    void drawSignals (juce::Graphics&, const Signals&) const;

    /** Returns the highest y that any of these levels has, drawn as live sound. */
    float topOf (std::span<const float> levels) const noexcept;

    const juce::Rectangle<float>& plot() const noexcept { return plotArea; }

    float xOf (double frequency) const noexcept;
    double frequencyAt (float x) const noexcept;
    float yOf (double level) const noexcept;
    double levelAt (float y) const noexcept;

    /** Returns the sum of all bands, in dB. */
    double toneDbAt (double frequency) const noexcept;

    static constexpr double highestDb = 24.0, lowestDb = -54.0;

private:
    void drawGrid (juce::Graphics&) const;
    void drawLegend (juce::Graphics&) const;
    void drawDelays (juce::Graphics&) const;
    void drawSignalAxis (juce::Graphics&) const;
    float yOfSignal (double level) const noexcept;
    double tiltAt (float position) const noexcept;
    juce::Path curveOf (const SpectrumCurves&, bool withTone) const;
    std::vector<float> heightsOf (std::span<const float> levels, int numColumns, float scale, float top) const;

    const SpectrumScene scene;
    juce::Rectangle<float> plotArea;
    FrequencyAxis axis;
    double tiltAtLowest, tiltAcross; // dB that the tilt adds at the axis's beginning, and from there to its end
};

} // namespace faltwerk
