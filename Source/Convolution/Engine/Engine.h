#pragma once

#include "Convolution/Engine/KernelChange.h"
#include "Convolution/Engine/SignalPath.h"
#include "Convolution/Engine/VoiceBridge.h"
#include "Convolution/Engine/VoiceBuilder.h"
#include "Convolution/Engine/VoiceMixer.h"
#include "Convolution/Signal/EngineControls.h"
#include "Convolution/Signal/EngineMeters.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace faltwerk
{

class KernelSpectra;
struct PartitionPlan;

/** The audio engine of a plugin: the convolution, its dry path and levels, and changes of the kernel.

    Signal path: input x gain -> convolution -> tone, x wet, plus input x gain x dry, all x out. While bypassed,
    the input passes unchanged and the convolution's tail rings out or is cut. The input also passes if there is no kernel; a
    kernel without paths gives a silent wet signal. See SignalPath for how levels move, and VoiceMixer for how kernels
    replace one another. */
class Engine
{
public:
    using Change = KernelChange;

    /** Allocates; throws std::bad_alloc. Begins without a kernel. @param historyInFrames  least number of frames of
        input that are kept; a longer kernel lengthens the history. [not audio] */
    Engine (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames, EngineMeters& meters);

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, Change);

    /** Removes the kernel: the input passes. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound. Returns true if another may have to be freed soon. [loader] */
    bool collectGarbage();

    /** Returns the number of frames of history that a kernel with this plan needs. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** Returns the size in bytes of the history and of a convolver for a plan, with the kernel's spectra. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

    /** Processes any number of frames. The buffers of inputs and outputs may be the same. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames, const EngineControls&) noexcept;

    /** Discards history and tails, in a time that does not depend on the kernel's length. Later output is bit-identical
        to that of a new engine with the same kernel and steady levels. [audio] */
    void reset() noexcept;

    /** Requests that the convolution's tail fades out within 20 ms and is discarded. The dry path is not affected.
        [any] */
    void panic() noexcept { panicsAsked.fetch_add (1, std::memory_order_relaxed); }

    /** Returns the number of changes of the kernel that have been completed. [any] */
    uint64_t completedChanges() const noexcept { return mixer.completedChanges(); }

private:
    bool asksForCut (const EngineControls&) const noexcept;
    void considerCut (const EngineControls&) noexcept;
    size_t nextChunk (size_t numFrames, const EngineControls&) const noexcept;

    const size_t numInputs, numOutputs;
    VoiceBridge bridge;
    VoiceBuilder builder; // loader
    VoiceMixer mixer;     // audio
    SignalPath path;
    uint64_t frame = 0; // position in the stream since construction

    bool isCutting = false;                  // the tail is being faded out
    bool cutForBypass = false;               // the cut that the current bypass asks for has been made
    uint64_t panicsDone = 0;                 // completed or in progress
    std::atomic<uint64_t> panicsAsked { 0 }; // any -> audio, relaxed: no other data depend on it
};

} // namespace faltwerk
