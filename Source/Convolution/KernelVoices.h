#pragma once

#include "Convolution/Handover.h"
#include "Convolution/KernelVoice.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace faltwerk
{

/** The convolution of an engine, whose kernel changes while it sounds.

    A new kernel's convolver is built on the loader's thread. To *crossfade*, it is given the input's past, so that it
    has its full tail; on the audio thread it catches up with the present, and is faded in while the old one is faded
    out. To *spill over*, the input is faded from the old one to the new, and the old one rings out; a
    further change fades it out first. The newest kernel wins. Changes begin at multiples of 64 frames of stream time.
 */
class KernelVoices
{
public:
    /** Changes begin and end on this grid of stream time. */
    static constexpr size_t changeGrid = 64;

    /** Allocates. There is no kernel at first. @param historyInFrames  how much past is kept at least; a longer kernel
        lengthens it */
    KernelVoices (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames);

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, KernelChange);

    /** From now on there is no kernel. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound, and says whether another may follow soon. [loader] */
    bool collectGarbage();

    /** How much past a kernel with some plan needs to be kept. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** What the history and a convolver for a plan take, the kernel's spectra included. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

    /** The number of kernels whose change has completed: the sound is that of the newest. [any] */
    uint64_t completedChanges() const noexcept { return numCompleted.load (std::memory_order_acquire); }

    /** Begins or prepares changes, at a frame on the grid. [audio] */
    void considerChange (uint64_t frame) noexcept;

    /** Whether a change goes on or waits: then no chunk may reach over the grid. [audio] */
    bool isChanging() const noexcept;

    /** Whether there is a kernel; one on its way in counts from the start of its fade. [audio] */
    bool hasKernel() const noexcept;

    /** Writes every output, silent where there is no kernel. [audio] */
    void process (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept;

    /** Forgets the sound of the past: history and tails. Takes no longer for a long kernel. [audio] */
    void reset() noexcept;

    /** The same at a frame on the grid, where nothing is heard: a change that goes on is completed. [audio] */
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
    std::atomic<const History*> presentHistory; // audio -> loader, release; the loader frees a former one

    // The audio thread's own.
    std::unique_ptr<History> history;
    std::unique_ptr<KernelVoice> sounding, incoming, retiring;
    std::unique_ptr<KernelVoice> tail; // a kernel that rings out
    bool fading = false, tailIsFading = false;
    size_t fadePosition = 0, tailPosition = 0; // in the change's fade; in the tail's
    size_t tailRemaining = 0;                  // frames until it has rung out
    uint64_t silentBefore = 0;                 // the frame of the stream at the last reset

    const std::vector<float> alikeFade, differentFade, tailFade; // rising, a gain for each frame; falling in reverse
    EngineChunk faded {}, otherOutput {};

    std::atomic<uint64_t> numCompleted { 0 }; // audio -> any, release
};

} // namespace faltwerk
