#pragma once

#include "Kernel/Measuring/Sweeps/SweepDivision.h"

#include <vector>

namespace faltwerk
{

/** How the first sound of a response is spread over time, because the sweep in the recording grows at another pace than
    the one it was divided by: a frequency f arrives later by slope ln f. */
struct Dispersion
{
    double slope = 0.0;     // s, by which the sweep's growth time in the recording exceeds the one of the division
    double sharpness = 0.0; // of the response without the dispersion, over that with it: 1 or more

    double width = 0.0; // s that the response without it takes about

    /** Both halves of the highest four octaves have about that slope: so it comes from the sweep, and not from
        reflections or a filter. */
    bool isEven = false;

    /** s by which these halves differ in the slope without which each is sharpest: by microseconds if the first sound
        is a pulse, and by more if it is not, so that the slope is a guess. */
    double spread = 0.0;
};

/** Multiplies a spectrum by an all-pass that takes a dispersion away. [not audio]
    @param spectrum  bins 0..N / 2 of N samples at a rate in Hz */
void removeDispersion (Spectrum& spectrum, double sampleRate, double slope);

/** Finds the dispersion around a sample without which a response is sharpest, by the sum of the fourth powers of its
    envelope: a response of pulses has the highest. [not audio]
    @param response  in the band, without phase; N samples in a circle
    @param arrival  the sample of the first sound
    @param range  the slopes that are looked at lie within that, on both sides, in s
    @param high  the band's upper end in Hz */
Dispersion findDispersion (const std::vector<float>& response,
                           double sampleRate,
                           long long arrival,
                           double range,
                           double high);

} // namespace faltwerk
