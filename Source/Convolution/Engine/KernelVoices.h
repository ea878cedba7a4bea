#pragma once

#include "Convolution/Engine/Handover.h"
#include "Convolution/Engine/KernelVoice.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** The convolution of an engine, whose kernel changes while it sounds.

    The loader's thread builds the convolver of a new kernel. For a *crossfade* past input is replayed into it, so that
    it has its full tail; the audio thread replays the rest, then fades it in while the old kernel is faded out. For a
    *spill-over* the input is faded from the old kernel to the new one, and the old one rings out; a further change
    fades that tail out first. If several kernels wait, the newest is taken. Changes begin at multiples of 64 frames of
    the stream. */
class KernelVoices
{
public:
    /** Changes begin and end at multiples of this number of frames of the stream. */
    static constexpr size_t changeGrid = 64;

    /** Allocates; throws std::bad_alloc. Begins without a kernel. @param historyInFrames  least number of frames of
        input that are kept; a longer kernel lengthens the history. [not audio] */
    KernelVoices (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames);

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, KernelChange);

    /** Hands over that there is no kernel from now on. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound. Returns true if another may have to be freed soon. [loader] */
    bool collectGarbage();

    /** Returns the number of frames of history that a kernel with this plan needs. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** Returns the size in bytes of the history and of a convolver for a plan, with the kernel's spectra. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

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

    /** Does the same as reset() and completes a change that is in progress. For positions at a multiple of changeGrid
        where the output is silent. [audio] */
    void cut() noexcept;

private:
    static constexpr size_t maxChannels = EngineMeters::maxChannels;

    static size_t reachOf (const PartitionPlan&) noexcept;
    bool replay (KernelVoice&, const std::shared_ptr<const KernelSpectra>&, size_t reach);

    bool catchUp (uint64_t frame) noexcept;
    void completeChange() noexcept;
    bool tailHasEnded() const noexcept;
    const std::vector<float>& fadeOf (KernelChange) const noexcept;

    void run (KernelVoice*, const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void crossfade (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void spillOver (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;
    void ringOut (EngineChunk& output, size_t numFrames) noexcept;

    const size_t numInputs, numOutputs;
    Handover<KernelVoice> handover;
    std::atomic<uint64_t> numResets { 0 };      // audio -> loader, release
    std::atomic<const History*> currentHistory; // audio -> loader, release; the loader frees the one before

    // Used by the audio thread only.
    std::unique_ptr<History> history;
    std::unique_ptr<KernelVoice> sounding, incoming, retiring;
    std::unique_ptr<KernelVoice> tail; // a kernel that rings out
    bool fading = false, tailIsFading = false;
    size_t fadePosition = 0, tailPosition = 0; // frames into the fade of the change, and into that of the tail
    size_t tailRemaining = 0;                  // frames until the tail has rung out
    uint64_t silentBefore = 0;                 // position in the stream of the last reset

    const std::vector<float> alikeFade, differentFade, tailFade; // rising gain of each frame; read backwards to fall
    EngineChunk faded {}, otherOutput {};

    std::atomic<uint64_t> numCompleted { 0 }; // audio -> any, release
};

} // namespace faltwerk
