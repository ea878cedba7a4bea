#pragma once

#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"

#include <array>

namespace faltwerk
{

/** The octaves in which rooms are described: around 125 Hz to 8 kHz, and one more above them. */
constexpr size_t numDescribedOctaves = 7;
constexpr size_t numOctaves = numDescribedOctaves + 1;

using PerOctave = std::array<double, numOctaves>;

constexpr double octaveCentre (size_t octave) { return 125.0 * static_cast<double> (1u << octave); }

/** The weight of an octave at a frequency: raised cosines over the logarithm of frequency, which sum to 1. The first
    octave reaches down to 0 Hz and the last one up to infinity. [any] */
double octaveWeight (size_t octave, double frequency);

/** Adds up a stereo signal whose octaves are given one by one, each as a whole signal of which only its octave counts.
    The filters have no phase: each octave stays where it is, and what they spread to before frame 0 comes out at the
    end of the signal. Not shared between threads. [any, not audio] */
class OctaveSum
{
public:
    /** @param numFrames  of a signal; what is at hand is at least as long. */
    OctaveSum (size_t numFrames, double sampleRate);

    /** How many octaves there are below half the sample rate: the others need not be added. */
    size_t numOctavesInUse() const noexcept { return octavesInUse; }

    /** Left and right, or middle and side, as the real and imaginary part of each frame, for one octave to be added. */
    std::span<Fourier::Complex> signal() noexcept { return values; }

    /** Adds what signal() holds as one octave. */
    void add (size_t octave);

    /** Turns middle and side, if they are independent noise, into left and right with a correlation for each frequency
        in Hz. */
    template <typename Correlation>
    void correlate (Correlation&& correlationAt)
    {
        for (size_t k = 0; k <= sum.size() / 2; ++k)
            correlateBin (k, correlationAt (frequencyOf (k)));
    }

    /** The sum of all octaves, in the time domain. */
    std::span<const Fourier::Complex> result();

private:
    double frequencyOf (size_t bin) const noexcept;
    void correlateBin (size_t bin, double correlation);

    Fourier fourier;
    double rate;
    size_t octavesInUse;
    std::vector<Fourier::Complex> values, sum;
};

} // namespace faltwerk
