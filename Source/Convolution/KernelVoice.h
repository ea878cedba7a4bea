#pragma once

#include "Convolution/Convolver.h"
#include "Convolution/EngineMeters.h"
#include "Convolution/History.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

/** How one kernel replaces another. */
enum class KernelChange
{
    crossfadeAlike,     // between edits of one kernel: the sounds are alike, and gains add up to one; 20 ms
    crossfadeDifferent, // between different kernels: their powers do; 40 ms
    spillOver           // what was played before rings out in the old kernel; 20 ms
};

/** The most that an engine processes at once, and every channel of it. */
constexpr size_t largestEngineChunk = 256;
using EngineChunk = std::array<std::array<float, largestEngineChunk>, EngineMeters::maxChannels>;

/** A kernel in an engine, on its way to the audio thread or there: a convolver, and what it has heard. Whoever owns it
    may call it. */
struct KernelVoice
{
    /** The most that a voice hears of the past at once. */
    static constexpr size_t replayChunk = 1024;

    std::unique_ptr<Convolver> convolver; // none: the input passes
    KernelChange change = KernelChange::crossfadeDifferent;
    uint64_t heard = 0;                     // the frame of the stream up to which it has heard the input
    std::unique_ptr<History> longerHistory; // hears the input too, and then takes the history's place
    uint64_t resets = 0;                    // of the engine, when it began to hear
    bool hasPast = true;                    // false: it starts without

    bool hearsThePast() const noexcept
    {
        return (convolver != nullptr && change != KernelChange::spillOver) || longerHistory != nullptr;
    }

    /** Takes some of the past as its input. At most `replayChunk` frames. [audio] */
    void hear (const float* const* input, size_t numFrames) noexcept;

    /** The same, for `replayChunk` frames that begin at a multiple of it, when nobody will hear what is before a frame:
        far quicker. [loader] */
    void listen (const float* const* input, uint64_t firstHeard) noexcept;

    /** On its way: forgets what it has heard. To it, and to the longer history, there was silence before a frame of the
        stream; from that frame on it is yet to hear the input. [audio] */
    void forgetPast (uint64_t frame) noexcept;

    /** Arrived: forgets the sound of the past. [audio] */
    void reset() noexcept;

    /** Convolves; a voice without convolver is silent. [audio] */
    void run (const EngineChunk& input, EngineChunk& output, size_t numFrames, size_t numOutputs) noexcept;
};

} // namespace faltwerk
