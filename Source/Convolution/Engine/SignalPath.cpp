#include "Convolution/Engine/SignalPath.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr float largestUsableSample = 1048576.0f; // 2^20

/** Returns the largest magnitude, by eight maxima in parallel. */
float largestMagnitude (const float* x, size_t size) noexcept
{
    constexpr size_t lanes = 8;
    float largest[lanes] = {};
    size_t n = 0;

    for (; n + lanes <= size; n += lanes)
        for (size_t lane = 0; lane < lanes; ++lane)
            largest[lane] = std::max (largest[lane], std::abs (x[n + lane]));

    for (; n < size; ++n)
        largest[0] = std::max (largest[0], std::abs (x[n]));

    return *std::max_element (largest, largest + lanes);
}

/** Returns the number of samples outside -1..1. */
size_t numBeyondOne (const float* x, size_t size) noexcept
{
    return static_cast<size_t> (std::count_if (x, x + size, [] (float sample) { return std::abs (sample) > 1.0f; }));
}

/** Returns true if no sample is infinite or NaN. The exponent of both is all ones, so that adding 1 to it carries into
    the sign bit; compilers vectorise this even for SSE2. */
bool areFinite (const float* x, size_t size) noexcept
{
    uint32_t carries = 0;

    for (size_t n = 0; n < size; ++n)
        carries |= (std::bit_cast<uint32_t> (x[n]) & 0x7fffffffu) + 0x00800000u;

    return (carries & 0x80000000u) == 0;
}

/** Replaces samples that are not finite by 0 and returns their number. */
size_t silenceNonFinite (float* x, size_t size) noexcept
{
    if (areFinite (x, size))
        return 0;

    size_t replaced = 0;

    for (size_t n = 0; n < size; ++n)
    {
        const bool usable = std::isfinite (x[n]);
        x[n] = usable ? x[n] : 0.0f;
        replaced += usable ? 0 : 1;
    }

    return replaced;
}

/** Sets the target of a ramp, unless the level is NaN or too large. */
void follow (Ramp& ramp, float level) noexcept
{
    if (std::abs (level) <= largestUsableSample) // not if it is NaN
        ramp.setTarget (level);
}

/** Raises a peak, which another thread reads and clears. */
void raise (std::atomic<float>& peak, float magnitude) noexcept
{
    if (magnitude > peak.load (std::memory_order_relaxed))
        peak.store (magnitude, std::memory_order_relaxed);
}

} // namespace

SignalPath::SignalPath (double sampleRate, size_t inputs, size_t outputs, EngineMeters& engineMeters)
    : numInputs (inputs)
    , numOutputs (outputs)
    , meters (engineMeters)
    , tone (sampleRate, outputs)
{
    for (auto* ramp : levels.all())
        *ramp = Ramp (stepsIn (0.020, sampleRate, gridSize));
}

bool SignalPath::Levels::areSteady() const noexcept
{
    return gain.isSteady() && wet.isSteady() && dry.isSteady() && out.isSteady() && muted.isSteady() && kept.isSteady()
           && passing.isSteady();
}

void SignalPath::begin (const EngineControls& controls,
                        uint64_t firstFrame,
                        size_t chunkLength,
                        Convolution convolution) noexcept
{
    frame = firstFrame;
    numFrames = chunkLength;
    size_t numSteps = 0;

    for (uint64_t place = frame; place < frame + numFrames; place += gridSize - place % gridSize)
    {
        if (place % gridSize == 0)
        {
            follow (levels.gain, controls.gain);
            follow (levels.wet, controls.wet);
            follow (levels.dry, controls.dry);
            follow (levels.out, controls.out);
            levels.muted.setTarget (controls.bypassed || convolution.isCut ? 1.0f : 0.0f);
            levels.kept.setTarget (convolution.isCut ? 0.0f : 1.0f);
            levels.passing.setTarget (controls.bypassed || ! convolution.hasKernel ? 1.0f : 0.0f);

            for (auto* ramp : levels.all())
            {
                // After a cut the input begins from silence.
                if (place == 0 || (ramp == &levels.kept && ! convolution.isCut))
                    ramp->jump();

                ramp->advance();
            }
        }

        steps[numSteps++] = levels;
    }
}

