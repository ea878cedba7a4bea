#include "Convolution/History.h"

#include <bit>

namespace faltwerk
{

History::History (size_t channels, size_t capacityInFrames)
    : numChannels (channels)
    , mask (std::bit_ceil (capacityInFrames) - 1)
    , samples (std::make_unique<std::atomic<float>[]> (channels * (mask + 1)))
{
}

void History::write (const float* const* channels, size_t numFrames) noexcept
{
    const auto first = written.load (std::memory_order_relaxed);

    // Announced before the first sample is overwritten: a reader that sees a new sample sees this too.
    writing.store (first + numFrames, std::memory_order_relaxed);
    std::atomic_thread_fence (std::memory_order_release);

    for (size_t channel = 0; channel < numChannels; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            at (channel, first + n).store (channels[channel][n], std::memory_order_relaxed);

    written.store (first + numFrames, std::memory_order_release);
}

bool History::read (uint64_t first, size_t numFrames, float* const* channels) const noexcept
{
    if (first + numFrames > written.load (std::memory_order_acquire))
        return false;

    for (size_t channel = 0; channel < numChannels; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            channels[channel][n] = at (channel, first + n).load (std::memory_order_relaxed);

    std::atomic_thread_fence (std::memory_order_acquire);
    return writing.load (std::memory_order_relaxed) <= first + capacity();
}

void History::clear() noexcept
{
    for (size_t n = 0; n < numChannels * capacity(); ++n)
        samples[n].store (0.0f, std::memory_order_relaxed);
}

} // namespace faltwerk
