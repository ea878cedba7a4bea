#include "Convolution/Signal/History.h"

#include <algorithm>

namespace faltwerk
{

History::History (size_t channels, size_t capacityInFrames, uint64_t firstFrame)
    : numChannels (channels)
    , length (std::max<size_t> (capacityInFrames, 1))
    , begin (firstFrame)
    , samples (std::make_unique<std::atomic<float>[]> (channels * length))
    , writing (firstFrame)
    , written (firstFrame)
{
}

template <typename Act>
void History::forEach (uint64_t first, size_t numFrames, Act&& act) const noexcept
{
    for (size_t done = 0; done < numFrames;)
    {
        const auto place = static_cast<size_t> ((first + done) % length);
        const size_t count = std::min (numFrames - done, length - place);

        for (size_t channel = 0; channel < numChannels; ++channel)
            for (size_t n = 0; n < count; ++n)
                act (samples[channel * length + place + n], channel, done + n);

        done += count;
    }
}

void History::write (const float* const* channels, size_t numFrames) noexcept
{
    const auto first = written.load (std::memory_order_relaxed);

    // Published before the first sample is overwritten, so that a reader that sees a new sample also sees this.
    writing.store (first + numFrames, std::memory_order_relaxed);
    std::atomic_thread_fence (std::memory_order_release);

    forEach (first, numFrames,
             [channels] (std::atomic<float>& sample, size_t channel, size_t n)
             { sample.store (channels[channel][n], std::memory_order_relaxed); });

    written.store (first + numFrames, std::memory_order_release);
}

bool History::read (uint64_t first, size_t numFrames, float* const* channels) const noexcept
{
    if (first < begin || first + numFrames > written.load (std::memory_order_acquire))
        return false;

    const auto silence = silentBefore.load (std::memory_order_acquire);
    const auto silent = static_cast<size_t> (std::clamp (silence, first, first + numFrames) - first);

    forEach (first, numFrames,
             [channels, silent] (const std::atomic<float>& sample, size_t channel, size_t n)
             { channels[channel][n] = n < silent ? 0.0f : sample.load (std::memory_order_relaxed); });

    std::atomic_thread_fence (std::memory_order_acquire);
    return writing.load (std::memory_order_relaxed) <= first + length;
}

void History::clear() noexcept
{
    silentBefore.store (written.load (std::memory_order_relaxed), std::memory_order_release);
}

void History::restart (uint64_t frame) noexcept
{
    writing.store (frame, std::memory_order_relaxed);
    written.store (frame, std::memory_order_release);
    clear();
}

} // namespace faltwerk
