#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The sliding dot product y[n] = sum_k h[k] x[n - k], computed as it is written: the part of a convolver that answers
    at once.

    The kernel is kept flipped, because the sum looks backward in time. Each output sample is summed from the oldest
    tap to the newest, whatever the callback size, so that every way of cutting the input gives the same bits. */
class DirectConvolver
{
public:
    /** Takes the M taps of the kernel; allocates. M = 0 gives silence. */
    explicit DirectConvolver (std::span<const float> kernel);

    /** Writes `numFrames` output samples. `input` and `output` may be the same. [audio] */
    void process (const float* input, float* output, size_t numFrames) noexcept;

    /** Forgets the past input. [audio] */
    void reset() noexcept;

private:
    static constexpr size_t chunkSize = 256;

    void processChunk (const float* input, float* output, size_t numFrames) noexcept;

    std::vector<float> flippedKernel;
    std::vector<float> window; // the last M - 1 samples, then the present chunk
};

} // namespace faltwerk
