#pragma once

#include "Convolution/Partition/KernelSpectra.h"
#include "Convolution/Partition/UniformConvolver.h"
#include "Convolution/Vector/AlignedBuffer.h"
#include "Convolution/Vector/DirectSums.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** Convolves live sound with a kernel: no latency, callbacks of any size, nearly the same cost in each.

    The first taps are summed directly, sample by sample. A ladder of uniformly partitioned stages adds the later taps
    (see PartitionPlan). The first stage, the *immediate* one, works at the end of each of its blocks and half a block
    earlier. Each later stage has a list of steps to run in each of its periods. A *balance* of predicted cost grows
    with every frame and pays for these steps, smallest period first, so that callbacks of equal size cost about the
    same. Steps that are left at the end of a period are run there. Every sum has a fixed order and a fixed position in
    the stream, so neither the division into callbacks nor the balance changes a bit of the output.

    Channels that share no path belong to different *components*, which are convolved one after the other: the data
    that a component needs in each block then stay in the nearest cache. */
class Convolver
{
public:
    /** Allocates; throws std::bad_alloc. @param firstFrame  position in the stream of the first frame, a multiple of
        the plan's largest block. Convolvers that begin at different positions give bit-identical output once they have
        had the same input for a kernel's length. [not audio] */
    explicit Convolver (std::shared_ptr<const KernelSpectra>, uint64_t firstFrame = 0);

    /** Writes `numFrames` frames of every output: the sum of its paths in the kernel's order, or silence if it has
        none. The buffers of inputs and outputs may be the same. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames) noexcept;

    /** Consumes input whose output will be discarded; much faster than process(). Position and numFrames must be
        multiples of 1024. @param framesDiscarded  number of frames from here whose output is discarded, at least
        numFrames. Output after them is bit-identical to that of process(). [loader] */
    void skip (const float* const* inputs, size_t numFrames, uint64_t framesDiscarded) noexcept;

    /** Discards the past input and returns to the start of a stream: later output is bit-identical to that of a new
        convolver. Most of the past is marked as unreadable and not cleared. Returns the number of floats that were
        cleared: a few for each channel, whatever the kernel's length. [audio] */
    size_t reset() noexcept;

    /** Returns the kernel's plan. [any] */
    const PartitionPlan& plan() const noexcept { return spectra->plan(); }

    /** Return the size in bytes of its own buffers, without and with the kernel's spectra, which other convolvers may
        share. [any] */
    size_t sizeInBytes() const noexcept { return buffer.sizeInBytes(); }
    size_t sizeWithKernelInBytes() const noexcept { return buffer.sizeInBytes() + spectra->sizeInBytes(); }

private:
    /** Inputs and outputs that paths connect, directly or through other channels. */
    struct Component
    {
        struct Output
        {
            size_t channel, place;          // index among all outputs, and in the component
            std::vector<DirectPath> heads;  // their windows are set before each sum
            std::vector<size_t> headInputs; // the input channel of each head
            std::vector<const float*> addends;
        };

        std::vector<size_t> inputs; // channels
        std::vector<Output> outputs;
        std::vector<const float*> blocks;
        std::optional<UniformConvolver> immediate;
        bool summedAhead = false;
    };

    void findComponents (Arena&);
    size_t restart (uint64_t firstFrame) noexcept;
    void convolve (Component&, float* const* outputs, size_t offset, size_t numFrames) noexcept;
    void runSteps (size_t numFrames) noexcept;
    template <typename Begin>
    void beginPeriods (Begin&& begin) noexcept;

    std::shared_ptr<const KernelSpectra> spectra;
    AlignedBuffer buffer;
    const DirectSums& directSums;

    const size_t ringLength;   // frames of input that are kept
    const size_t chunkLength;  // frames; periods of all stages but the immediate one begin at multiples of it
    std::vector<float*> rings; // one for each input; a margin before each repeats its end
    std::vector<const float*> blocks;
    std::vector<Component> components;
    std::vector<size_t> silentOutputs;
    std::vector<UniformConvolver> spread; // the later stages, in order of block size

    size_t position = 0;                      // position in the stream modulo ringLength
    double costPerFrame = 0.0, balance = 0.0; // predicted, in ns
};

} // namespace faltwerk
