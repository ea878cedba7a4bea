#pragma once

#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"

#include <array>

namespace faltwerk
{

/** The bands in which rooms are made, by their centres in Hz: octaves from 125 Hz, and half octaves from 2 kHz on,
    where the air's absorption rises steeply. */
constexpr std::array roomBands {
    125.0, 250.0, 500.0, 1000.0, 2000.0, 2828.4, 4000.0, 5656.9, 8000.0, 11313.7, 16000.0
};

using PerBand = std::array<double, roomBands.size()>;

/** Returns values of the bands from values of the octaves 125 Hz to 8 kHz: half-way between them in the half
    octaves. */
PerBand bandsOfOctaves (const std::array<double, 7>& octaves);

/** Returns the weight of a band at a frequency: raised cosines over the logarithm of frequency, which sum to 1. The
    first band reaches down to 0 Hz and the last one up to infinity. */
double bandWeight (size_t band, double frequency);

/** Adds up a stereo signal whose bands are given one by one, each as a whole signal of which only its band counts. The
    filters have no phase: each band stays where it is. Not shared between threads. [not audio] */
class BandSum
{
public:
    BandSum (size_t numFrames, double sampleRate);

    /** Returns the number of bands below half the sample rate; the others need not be added. */
    size_t numBandsInUse() const noexcept { return bandsInUse; }

    /** Returns left and right, or middle and side, as the real and imaginary part of each frame, for one band to be
        added. It is longer than the number of frames, and a circle: its end is what comes before frame 0. */
    std::span<Fourier::Complex> signal() noexcept { return values; }

    /** Adds what signal() holds as one band. */
    void add (size_t band);

    /** Turns middle and side, if they are independent noise, into left and right with a correlation for each frequency
        in Hz. */
    template <typename Correlation>
    void correlate (Correlation&& correlationAt)
    {
        for (size_t k = 0; k <= sum.size() / 2; ++k)
            correlateBin (k, correlationAt (frequencyOf (k)));
    }

    /** Returns the sum of all bands, in the time domain. */
    std::span<const Fourier::Complex> result();

private:
    double frequencyOf (size_t bin) const noexcept;
    void correlateBin (size_t bin, double correlation);

    size_t length;
    Fourier fourier;
    double rate;
    size_t bandsInUse;
    std::vector<Fourier::Complex> values, sum;
};

} // namespace faltwerk
