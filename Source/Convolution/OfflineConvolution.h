#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** Which part of a convolution is kept. For a signal of n samples and a kernel of m:
    - full: all n + m - 1 samples;
    - same: n samples, from floor ((m - 1) / 2) of the full result on;
    - valid: the |n - m| + 1 samples for which the shorter lies wholly within the longer.
    An empty operand gives an empty result. */
enum class ConvolutionMode
{
    full,
    same,
    valid
};

/** Where a mode's result lies in the full result. */
struct ConvolutionRange
{
    size_t first, length;
};

/** The range of a mode, for lengths of signal and kernel in samples. [any] */
ConvolutionRange rangeOf (ConvolutionMode mode, size_t signalLength, size_t kernelLength) noexcept;

/** Sample n of the full convolution as a sliding dot product, in double precision: sum_k kernel[k] signal[n - k], with
    zeros beyond both ends. [any] */
double slidingDotProduct (std::span<const double> signal, std::span<const double> kernel, size_t n) noexcept;

/** The convolution of two whole buffers by sliding dot products, in double precision; for short operands and for
    checking. [any, not audio] */
std::vector<double> convolveDirectly (std::span<const double> signal,
                                      std::span<const double> kernel,
                                      ConvolutionMode mode);

} // namespace faltwerk
