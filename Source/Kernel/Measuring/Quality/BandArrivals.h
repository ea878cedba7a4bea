#pragma once

#include "Kernel/Measuring/Sweeps/SweepDivision.h"

#include <vector>

namespace faltwerk
{

/** When a band of a response is loudest. */
struct BandArrival
{
    double frequency = 0.0;      // Hz, the centre
    double seconds = 0.0;        // of the circle that the spectrum's samples form
    double prominenceInDb = 0.0; // of the peak over the RMS of the whole circle
    double levelInDb = 0.0;      // of the peak, relative to others of the same bandwidth in octaves
};

/** Returns the arrival in a band around a frequency in Hz, whose gain is a raised cosine over the logarithm of
    frequency. The envelope is that of the analytic signal in the band. [not audio]
    @param spectrum  bins 0..N / 2 of N samples at a rate in Hz
    @param reach  octaves from the centre to each end of the band */
BandArrival bandArrival (const Spectrum& spectrum, double sampleRate, double centre, double reach);

/** Returns the arrivals of bands of half an octave, spaced by that, which lie within a range of frequencies.
    [not audio] */
std::vector<BandArrival> bandArrivals (const Spectrum& spectrum, double sampleRate, double low, double high);

} // namespace faltwerk
