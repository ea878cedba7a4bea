#pragma once

#include "Convolution/Engine/EngineChunk.h"
#include "Convolution/Engine/KernelChange.h"
#include "Convolution/Partition/Convolver.h"
#include "Convolution/Signal/History.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

/** A kernel in an engine: a convolver, and how much of the input it has processed. It is built on the loader's thread
    and handed over to the audio thread; only the current owner may call it. */
struct KernelVoice
{
    /** Number of frames of history that are replayed at once. */
    static constexpr size_t replayChunk = 1024;

    std::unique_ptr<Convolver> convolver; // null: no kernel
    KernelChange change = KernelChange::crossfadeDifferent;
    uint64_t position = 0;                  // position in the stream up to which input has been processed
    std::unique_ptr<History> longerHistory; // filled along with the convolver, then replaces the engine's history
    uint64_t resets = 0;                    // the engine's count of resets when the replay began
    bool hasPast = true;                    // false: starts without past input

    /** Returns true if past input must be replayed before it is faded in. [any] */
    bool needsReplay() const noexcept
    {
        return (convolver != nullptr && change != KernelChange::spillOver) || longerHistory != nullptr;
    }

    /** Processes the next frames of past input, at most `replayChunk`, and discards the output. [audio] */
    void feed (const float* const* input, size_t numFrames) noexcept;

    /** Like feed(), for `replayChunk` frames at a multiple of it, without computing output. @param firstUsed  position
        in the stream of the first frame whose output will be used. [loader] */
    void skip (const float* const* input, uint64_t firstUsed) noexcept;

    /** Discards what has been replayed, for a voice that does not sound yet. The convolver and the longer history take
        the input before `frame` as silence; the replay continues from there. [audio] */
    void discardHistory (uint64_t frame) noexcept;

    /** Discards past input, for a voice that sounds. [audio] */
    void reset() noexcept;

    /** Writes every output: the convolved input, or silence if there is no convolver. [audio] */
    void run (const EngineChunk& input, EngineChunk& output, size_t numFrames, size_t numOutputs) noexcept;
};

} // namespace faltwerk
