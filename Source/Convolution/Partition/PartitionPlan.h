#pragma once

#include "Convolution/Partition/KernelShape.h"

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** How a kernel is partitioned: a direct head, then stages of growing blocks.

    A stage with blocks of N frames computes a block of output from the block of input just completed. If its first tap
    is at offset N, it is the *immediate* stage, whose output is due at once; at offset 2 N it has a whole period of N
    frames for the work, which can be spread evenly. A cost model with fixed constants chooses the plan, so that equal
    shapes have equal plans on every machine, at every callback size and sample rate. */
struct PartitionPlan
{
    struct Stage
    {
        size_t blockSize = 0, offset = 0, numPartitions = 0;

        bool isImmediate() const noexcept { return offset == blockSize; }
        bool operator== (const Stage&) const = default;
    };

    static constexpr size_t headLength = 64;    // taps of the direct head, padded with zeros
    static constexpr size_t blockLimit = 65536; // largest block of a stage, in frames
    static constexpr size_t largestChunk = 512; // largest number of frames that are processed at once

    KernelShape shape;
    std::vector<Stage> stages; // in order of block size, the immediate one first; empty if the head holds all taps

    double nsPerFrame = 0.0;   // predicted, for all channels together
    size_t kernelBytes = 0;    // of the kernel's spectra, shared by all convolvers that use them
    size_t convolverBytes = 0; // of a convolver's own buffers

    /** Returns the plan of least predicted cost for a shape. [not audio] */
    static PartitionPlan make (const KernelShape&);

    /** Returns a plan with given block sizes: 64, then growing powers of two up to 65536. Sizes that the kernel is too
        short for are left out. [not audio] */
    static PartitionPlan make (const KernelShape&, const std::vector<size_t>& blockSizes);

    /** Returns the largest block in frames. The replay of a history begins at a multiple of it. [any] */
    size_t largestBlock() const noexcept { return stages.empty() ? headLength : stages.back().blockSize; }

    /** Returns the number of frames of input that a convolver keeps: the block of each stage stays for one more period.
        [any] */
    size_t inputRingLength() const noexcept;

    /** Returns text such as "64 direct, 64 x 15 at once, 512 x 14, 4096 x 10". [not audio] */
    std::string toString() const;

    bool operator== (const PartitionPlan&) const = default;
};

} // namespace faltwerk
