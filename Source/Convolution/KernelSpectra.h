#pragma once

#include "Convolution/AlignedBuffer.h"
#include "Convolution/PartitionPlan.h"
#include "Convolution/UniformConvolver.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** One path of a kernel: which input it listens to, which output it feeds, and its taps. */
struct KernelPath
{
    size_t input, output;
    std::span<const float> taps;
};

/** The shape of a kernel between some channels. [any] */
KernelShape shapeOf (std::span<const KernelPath>, size_t numInputs, size_t numOutputs) noexcept;

/** A kernel in the form that a plan asks for: the direct head's taps, flipped, and the spectra of all partitions.
    Immutable; shared by all convolvers that sound with it. */
class KernelSpectra
{
public:
    /** A path's direct head. */
    struct Head
    {
        size_t input, output;
        const float* flippedTaps;
    };

    /** Transforms the kernel; the taps need not outlive the call. Throws std::bad_alloc. [any, not audio] */
    KernelSpectra (std::span<const KernelPath>, const PartitionPlan&);
    KernelSpectra (std::span<const KernelPath>, size_t numInputs, size_t numOutputs);

    /** That of equal paths and an equal plan, if one is alive anywhere in this process; else a new one. Throws
        std::bad_alloc. [any, not audio] */
    static std::shared_ptr<const KernelSpectra> shared (std::span<const KernelPath>, const PartitionPlan&);

    const PartitionPlan& plan() const noexcept { return itsPlan; }

    /** Paths in their given order. [any] */
    const std::vector<Head>& heads() const noexcept { return itsHeads; }
    const std::vector<UniformConvolver::Path>& paths (size_t stage) const noexcept { return stagePaths[stage]; }

    size_t sizeInBytes() const noexcept { return buffer.sizeInBytes(); }

    /** What a plan's spectra take. */
    static size_t numFloats (const PartitionPlan&) noexcept;

private:
    PartitionPlan itsPlan;
    AlignedBuffer buffer;
    std::vector<Head> itsHeads;
    std::vector<std::vector<UniformConvolver::Path>> stagePaths;
};

} // namespace faltwerk
