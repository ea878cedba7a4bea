#pragma once

#include "Kernel/Kernel.h"

#include <array>
#include <complex>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** The centres of the octave bands in which rooms are described, in Hz. */
constexpr std::array<double, 7> octaveCentres { 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0 };

/** The energy of a kernel over time: a sample of it is the sum of squares over all paths and the frames it stands
    for. */
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

/** A kernel's energy in bands, from a frame on, which is time 0; frames before it are left out.

    The filters have no phase: they are windows over the spectrum. An octave's is 1 in the band and crosses over to the
    next within a quarter of an octave around the edges, so that the bands' energies add up to the whole. A band is
    brought back to time at the lowest rate that holds it. */
class OctaveBands
{
public:
    /** Transforms the kernel once, for all bands. [not audio] */
    OctaveBands (const Kernel&, size_t firstFrame);

    /** Returns all that can be heard: up to 20 kHz, where converters and sweeps often leave noise above. */
    EnergyOverTime audible() const;

    /** Returns the energy of one of octaveCentres; empty if the band does not fit below half of the sample rate. */
    EnergyOverTime octave (size_t index) const;

private:
    template <typename Window>
    EnergyOverTime within (size_t lowBin, size_t highBin, Window&& window) const;

    double sampleRate, binWidth;
    size_t length, margin; // frames; margins before and after are for filters to ring into
    size_t size;           // of the transform
    std::vector<std::vector<std::complex<float>>> spectra; // of two paths each, as real and imaginary part
};

/** Returns the amplitude of the window around a centre at a frequency, 0..1. */
double octaveWindow (double centre, double frequency) noexcept;

} // namespace faltwerk
