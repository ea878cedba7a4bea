#include "Plugin/Sounds/SweepTake.h"

#include "Kernel/Measuring/Quality/Clipping.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace faltwerk
{

SweepTake::SweepTake (std::vector<std::vector<float>> outputs, size_t numInputs, double rate)
    : sampleRate (rate)
    , signal (std::move (outputs))
    , recorded (std::clamp<size_t> (numInputs, 1, maxChannels), std::vector<float> (signal.front().size()))
{
    assert (signal.front().size() == signal.back().size());
}

std::optional<size_t> SweepTake::firstClip() const noexcept
{
    const size_t frame = clip.load (std::memory_order_relaxed);
    return frame != none ? std::optional (frame) : std::nullopt;
}

Sound SweepTake::recording (size_t first, size_t count) const
{
    const size_t begin = std::min (first, numDone()), end = std::min (begin + count, numDone());
    Sound sound { {}, sampleRate };

    for (const auto& channel : recorded)
        sound.channels.emplace_back (channel.begin() + static_cast<std::ptrdiff_t> (begin),
                                     channel.begin() + static_cast<std::ptrdiff_t> (end));

    return sound;
}

void SweepTake::record (const float* const* inputs, size_t numInputs, size_t numFrames) noexcept
{
    const size_t begin = position.load (std::memory_order_relaxed),
                 count = std::min (numFrames, lengthInFrames() - begin);
    float most = highest.load (std::memory_order_relaxed);
    size_t first = clip.load (std::memory_order_relaxed);

    for (size_t channel = 0; channel < recorded.size(); ++channel)
    {
        const float* const input = inputs[std::min (channel, numInputs - 1)];
        float* const into = recorded[channel].data() + begin;
        bool isFull = wasFull[channel];

        for (size_t n = 0; n < count; ++n)
        {
            const float x = std::isfinite (input[n]) ? input[n] : 0.0f, size = std::abs (x);
            const bool isFullNow = size >= fullScale;
            into[n] = x;
            most = std::max (most, size);

            if (isFull && isFullNow)
                first = std::min (first, begin + n - 1);

            isFull = isFullNow;
        }

        wasFull[channel] = isFull;
    }

    highest.store (most, std::memory_order_relaxed);
    clip.store (first, std::memory_order_relaxed);
}

void SweepTake::play (float* const* outputs, size_t numOutputs, size_t numFrames) noexcept
{
    const size_t begin = position.load (std::memory_order_relaxed),
                 count = std::min (numFrames, lengthInFrames() - begin);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        std::copy_n (signal[std::min (channel, signal.size() - 1)].data() + begin, count, outputs[channel]);

    position.store (begin + count, std::memory_order_release);
}

} // namespace faltwerk
