#pragma once

#include "Convolution/History.h"

#include <atomic>
#include <cstddef>

namespace faltwerk
{

/** The last frames of what goes into an engine's convolution and of what the engine puts out, for pictures of live
    sound. Costs nothing while nobody listens. */
class SignalTap
{
public:
    static constexpr size_t numChannels = 2, capacity = 16384; // frames

    SignalTap()
        : input (numChannels, capacity)
        , output (numChannels, capacity)
    {
    }

    /** Whoever looks says so while it does. [any, not audio] */
    void addListener() noexcept { numListeners.fetch_add (1, std::memory_order_relaxed); }
    void removeListener() noexcept { numListeners.fetch_sub (1, std::memory_order_relaxed); }

    /** Appends frames of both; a single channel counts as both. [audio] */
    void write (const float* const* in,
                size_t numInputs,
                const float* const* out,
                size_t numOutputs,
                size_t numFrames) noexcept
    {
        if (numListeners.load (std::memory_order_relaxed) == 0)
            return;

        const float* const inputs[] = { in[0], in[numInputs - 1] };
        const float* const outputs[] = { out[0], out[numOutputs - 1] };
        input.write (inputs, numFrames);
        output.write (outputs, numFrames);
    }

    /** Both to be read by frame number; they advance together. [any] */
    History input, output;

private:
    std::atomic<int> numListeners { 0 }; // any -> audio, relaxed: it carries nothing else
};

} // namespace faltwerk
