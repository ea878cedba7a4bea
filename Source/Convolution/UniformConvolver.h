#pragma once

#include "Convolution/Transform.h"

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The uniformly partitioned overlap-add convolver.

    The kernel is cut into P partitions of N taps, each transformed once. Each block of N input samples is transformed
    once; its spectrum joins a *frequency-domain delay line* of the last P spectra; spectrum p times kernel partition p,
    summed over p, is the spectrum of the output. With the right-angle transform the inverse's real part is this block
    of output and its imaginary part the overlap that is added to the next.

    A block of output is ready when its block of input is complete: a latency of one block, which the caller covers (see
    Convolver). */
class UniformConvolver
{
public:
    /** Cuts and transforms the kernel; allocates. @param blockSize  N, a power of two. */
    UniformConvolver (std::span<const float> kernel, size_t blockSize);

    size_t blockSize() const noexcept { return transform.size(); }

    /** Convolves one block of N samples into N samples of output. `input` and `output` may be the same. [audio] */
    void processBlock (const float* input, float* output) noexcept;

    /** Forgets the past input. [audio] */
    void reset() noexcept;

private:
    struct Spectrum
    {
        explicit Spectrum (size_t size)
            : real (size, 0.0f)
            , imaginary (size, 0.0f)
        {
        }
        std::vector<float> real, imaginary;
    };

    Transform transform;
    std::vector<Spectrum> partitions; // of the kernel, scaled by 1/N for the inverse
    std::vector<Spectrum> delayLine;  // of the input; `newest` is the present block
    size_t newest = 0;
    Spectrum sum;
    std::vector<float> overlap;
};

} // namespace faltwerk
