#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** What a plan depends on: the kernel's length in taps, and how many inputs, outputs and paths between them it has. */
struct KernelShape
{
    size_t length = 0, numInputs = 1, numOutputs = 1, numPaths = 1;

    bool operator== (const KernelShape&) const = default;
};

/** How a kernel is cut: a direct head, then stages of growing blocks.

    A stage with block N delivers a block of output from the block of input just completed. If its first tap stands at
    offset N, it is the *immediate* stage, whose output is due at once; at offset 2 N it has a whole period of N frames
    for the work, which can be spread evenly. Chosen by a cost model with fixed constants, so that a kernel of some
    shape has the same plan everywhere; neither the callback size nor the sample rate is part of it. */
struct PartitionPlan
{
    struct Stage
    {
        size_t blockSize = 0, offset = 0, numPartitions = 0;

        bool isImmediate() const noexcept { return offset == blockSize; }
        bool operator== (const Stage&) const = default;
    };

    static constexpr size_t headLength = 64;    // taps of the direct head, padded with zeros
    static constexpr size_t blockLimit = 65536; // no stage has longer blocks
    static constexpr size_t largestChunk = 512; // frames between two looks at the stages' boundaries

    KernelShape shape;
    std::vector<Stage> stages; // with growing blocks; the first is the immediate one; none for a kernel of one head

    double nsPerFrame = 0.0;   // predicted, on all channels together
    size_t kernelBytes = 0;    // of the kernel's spectra, shared by all convolvers that use them
    size_t convolverBytes = 0; // of a convolver's own buffers

    /** The best plan for a shape. [any, not audio] */
    static PartitionPlan make (const KernelShape&);

    /** A plan with given block sizes: 64, then growing powers of two up to 65536; those that the kernel is too short
        for are left out. [any, not audio] */
    static PartitionPlan make (const KernelShape&, const std::vector<size_t>& blockSizes);

    /** The largest block: a replayed history begins at a multiple of it. [any] */
    size_t largestBlock() const noexcept { return stages.empty() ? headLength : stages.back().blockSize; }

    /** How many frames of an input a convolver keeps: each stage's block must stay for another period. [any] */
    size_t inputRingLength() const noexcept;

    /** As in "64 direct, 64 x 15 at once, 512 x 14, 4096 x 10". [any, not audio] */
    std::string toString() const;

    bool operator== (const PartitionPlan&) const = default;
};

} // namespace faltwerk
