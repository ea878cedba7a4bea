#pragma once

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** A response in a circle of N samples, of which the last ones stand for negative times. */
class CircularResponse
{
public:
    /** @param earliest  the first place that counts, -N + 1..0 */
    CircularResponse (std::vector<float> samplesToUse, long long earliest);

    /** Returns N. */
    long long size() const noexcept { return numSamples; }

    float operator[] (long long place) const noexcept
    {
        return samples[static_cast<size_t> ((place % numSamples + numSamples) % numSamples)];
    }

    const std::vector<float>& circle() const noexcept { return samples; }

    /** Returns the place of the highest sample. */
    long long peak() const noexcept { return highest; }

    /** Returns the place of the first sound: the highest sample of a pulse at the first rise to within 20 dB of the
        peak.
        @param lookBack  how far before the peak it may be, in samples
        @param pulse  how long a pulse of the band's width is, with what it rings */
    long long arrival (long long lookBack, long long pulse) const noexcept;

    /** Returns the level of the peak over the RMS of the circle, in dB: at most 15 dB for noise. */
    double prominenceInDb() const noexcept;

    /** Returns the sum of the fourth powers over the square of that of the squares: high for few pulses. */
    double sharpness() const noexcept;

    double energyBetween (long long first, long long last) const noexcept;

private:
    std::vector<float> samples;
    long long numSamples, highest;
};

} // namespace faltwerk
