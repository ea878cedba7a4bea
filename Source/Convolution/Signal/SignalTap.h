#pragma once

#include "Convolution/Signal/History.h"

#include <atomic>
#include <cstddef>

namespace faltwerk
{

/** The last frames of the convolution's input and of the engine's output, for pictures of live sound. They are written
    only while there is a listener. */
class SignalTap
{
public:
    static constexpr size_t numChannels = 2, capacity = 16384; // frames

    SignalTap()
        : input (numChannels, capacity)
        , output (numChannels, capacity)
    {
    }

    /** Add and remove a listener. Nothing is written while there is none. [not audio] */
    void addListener() noexcept { numListeners.fetch_add (1, std::memory_order_relaxed); }
    void removeListener() noexcept { numListeners.fetch_sub (1, std::memory_order_relaxed); }

    /** Appends frames of input and output; a single channel is written as left and right. [audio] */
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

    /** Input and output, which always hold the same number of frames. [any] */
    History input, output;

private:
    std::atomic<int> numListeners { 0 }; // any -> audio, relaxed: no other data depend on it
};

} // namespace faltwerk
