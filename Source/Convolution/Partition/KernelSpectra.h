#pragma once

#include "Convolution/Partition/PartitionPlan.h"
#include "Convolution/Partition/UniformConvolver.h"
#include "Convolution/Vector/AlignedBuffer.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** One path of a kernel: the input it reads, the output it is added to, and its taps. */
struct KernelPath
{
    size_t input, output;
    std::span<const float> taps;
};

/** Returns the shape of a kernel. [any] */
KernelShape shapeOf (std::span<const KernelPath>, size_t numInputs, size_t numOutputs) noexcept;

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

    /** Transforms the kernel. The taps need not outlive the call. Throws std::bad_alloc. [not audio] */
    KernelSpectra (std::span<const KernelPath>, const PartitionPlan&);
    KernelSpectra (std::span<const KernelPath>, size_t numInputs, size_t numOutputs);

    /** Returns the spectra of equal paths and an equal plan that exist in this process, or new ones. Throws
        std::bad_alloc. [not audio] */
    static std::shared_ptr<const KernelSpectra> shared (std::span<const KernelPath>, const PartitionPlan&);

    const PartitionPlan& plan() const noexcept { return itsPlan; }

    /** Return the heads, and the paths of a stage, in the kernel's order. [any] */
    const std::vector<Head>& heads() const noexcept { return itsHeads; }
    const std::vector<UniformConvolver::Path>& paths (size_t stage) const noexcept { return stagePaths[stage]; }

    size_t sizeInBytes() const noexcept { return buffer.sizeInBytes(); }

    /** Returns the number of floats that the spectra of a plan take. [any] */
    static size_t numFloats (const PartitionPlan&) noexcept;

private:
    PartitionPlan itsPlan;
    AlignedBuffer buffer;
    std::vector<Head> itsHeads;
    std::vector<std::vector<UniformConvolver::Path>> stagePaths;
};

} // namespace faltwerk
