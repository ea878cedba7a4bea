#include "Convolution/DirectConvolver.h"

#include <algorithm>

namespace faltwerk
{

DirectConvolver::DirectConvolver (std::span<const float> kernel)
    : flippedKernel (kernel.rbegin(), kernel.rend())
    , window (kernel.size() + chunkSize, 0.0f)
{
}

void DirectConvolver::process (const float* input, float* output, size_t numFrames) noexcept
{
    for (size_t done = 0; done < numFrames; done += chunkSize)
        processChunk (input + done, output + done, std::min (chunkSize, numFrames - done));
}

void DirectConvolver::processChunk (const float* input, float* output, size_t numFrames) noexcept
{
    const size_t numTaps = flippedKernel.size();

    if (numTaps == 0)
    {
        std::fill_n (output, numFrames, 0.0f);
        return;
    }

    const size_t numPast = numTaps - 1;
    std::copy_n (input, numFrames, window.data() + numPast);

    // Outputs side by side, taps one after the other: each output has its own sum, in the order of the taps.
    constexpr size_t groupSize = 16;

    for (size_t first = 0; first < numFrames; first += groupSize)
    {
        const size_t size = std::min (groupSize, numFrames - first);
        float sums[groupSize] = {};

        if (size == groupSize)
        {
            for (size_t tap = 0; tap < numTaps; ++tap)
                for (size_t n = 0; n < groupSize; ++n)
                    sums[n] += flippedKernel[tap] * window[first + tap + n];
        }
        else
        {
            for (size_t tap = 0; tap < numTaps; ++tap)
                for (size_t n = 0; n < size; ++n)
                    sums[n] += flippedKernel[tap] * window[first + tap + n];
        }

        std::copy_n (sums, size, output + first);
    }

    std::copy (window.begin() + static_cast<std::ptrdiff_t> (numFrames),
               window.begin() + static_cast<std::ptrdiff_t> (numFrames + numPast), window.begin());
}

void DirectConvolver::reset() noexcept { std::fill (window.begin(), window.end(), 0.0f); }

} // namespace faltwerk
