#include "Convolution/Engine.h"

#include "Convolution/FlushDenormals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr float largestUsableSample = 1048576.0f; // 2^20

size_t stepsIn (double seconds, double sampleRate, size_t gridSize)
{
    return static_cast<size_t> (std::lround (seconds * sampleRate / static_cast<double> (gridSize)));
}

/** Raises a peak that another thread reads and clears. */
void raise (std::atomic<float>& peak, float magnitude) noexcept
{
    if (magnitude > peak.load (std::memory_order_relaxed))
        peak.store (magnitude, std::memory_order_relaxed);
}

} // namespace

Engine::Engine (double sampleRate, size_t inputs, size_t outputs, size_t historyInFrames, EngineMeters& engineMeters)
    : numInputs (inputs)
    , numOutputs (outputs)
    , equalGainFade (gridSize * std::max<size_t> (stepsIn (0.020, sampleRate, gridSize), 1))
    , equalPowerFade (gridSize * std::max<size_t> (stepsIn (0.040, sampleRate, gridSize), 1))
    , meters (engineMeters)
    , history (inputs, historyInFrames)
{
    assert (numInputs >= 1 && numInputs <= maxChannels && numOutputs >= 1 && numOutputs <= maxChannels);

    for (auto* ramp : { &gain, &wet, &dry, &out, &muted, &passing })
        *ramp = Ramp (stepsIn (0.020, sampleRate, gridSize));
}

Engine::~Engine() = default;

void Engine::setKernel (std::span<const KernelPath> paths, Fade fade)
{
    auto convolver = std::make_unique<MatrixConvolver> (paths, numInputs, numOutputs);

    // Replay the past, then what has arrived meanwhile, until the rest is short.
    constexpr size_t chunkSize = 1024, shortRest = 4096;
    const size_t blockSize = convolver->blockSize();
    const uint64_t present = history.size();
    const uint64_t reach =
        std::min<uint64_t> (convolver->lengthInFrames() + 2 * blockSize, history.capacity() - history.capacity() / 4);
    uint64_t heard = present > reach ? (present - reach) / blockSize * blockSize : 0;

    std::vector<float> buffers ((numInputs + numOutputs) * chunkSize);
    float* in[maxChannels] = {};
    float* silent[maxChannels] = {};

    for (size_t channel = 0; channel < numInputs; ++channel)
        in[channel] = buffers.data() + channel * chunkSize;

    for (size_t channel = 0; channel < numOutputs; ++channel)
        silent[channel] = buffers.data() + (numInputs + channel) * chunkSize;

    const FlushDenormals flushDenormals;

    while (heard + shortRest < history.size() && history.read (heard, chunkSize, in))
    {
        convolver->process (in, silent, chunkSize);
        heard += chunkSize;
    }

    handover.send (std::make_unique<Voice> (Voice { std::move (convolver), heard, fade }));
}

void Engine::removeKernel() { handover.send (std::make_unique<Voice> (Voice { nullptr, 0, Fade::equalPower })); }

bool Engine::collectGarbage()
{
    handover.collect();
    return handover.alive() > 1;
}

void Engine::process (const float* const* inputs,
                      float* const* outputs,
                      size_t numFrames,
                      const EngineControls& controls) noexcept
{
    const FlushDenormals flushDenormals;

    const float* in[maxChannels] = {};
    float* result[maxChannels] = {};
    std::copy_n (inputs, numInputs, in);
    std::copy_n (outputs, numOutputs, result);

    while (numFrames > 0)
    {
        if (frame % gridSize == 0)
            startStep (controls);

        const size_t size = std::min<size_t> (numFrames, gridSize - frame % gridSize);

        takeInput (in, size);
        convolve (size);
        mix (result, size);

        frame += size;
        numFrames -= size;

        for (auto& channel : in)
            channel += channel != nullptr ? size : 0;

        for (auto& channel : result)
            channel += channel != nullptr ? size : 0;
    }
}

void Engine::startStep (const EngineControls& controls) noexcept
{
    handover.retire (retiring);

    if (retiring == nullptr && ! fading)
    {
        if (auto newest = handover.receive())
        {
            retiring = std::exchange (incoming, std::move (newest));
            handover.retire (retiring);
        }
    }

    if (incoming != nullptr && retiring == nullptr && ! fading)
        catchUp();

    // A kernel on its way in counts from the start of its fade.
    const auto& heardNow = fading ? incoming : sounding;
    const bool hasKernel = heardNow != nullptr && heardNow->convolver != nullptr;

    gain.setTarget (controls.gain);
    wet.setTarget (controls.wet);
    dry.setTarget (controls.dry);
    out.setTarget (controls.out);
    muted.setTarget (controls.bypassed ? 1.0f : 0.0f);
    passing.setTarget (controls.bypassed || ! hasKernel ? 1.0f : 0.0f);

    for (auto* ramp : { &gain, &wet, &dry, &out, &muted, &passing })
    {
        if (frame == 0)
            ramp->jump();

        ramp->advance();
    }
}

