#pragma once

#include "Kernel/Analysis/Decay/Decay.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <array>

namespace faltwerk
{

/** How a band decays: the level, grey; all energy still to come (Schroeder), gold, which ends with a dot where noise
    takes over; the lines that EDT, T20 and T30 are taken from; and the noise floor. Or two octaves and the means of
    their times: then their curves alone, with their names. */
class DecayPicture
{
public:
    /** The band must outlive the picture. */
    explicit DecayPicture (const BandDecay&);

    /** Returns the octaves at 500 Hz and 1 kHz, whose mean stands for a room. The decay must outlive the picture. */
    static DecayPicture ofMid (const Decay&);

    void draw (juce::Graphics&, juce::Rectangle<float> area) const;

    static juce::Rectangle<float> plotArea (juce::Rectangle<float> area);

private:
    /** A time as the legend gives it. */
    struct Time
    {
        const char* name;
        Figure figure;
    };

    DecayPicture (const BandDecay&, const BandDecay* second, std::array<Time, 3>);

    void drawBand (juce::Graphics&, juce::Rectangle<float> plot) const;
    void drawMarks (juce::Graphics&, juce::Rectangle<float> plot) const;
    void drawCurve (juce::Graphics&, juce::Rectangle<float> plot, const BandDecay&, juce::Colour) const;
    void drawLine (juce::Graphics&, juce::Rectangle<float> plot, const Figure& time, double startDb, int style) const;
    void drawMark (juce::Graphics&,
                   juce::Rectangle<float> plot,
                   const Figure& time,
                   double level,
                   const juce::String& label) const;
    double timeOfLevel (double level) const;
    void drawLegend (juce::Graphics&, juce::Rectangle<float> plot) const;
    juce::Path pathOf (const DecayCurve&, juce::Rectangle<float> plot, float offsetDb) const;
    float xOf (double seconds, juce::Rectangle<float> plot) const;
    float yOf (double level, juce::Rectangle<float> plot) const;

    const BandDecay& band;
    const BandDecay* const other; // the second octave, or null
    const std::array<Time, 3> times;
    double lengthInSeconds, lowestDb;
};

} // namespace faltwerk
