#pragma once

#include "Kernel/Kernel.h"

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The response of a kernel at each frequency: the spectra of all its paths, in bins from 0 to half of the sample rate. */
class FrequencyResponse
{
public:
    /** Transforms each path, padded with zeros to at least twice its length. [any, not audio] */
    explicit FrequencyResponse (const Kernel&);

    double binWidth() const noexcept { return width; } // Hz
    size_t numBins() const noexcept { return responses.front().size(); }

    /** The power at frequencies in Hz, as the mean over all paths and over a band of so many octaves around each; where
        the band is narrower than a bin, between bins. 1 is no change of level. */
    std::vector<double> power (std::span<const double> frequencies, double octaves) const;

    /** The complex response of a path, as the mean over a band of so many octaves around each frequency in Hz: what a
        sound that is added unconvolved meets. */
    std::vector<std::complex<double>> mean (size_t path, std::span<const double> frequencies, double octaves) const;

    size_t numPaths() const noexcept { return responses.size(); }

    /** The phase of a path in each bin, in radians, without jumps; 0 at 0 Hz for a positive sum. Reliable where the
        kernel is shorter than half of the transform, as it always is here, and the magnitude is not 0. */
    std::vector<double> phase (size_t path) const;

    /** How late a path answers in each bin, in s: the derivative of the phase, exactly, as the ratio of two spectra. 0
        where there is no energy. */
    std::vector<double> groupDelay (size_t path) const;

    /** The group delay of all paths in bands of so many octaves around frequencies in Hz, weighted with the energy: the
        mean time at which a band arrives, in s. */
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

/** So many frequencies from low to high, at equal ratios. */
std::vector<double> logarithmicallySpaced (double low, double high, size_t count);

} // namespace faltwerk
