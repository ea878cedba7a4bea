#pragma once

#include "Convolution/Engine/EngineChunk.h"
#include "Convolution/Engine/KernelChange.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

class History;
struct KernelVoice;
struct VoiceBridge;

/** The convolution of an engine on the audio thread, whose kernel changes while it sounds.

    VoiceBuilder sends the voice of each new kernel, with past input replayed into it. For a *crossfade* the mixer
    replays the rest, then fades the voice in while the current one is faded out. For a *spill-over* the input is faded
    from the current voice to the new one, and the old one rings out as a *tail*; a further change fades the tail out
    first. If several voices wait, the last one sent is taken. Changes begin at multiples of 64 frames of the stream.

        State        sounds                                      next state
        steady       current                                     catchingUp if a voice has been sent
        catchingUp   current                                     crossfade or spillOver once incoming has caught up
        crossfade    current falls, incoming rises               steady
        spillOver    current and incoming share the input        ringingOut, or steady if there was no kernel
        ringingOut   current, tail                               steady when the tail ends; endingTail if a voice waits
        endingTail   current; the tail falls, incoming waits     catchingUp when the tail has ended */
class VoiceMixer
{
public:
    /** Changes begin and end at multiples of this number of frames of the stream. */
    static constexpr size_t changeGrid = 64;

    /** Allocates; throws std::bad_alloc. Begins without a kernel. The bridge must outlive it.
        @param historyInFrames  least number of frames of input that are kept; a longer kernel lengthens the history.
        [not audio] */
    VoiceMixer (VoiceBridge&, double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames);
    ~VoiceMixer();

    /** Returns the number of changes that have been completed. [any] */
    uint64_t completedChanges() const noexcept { return numCompleted.load (std::memory_order_acquire); }

    /** Begins or prepares changes. @param frame  position in the stream, a multiple of changeGrid. [audio] */
    void considerChange (uint64_t frame) noexcept;

    /** Returns true while a change is in progress or waits; no chunk may then cross a multiple of changeGrid.
        [audio] */
    bool isChanging() const noexcept;

    /** Returns true if there is a kernel; a new one counts from the start of its fade. [audio] */
    bool hasKernel() const noexcept;

    /** Writes every output: the convolved input, or silence without a kernel. [audio] */
    void process (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;

    /** Discards history and tails, in a time that does not depend on the kernel's length. [audio] */
    void reset() noexcept;

    /** Completes a change that is in progress, then calls reset(). For positions at a multiple of changeGrid where the
        output is silent. [audio] */
    void cut() noexcept;

private:
    enum class State
    {
        steady,
        catchingUp,
        crossfade,
        spillOver,
        ringingOut,
        endingTail
    };

    bool isFading() const noexcept { return state == State::crossfade || state == State::spillOver; }
    bool hasTail() const noexcept { return state == State::ringingOut || state == State::endingTail; }

    void endTail() noexcept;
    void receive (uint64_t frame) noexcept;
    bool catchUp (uint64_t frame) noexcept;
    void takeLongerHistory (uint64_t frame) noexcept;
    void completeChange() noexcept;
    bool tailHasEnded() const noexcept;
    const std::vector<float>& fadeOf (KernelChange) const noexcept;

    void run (KernelVoice*, const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void crossfade (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void spillOver (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void ringOut (EngineChunk& output, size_t numFrames) noexcept;

    VoiceBridge& bridge;
    const size_t numInputs, numOutputs;
    std::unique_ptr<History> history;

    State state = State::steady;
    std::unique_ptr<KernelVoice> current;  // the kernel that the input goes to; none before the first
    std::unique_ptr<KernelVoice> incoming; // in all states but steady; in ringingOut only until it can begin to wait
    std::unique_ptr<KernelVoice> tail;     // if hasTail()
    std::unique_ptr<KernelVoice> retiring; // in any state: waits for a place in the handover
    size_t fadePosition = 0, tailPosition = 0; // frames into the fade of the change, and into the fade of the tail
    size_t tailRemaining = 0;                  // frames until the tail has rung out
    uint64_t silentBefore = 0;                 // position in the stream of the last reset

    const std::vector<float> alikeFade, differentFade, tailFade; // rising gain of each frame; read backwards to fall
    EngineChunk faded {}, otherOutput {};

    std::atomic<uint64_t> numCompleted { 0 }; // audio -> any, release
};

} // namespace faltwerk