template <typename Act>
void SignalPath::forEachStep (Act&& act) const noexcept
{
    for (size_t done = 0, step = 0; done < numFrames; ++step)
    {
        const auto inStep = static_cast<size_t> ((frame + done) % gridSize);
        const size_t size = std::min (numFrames - done, gridSize - inStep);
        act (steps[step], done, inStep, size);
        done += size;
    }
}

void SignalPath::takeInput (const float* const* inputs) noexcept
{
    size_t unusable = 0;

    for (size_t channel = 0; channel < numInputs; ++channel)
    {
        float* const clean = raw[channel].data();

        for (size_t n = 0; n < numFrames; ++n)
        {
            const float x = inputs[channel][n];
            const bool usable = std::abs (x) <= largestUsableSample; // not if it is NaN
            clean[n] = usable ? x : 0.0f;
            unusable += usable ? 0 : 1;
        }

        raise (meters.inputPeaks[channel], largestMagnitude (clean, numFrames));

        forEachStep (
            [&] (const Levels& level, size_t first, size_t inStep, size_t size)
            {
                float* const result = convolved[channel].data() + first;
                const float* const source = clean + first;

                if (level.areSteady())
                {
                    const float gain = level.gain.value() * (1.0f - level.muted.value());

                    for (size_t n = 0; n < size; ++n)
                        result[n] = source[n] * gain;

                    return;
                }

                for (size_t n = 0; n < size; ++n)
                    result[n] =
                        source[n]
                        * (level.gain.at (inStep + n, gridSize) * (1.0f - level.muted.at (inStep + n, gridSize)));
            });
    }

    if (unusable > 0)
        meters.numUnusable.fetch_add (unusable, std::memory_order_relaxed);
}

void SignalPath::mix (const ToneControls& toneControls, float* const* outputs) noexcept
{
    float* const filtered[] = { wetOutput[0].data(), wetOutput[1].data() };
    size_t replaced = 0;

    // Before the tone filters, whose state would keep a NaN.
    for (size_t channel = 0; channel < numOutputs; ++channel)
        replaced += silenceNonFinite (filtered[channel], numFrames);

    tone.process (filtered, numFrames, toneControls);

    for (size_t channel = 0; channel < numOutputs; ++channel)
    {
        const float* const source = raw[std::min (channel, numInputs - 1)].data();
        const float* const wet = wetOutput[channel].data();
        float* const output = outputs[channel];

        forEachStep (
            [&] (const Levels& level, size_t first, size_t inStep, size_t size)
            {
                // The gains of the input and of the convolution.
                const auto gains = [&level] (auto&& at)
                {
                    const float passing = at (level.passing), out = at (level.out);
                    return std::pair (passing + (1.0f - passing) * (at (level.dry) * at (level.gain) * out),
                                      at (level.wet) * at (level.kept) * out);
                };

                if (level.areSteady())
                {
                    const auto [direct, convolution] = gains ([] (const Ramp& ramp) { return ramp.value(); });

                    for (size_t n = first; n < first + size; ++n)
                        output[n] = source[n] * direct + wet[n] * convolution;

                    return;
                }

                for (size_t n = 0; n < size; ++n)
                {
                    const auto [direct, convolution] =
                        gains ([&] (const Ramp& ramp) { return ramp.at (inStep + n, gridSize); });
                    output[first + n] = source[first + n] * direct + wet[first + n] * convolution;
                }
            });

        // Samples and gains are finite, so an overflow here gives an infinity and never NaN.
        float peak = largestMagnitude (output, numFrames);

        if (std::isinf (peak))
        {
            replaced += silenceNonFinite (output, numFrames);
            peak = largestMagnitude (output, numFrames);
        }

        raise (meters.outputPeaks[channel], peak);

        if (peak > 1.0f)
            meters.numClipped[channel].fetch_add (numBeyondOne (output, numFrames), std::memory_order_relaxed);
    }

    if (replaced > 0)
        meters.numNonFinite.fetch_add (replaced, std::memory_order_relaxed);

    const float* const convolverInput[] = { convolved[0].data(), convolved[1].data() };
    meters.tap.write (convolverInput, numInputs, outputs, numOutputs, numFrames);
}

} // namespace faltwerk
