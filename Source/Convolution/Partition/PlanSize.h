#pragma once

#include "Convolution/Partition/PartitionPlan.h"

#include <cstddef>

namespace faltwerk
{

/** Sizes of the data of one stage, in floats unless a name says otherwise. KernelSpectra and UniformConvolver lay their
    buffers out by them, and PartitionPlan compares plans by them. [any] */
struct StageSize
{
    explicit StageSize (const PartitionPlan::Stage&) noexcept;

    /** Floats between buffers whose size is a power of two: data that a pass reads together must not share a cache set.
     */
    static constexpr size_t apart = 16;

    size_t numGroups;     // of 16 bins in a spectrum
    size_t ringLength;    // of an input's delay line, in spectra
    size_t spectraStride; // between the groups of a path's spectra
    size_t spectra;       // a path's spectra, all groups
    size_t delayLine;     // an input's spectra, all groups
    size_t sums;          // an output's sums, all groups of four blocks
    size_t block;         // a block of samples, with `apart`
    size_t leaf;          // the spectrum of a leaf of the transform

    /** Returns the size of a convolver's buffers for the stage. */
    size_t convolver (size_t numInputs, size_t numOutputs) const noexcept;

    /** Returns the number of bytes that a stage reads and writes, with the kernel's spectra. */
    size_t numBytes (size_t numInputs, size_t numOutputs, size_t numPaths) const noexcept;
};

/** Sizes of the data of a whole plan, in floats. [any] */
struct PlanSize
{
    explicit PlanSize (const PartitionPlan&) noexcept;

    /** Frames before a ring of input that repeat its end: the direct heads read this far back. */
    static constexpr size_t ringMargin = PartitionPlan::headLength;

    size_t ring;      // an input's ring, with the margin before it and what is read beyond its end
    size_t spectra;   // the kernel's direct heads and spectra
    size_t convolver; // the buffers of a convolver
};

} // namespace faltwerk