void Engine::catchUp() noexcept
{
    if (incoming->convolver != nullptr)
    {
        const size_t size = static_cast<size_t> (std::min<uint64_t> (2 * gridSize, frame - incoming->heard));
        float past[maxChannels][2 * gridSize];
        float silent[maxChannels][2 * gridSize];
        float* in[] = { past[0], past[1] };
        float* unheard[] = { silent[0], silent[1] };

        if (! history.read (incoming->heard, size, in))
            incoming->heard = frame; // its past is lost: it starts from here
        else
        {
            incoming->convolver->process (in, unheard, size);
            incoming->heard += size;
        }

        if (incoming->heard < frame)
            return;
    }

    if (frame == 0) // nothing has sounded yet: no fade
    {
        retiring = std::exchange (sounding, std::move (incoming));
        numCompleted.fetch_add (1, std::memory_order_release);
        return;
    }

    fading = true;
    fadePosition = 0;
}

void Engine::takeInput (const float* const* inputs, size_t numFrames) noexcept
{
    const size_t first = frame % gridSize;
    uint64_t unusable = 0;

    for (size_t channel = 0; channel < numInputs; ++channel)
    {
        float peak = 0.0f;

        for (size_t n = 0; n < numFrames; ++n)
        {
            float x = inputs[channel][n];
            const float magnitude = std::abs (x);

            if (! (magnitude <= largestUsableSample))
            {
                x = 0.0f;
                ++unusable;
            }
            else
            {
                peak = std::max (peak, magnitude);
            }

            raw[channel][n] = x;
            convolved[channel][n] = x * gain.at (first + n, gridSize) * (1.0f - muted.at (first + n, gridSize));
        }

        raise (meters.inputPeaks[channel], peak);
    }

    if (unusable > 0)
        meters.numUnusable.fetch_add (unusable, std::memory_order_relaxed);

    const float* channels[] = { convolved[0].data(), convolved[1].data() };
    history.write (channels, numFrames);
}

void Engine::convolve (size_t numFrames) noexcept
{
    const float* in[] = { convolved[0].data(), convolved[1].data() };

    const auto run = [&] (Voice* voice, Channels& output)
    {
        float* channels[] = { output[0].data(), output[1].data() };

        if (voice != nullptr && voice->convolver != nullptr)
            voice->convolver->process (in, channels, numFrames);
        else
            for (size_t channel = 0; channel < numOutputs; ++channel)
                std::fill_n (channels[channel], numFrames, 0.0f);
    };

    run (sounding.get(), wetOutput);

    if (fading)
    {
        run (incoming.get(), newOutput);
        crossfade (numFrames);
    }
}

void Engine::crossfade (size_t numFrames) noexcept
{
    const size_t length = lengthOf (incoming->fade);

    for (size_t n = 0; n < numFrames; ++n)
    {
        const float position = (static_cast<float> (fadePosition + n) + 0.5f) / static_cast<float> (length);
        float rising = 0.5f - 0.5f * std::cos (position * static_cast<float> (std::numbers::pi));
        float falling = 1.0f - rising;

        if (incoming->fade == Fade::equalPower)
        {
            const float angle = rising * static_cast<float> (std::numbers::pi / 2.0);
            rising = std::sin (angle);
            falling = std::cos (angle);
        }

        for (size_t channel = 0; channel < numOutputs; ++channel)
            wetOutput[channel][n] = falling * wetOutput[channel][n] + rising * newOutput[channel][n];
    }

    fadePosition += numFrames;

    if (fadePosition == length)
    {
        fading = false;
        retiring = std::exchange (sounding, std::move (incoming));
        numCompleted.fetch_add (1, std::memory_order_release);
    }
}

void Engine::mix (float* const* outputs, size_t numFrames) noexcept
{
    const size_t first = frame % gridSize;

    for (size_t channel = 0; channel < numOutputs; ++channel)
    {
        const auto& source = raw[std::min (channel, numInputs - 1)];
        float peak = 0.0f;

        for (size_t n = 0; n < numFrames; ++n)
        {
            const float outGain = out.at (first + n, gridSize);
            const float passGain = passing.at (first + n, gridSize);
            const float dryGain = dry.at (first + n, gridSize) * gain.at (first + n, gridSize) * outGain;
            const float y = source[n] * (passGain + (1.0f - passGain) * dryGain)
                            + wetOutput[channel][n] * (wet.at (first + n, gridSize) * outGain);
            outputs[channel][n] = y;
            peak = std::max (peak, std::abs (y));
        }

        raise (meters.outputPeaks[channel], peak);
    }
}

void Engine::reset() noexcept
{
    history.clear();

    for (auto* voice : { sounding.get(), incoming.get() })
        if (voice != nullptr && voice->convolver != nullptr)
            voice->convolver->reset();
}

} // namespace faltwerk
