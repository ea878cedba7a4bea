#pragma once

#include "Kernel/Analysis/Spectrogram.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace faltwerk
{

/** A place of a spectrogram. */
struct SpectrogramPoint
{
    double seconds, frequency; // s, Hz
};

/** What a picture of a spectrogram shows, which may be another stretch than the spectrogram has: what it lacks stays
    black. What is pointed to must outlive the picture. */
struct SpectrogramScene
{
    const Spectrogram* spectrogram = nullptr;
    juce::Image image;                     // of it, by SpectrogramPicture::imageOf
    double onset = -1.0;                   // s; before 0: none
    std::vector<SpectrogramPoint> contour; // by SpectrogramPicture::contourOf, of the whole kernel; empty: none
    double from = 0.0, to = 1.0;           // s
    FrequencyAxis frequencies;
};

/** A spectrogram in magma colours over 96 dB, with its colour bar, the onset, and a dashed contour where each frequency
    is for the last time within 40 dB of its own maximum. */
class SpectrogramPicture
{
public:
    SpectrogramPicture (const SpectrogramScene&, juce::Rectangle<float> area);

    /** Returns the colours of all levels, in an image of some size: between them levels are interpolated, not colours.
        A picture copies an image that has as many pixels as its plot, which is quick; it scales others. [not audio] */
    static juce::Image imageOf (const Spectrogram&, int width, int height);

    /** Returns for frequencies from 32 Hz to 15 kHz the last time at which each is within 40 dB of its own maximum, as
        the mean over an octave: single rows jump with the noise. [not audio] */
    static std::vector<SpectrogramPoint> contourOf (const Spectrogram& ofWholeKernel);

    void draw (juce::Graphics&) const;

    const juce::Rectangle<float>& plot() const noexcept { return plotArea; }

    float xOf (double seconds) const noexcept;
    float yOf (double frequency) const noexcept;
    double timeAt (float x) const noexcept;
    double frequencyAt (float y) const noexcept;

    static constexpr double rangeInDb = 96.0, contourDb = 40.0;

private:
    void drawContour (juce::Graphics&) const;
    void drawColourBar (juce::Graphics&) const;

    const SpectrogramScene scene;
    juce::Rectangle<float> plotArea;
};

} // namespace faltwerk
