#pragma once

#include "Kernel/Analysis/Spectrogram.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A spectrogram in magma colours over 96 dB, with its colour bar, the onset, and a dashed contour where each frequency
    is for the last time within 40 dB of its own maximum. */
class SpectrogramPicture
{
public:
    /** Renders the image once. @param onset  s; before 0: none  @param contour  whether to draw it. The spectrogram
       must outlive the picture. */
    SpectrogramPicture (const Spectrogram&, double onset, bool contour = true);

    void draw (juce::Graphics&, juce::Rectangle<float> area) const;

    static juce::Rectangle<float> plotArea (juce::Rectangle<float> area);

    static constexpr double rangeInDb = 96.0, contourDb = 40.0;

private:
    void drawContour (juce::Graphics&, juce::Rectangle<float> plot) const;
    void drawColourBar (juce::Graphics&, juce::Rectangle<float> plot) const;
    float heightOf (double frequency, juce::Rectangle<float> plot) const;

    const Spectrogram& spectrogram;
    double onset;
    bool withContour;
    FrequencyAxis axis;
    juce::Image image;
};

} // namespace faltwerk
