#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The part of a convolution that is kept. For a signal of n samples and a kernel of m:
    - full: all n + m - 1 samples;
    - same: the n samples of the full result from floor ((m - 1) / 2) on;
    - valid: the |n - m| + 1 samples for which the shorter operand lies within the longer.
    An empty operand gives an empty result. */
enum class ConvolutionMode
{
    full,
    same,
    valid
};

/** A range of the full result, in samples. */
struct ConvolutionRange
{
    size_t first, length;
};

/** Returns the range of the full result that a mode keeps. Lengths are in samples. [any] */
ConvolutionRange rangeOf (ConvolutionMode mode, size_t signalLength, size_t kernelLength) noexcept;

/** Returns sample n of the full convolution as a sliding dot product, in double precision: sum_k kernel[k]
    signal[n - k], where samples beyond the ends are zero. [any] */
double slidingDotProduct (std::span<const double> signal, std::span<const double> kernel, size_t n) noexcept;

/** Returns the convolution of two buffers, by sliding dot products in double precision; for short operands and for
    checks. [not audio] */
std::vector<double> convolveDirectly (std::span<const double> signal,
                                      std::span<const double> kernel,
                                      ConvolutionMode mode);

} // namespace faltwerk
