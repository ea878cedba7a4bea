#pragma once

#include "Kernel/Kernel.h"

#include <array>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** The centres of the octave bands in which rooms are described, in Hz. */
constexpr std::array<double, 7> octaveCentres { 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0 };

/** The energy of a kernel over time, summed over its paths: a sample of it is the sum of squares at that moment. */
struct EnergyOverTime
{
    std::vector<float> energy; // [sample]
    double sampleRate = 0.0;   // Hz; lower than the kernel's for low bands
    size_t origin = 0;         // the sample at time 0; those before it are what a filter spreads ahead of the onset
    double bandwidth = 0.0;    // Hz

    double timeOf (size_t sample) const noexcept
    {
        return (static_cast<double> (sample) - static_cast<double> (origin)) / sampleRate;
    }
};

/** The whole band, from a frame on, which is time 0; a sample of it may stand for several frames. [any, not audio] */
EnergyOverTime broadbandEnergy (const Kernel&, size_t firstFrame, size_t framesPerSample = 1);

/** Each octave band, from a frame on, which is time 0; frames before it are left out. Bands that do not fit below half
    of the sample rate come out empty.

    The filters have no phase: they are windows over the spectrum, 1 in the band, and crossing over to the next band
    within a quarter of an octave around the edges so that the bands' energies add up to the whole. A band is brought
    back to time at the lowest rate that holds it. [any, not audio] */
std::vector<EnergyOverTime> octaveBandEnergies (const Kernel&, size_t firstFrame);

/** The amplitude of the window around a centre at a frequency, 0..1. */
double octaveWindow (double centre, double frequency) noexcept;

} // namespace faltwerk
