#pragma once

#include "Convolution/EngineControls.h"
#include "Convolution/EngineMeters.h"
#include "Convolution/KernelVoices.h"
#include "Convolution/SignalPath.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

/** What a plugin runs on the audio thread: the convolution with its dry path and levels, and the change of kernels.

    Signal path: input x gain -> convolution -> tone, x wet, plus input x gain x dry, all x out. Bypassed, the input
    passes unchanged while the convolution's tail rings out, or is cut. With no kernel the input passes too; a kernel
    without paths gives wet silence. How levels move is said in SignalPath, and how kernels replace one another in
    KernelVoices. */
class Engine
{
public:
    using Change = KernelChange;

    /** Allocates. The engine has no kernel at first. @param historyInFrames  how much past is kept at least; a longer
        kernel lengthens it */
    Engine (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames, EngineMeters& meters);

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, Change);

    /** From now on the input passes. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound, and says whether another may follow soon. [loader] */
    bool collectGarbage();

    /** How much past a kernel with some plan needs to be kept. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** What the history and a convolver for a plan take, the kernel's spectra included. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

    /** Processes any number of frames; an output may be an input. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames, const EngineControls&) noexcept;

    /** Forgets the sound of the past: history and tails. Takes no longer for a long kernel. What comes next is convolved
        from its first frame on, equal in every bit to what a new engine makes of it with the same kernel and steady
        levels. [audio] */
    void reset() noexcept;

    /** Asks for silence: what the convolution still holds fades out within 20 ms and is forgotten; then it begins anew.
        The sound beside it goes on. [any] */
    void panic() noexcept { panicsAsked.fetch_add (1, std::memory_order_relaxed); }

    /** The number of kernels whose change has completed: the sound is that of the newest. [any] */
    uint64_t completedChanges() const noexcept { return voices.completedChanges(); }

private:
    bool asksForCut (const EngineControls&) const noexcept;
    void considerCut (const EngineControls&) noexcept;
    size_t nextChunk (size_t numFrames, const EngineControls&) const noexcept;

    const size_t numInputs, numOutputs;
    KernelVoices voices;
    SignalPath path;
    uint64_t frame = 0; // of the stream, since construction

    bool isCutting = false;                  // the tail fades out
    bool cutForBypass = false;               // asked for by the controls, and done
    uint64_t panicsDone = 0;                 // or begun
    std::atomic<uint64_t> panicsAsked { 0 }; // any -> audio, relaxed: it carries nothing else
};

} // namespace faltwerk
