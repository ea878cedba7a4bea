#pragma once

#include "Convolution/Engine/KernelChange.h"

#include <cstddef>
#include <memory>

namespace faltwerk
{

class KernelSpectra;
struct KernelVoice;
struct PartitionPlan;
struct VoiceBridge;

/** Builds the convolvers of new kernels and hands them over to VoiceMixer, and frees those that no longer sound.

    Past input is replayed into a new convolver, unless it begins with a spill-over, so that it sounds with its full
    tail. A short rest is left to the audio thread. One thread at a time. */
class VoiceBuilder
{
public:
    /** The bridge must outlive it. [not audio] */
    VoiceBuilder (VoiceBridge&, size_t numInputs) noexcept;

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, KernelChange);

    /** Hands over that there is no kernel from now on. Throws std::bad_alloc. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound. Returns true if another may have to be freed soon. [loader] */
    bool collectGarbage();

    /** Returns the number of frames of history that a kernel with this plan needs. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** Returns the size in bytes of the history and of a convolver for a plan, with the kernel's spectra. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

private:
    bool replay (KernelVoice&, const std::shared_ptr<const KernelSpectra>&, size_t reach);

    VoiceBridge& bridge;
    const size_t numInputs;
};

} // namespace faltwerk
