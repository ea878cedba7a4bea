#pragma once

#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <vector>

namespace faltwerk::test
{

/** A pulse of a response: how late and how loud. */
struct Pulse
{
    double seconds = 0.0, gain = 1.0;
};

/** Evaluates what a recorder hears of a sweep through some pulses, in double precision by the sweep's formula: no
    resampler and no code of ours. Above 0.45 of the recorder's rate it fades out, as in a converter's filter.
    @param rate  of the recorder, in Hz
    @param drift  by which its clock is faster than the player's, as a share */
std::vector<float> recordedSweep (const Sweep& law, const std::vector<Pulse>& pulses, double rate, double drift = 0.0);

/** Adds Gaussian noise with a level in dB of full scale. */
std::vector<float> inNoise (std::vector<float> recording, double levelDb, unsigned seed);

/** The level of a response at a frequency, in dB, by its Fourier sum in double precision. */
double levelAt (const std::vector<float>& response, double rate, double frequency);

/** The level of pulses at a frequency, in dB. */
double levelAt (const std::vector<Pulse>& pulses, double frequency);

} // namespace faltwerk::test
