#pragma once

#include "Kernel/Analysis/Decay.h"
#include "Picture/Axis.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** How a band decays: the level, grey; all energy still to come (Schroeder), gold, which ends with a dot where noise
    takes over; the lines that EDT, T20 and T30 are taken from; and the noise floor. */
class DecayPicture
{
public:
    /** The band must outlive the picture. */
    explicit DecayPicture (const BandDecay&);

    void draw (juce::Graphics&, juce::Rectangle<float> area) const;

    static juce::Rectangle<float> plotArea (juce::Rectangle<float> area);

private:
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
    double lengthInSeconds, lowestDb;
};

} // namespace faltwerk
