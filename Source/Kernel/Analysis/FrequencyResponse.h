#pragma once

#include "Kernel/Kernel.h"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The response of a kernel at each frequency: the spectra of all its paths, in bins from 0 to half of the sample
    rate. */
class FrequencyResponse
{
public:
    /** Transforms each path, padded with zeros to at least twice its length. [not audio] */
    explicit FrequencyResponse (const Kernel&);

    double binWidth() const noexcept { return width; } // Hz
    size_t numBins() const noexcept { return responses.front().size(); }

    /** Returns the power gain at frequencies in Hz: the mean over all paths and over a band of `octaves` around each
        frequency, interpolated where the band is narrower than a bin. 1 is unity gain. */
    std::vector<double> power (std::span<const double> frequencies, double octaves) const;

    /** Returns the complex response of a path, as the mean over a band of `octaves` around each frequency in Hz. A dry
        sound that is added interferes with this mean. */
    std::vector<std::complex<double>> mean (size_t path, std::span<const double> frequencies, double octaves) const;

    size_t numPaths() const noexcept { return responses.size(); }

    /** Returns the unwrapped phase of a path in each bin, in radians; 0 at 0 Hz if the sum of the taps is positive.
        Reliable where the magnitude is not 0; the kernel is always shorter than half of the transform. */
    std::vector<double> phase (size_t path) const;

    /** Returns the group delay of a path in each bin, in s, computed exactly as a ratio of two spectra; 0 where there
        is no energy. */
    std::vector<double> groupDelay (size_t path) const;

    /** Returns the group delay in s of all paths in bands of `octaves` around frequencies in Hz, weighted with the
        energy: the mean time of arrival of a band. */
    std::vector<double> arrivalTime (std::span<const double> frequencies, double octaves) const;

private:
    struct Range
    {
        size_t first, last; // bins, and one after
    };

    Range binsAround (double frequency, double octaves) const noexcept;

    double width, sampleRate;
    double gain;                                             // of the bins: 1 but for extreme levels, see AnalysisLevel
    std::vector<std::vector<std::complex<float>>> responses; // [path][bin]
    std::vector<std::vector<std::complex<float>>> delayedResponses; // of n h[n]
};

/** Returns `count` frequencies from low to high at equal ratios. */
std::vector<double> logarithmicallySpaced (double low, double high, size_t count);

} // namespace faltwerk
