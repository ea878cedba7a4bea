#include "Plugin/Sounds/SweepRecorder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr double fadeInSeconds = 0.010;

} // namespace

void SweepRecorder::start (std::shared_ptr<SweepTake> take)
{
    cancel();
    newest = take;
    takes.send (std::make_unique<Handle> (Handle { std::move (take) }));
}

void SweepRecorder::cancel()
{
    if (newest != nullptr)
        newest->cancelled.store (true, std::memory_order_relaxed);

    newest = nullptr;
    takes.collect();
}

void SweepRecorder::prepare (double sampleRate) noexcept
{
    rate = sampleRate;
    const double length = fadeInSeconds * sampleRate;                     // frames
    levelStep = length >= 1.0 ? static_cast<float> (1.0 / length) : 1.0f; // also where a host gives no rate

    if (current != nullptr)
        current->take->interrupted.store (true, std::memory_order_relaxed);
}

void SweepRecorder::listenTo (const float* const* inputs, size_t numInputs, size_t numFrames) noexcept
{
    for (size_t channel = 0; channel < peaks.size(); ++channel)
    {
        const float* const input = inputs[std::min (channel, numInputs - 1)];
        float most = peaks[channel].load (std::memory_order_relaxed);

        for (size_t n = 0; n < numFrames; ++n)
            most = std::max (most, std::abs (input[n])); // what is no number leaves it

        peaks[channel].store (most, std::memory_order_relaxed);
    }
}

void SweepRecorder::begin (float* const* inputs, size_t numInputs, size_t numFrames, bool isOffline) noexcept
{
    blocks.fetch_add (1, std::memory_order_relaxed);

    if (listening.load (std::memory_order_relaxed))
        listenTo (inputs, numInputs, numFrames);

    target = wanted.load (std::memory_order_relaxed) && ! isOffline ? 0.0f : 1.0f;

    if (isOffline)
        level = 1.0f;

    if (current == nullptr)
        current = takes.receive();

    isPlaying = false;

    if (current != nullptr)
    {
        auto& take = *current->take;

        if (isOffline || take.sampleRate != rate)
            take.interrupted.store (true, std::memory_order_relaxed);

        if (take.wasInterrupted() || take.cancelled.load (std::memory_order_relaxed) || take.isDone())
            takes.retire (current);
        else
            isPlaying = level == 0.0f && target == 0.0f;
    }

    if (isPlaying)
        current->take->record (inputs, numInputs, numFrames);
}

void SweepRecorder::silenceInput (float* const* inputs, size_t numInputs, size_t numFrames) const noexcept
{
    fade (inputs, numInputs, numFrames);
}

void SweepRecorder::end (float* const* outputs, size_t numOutputs, size_t numFrames) noexcept
{
    fade (outputs, numOutputs, numFrames);

    if (isPlaying)
        current->take->play (outputs, numOutputs, numFrames);

    const auto way = levelStep * static_cast<float> (numFrames);
    level = target < level ? std::max (level - way, target) : std::min (level + way, target);
    isolated.store (level == 0.0f, std::memory_order_release);
}

/** Multiplies channels by the level of what sounds, as it moves to its target during the block. */
void SweepRecorder::fade (float* const* channels, size_t numChannels, size_t numFrames) const noexcept
{
    if (level == 1.0f && target == 1.0f)
        return;

    const float step = target < level ? -levelStep : levelStep;

    for (size_t n = 0; n < numFrames; ++n)
    {
        const float gain = std::clamp (level + step * static_cast<float> (n + 1), 0.0f, target < level ? 1.0f : target);

        for (size_t channel = 0; channel < numChannels; ++channel)
            channels[channel][n] *= gain;
    }
}

} // namespace faltwerk
