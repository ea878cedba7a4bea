#pragma once

#include "Convolution/Partition/PartitionPlan.h"
#include "Convolution/Vector/AlignedBuffer.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** A kernel prepared for a plan: the flipped taps of the direct head, and the spectra of all partitions. Immutable;
    shared by all convolvers that use it. */
class KernelSpectra
{
public:
    /** The direct head of a path. */
    struct Head
    {
        size_t input, output;
        const float* flippedTaps;
    };

    /** A path of a stage. Its spectra are [group][partition][16 real, 16 imaginary], scaled by 1 / N and followed by at
        least three partitions of zeros; see StageSize. */
    struct Path
    {
        size_t input, output;
        const float* spectra;
    };

    /** Transforms the kernel. The taps need not outlive the call. Throws std::bad_alloc. [not audio] */
    KernelSpectra (std::span<const KernelPath>, const PartitionPlan&);
    KernelSpectra (std::span<const KernelPath>, size_t numInputs, size_t numOutputs);

    /** Returns the spectra of equal paths and an equal plan that exist in this process, or new ones. Throws
        std::bad_alloc. [not audio] */
    static std::shared_ptr<const KernelSpectra> shared (std::span<const KernelPath>, const PartitionPlan&);

    /** Returns the plan that the kernel has been prepared for. [any] */
    const PartitionPlan& plan() const noexcept { return itsPlan; }

    /** Return the heads, and the paths of a stage, in the kernel's order. [any] */
    const std::vector<Head>& heads() const noexcept { return itsHeads; }
    const std::vector<Path>& paths (size_t stage) const noexcept { return stagePaths[stage]; }

    /** Returns the size in bytes of heads and spectra. [any] */
    size_t sizeInBytes() const noexcept { return buffer.sizeInBytes(); }

private:
    PartitionPlan itsPlan;
    AlignedBuffer buffer;
    std::vector<Head> itsHeads;
    std::vector<std::vector<Path>> stagePaths;
};

} // namespace faltwerk
