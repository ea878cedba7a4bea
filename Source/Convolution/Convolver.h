#pragma once

#include "Convolution/AlignedBuffer.h"
#include "Convolution/DirectSum.h"
#include "Convolution/KernelSpectra.h"
#include "Convolution/UniformConvolver.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace faltwerk
{

/** A kernel on live sound, with no latency, in callbacks of any size and at nearly the same cost in each.

    A direct head answers at once; a ladder of uniformly partitioned stages adds what later taps give (see
    PartitionPlan). The immediate stage works at its blocks' ends, and half a block before them. The work of all others
    is a list of steps for each period; a *balance* of predicted cost grows with every frame and pays for it, smallest
    period first, so that callbacks of one size all do about the same. What a period's end finds undone is done there.
    Every sum has a fixed order and a fixed place in the stream: neither the cutting into callbacks nor the balance
    changes a bit of the output.

    A kernel that connects some channels only with each other is convolved in such *components*, one after the other:
    what one needs at every block stays in the nearest cache. */
class Convolver
{
public:
    /** Allocates. @param firstFrame  the place in the stream of the first frame, a multiple of the plan's largest
        block: convolvers that begin at different places agree in every bit once their past is the same. */
    explicit Convolver (std::shared_ptr<const KernelSpectra>, uint64_t firstFrame = 0);

    /** Writes `numFrames` frames of every output, each the sum of its paths in their given order, or silence. An
        output may be an input. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames) noexcept;

    /** Takes frames as process() does, the first at a multiple of 1024 of the stream and a multiple of 1024 of them,
        when the output of `framesUntilHeard` frames, at least these, is heard by nobody: in a fraction of the time, and
        what sounds later is the same in every bit. [any] */
    void listen (const float* const* inputs, size_t numFrames, uint64_t framesUntilHeard) noexcept;

    /** Forgets the past input, and begins at the start of a stream: what follows equals a new convolver's in every bit.
        Marks the past as not to be read instead of clearing it. Returns how many floats it cleared: a few for each
        channel, whatever the kernel's length. [audio] */
    size_t reset() noexcept;

    const PartitionPlan& plan() const noexcept { return spectra->plan(); }

    /** Of its own buffers, and with the kernel's, which others may share. [any] */
    size_t sizeInBytes() const noexcept { return buffer.sizeInBytes(); }
    size_t sizeWithKernelInBytes() const noexcept { return buffer.sizeInBytes() + spectra->sizeInBytes(); }

    /** What a plan's convolver takes. */
    static size_t numFloats (const PartitionPlan&) noexcept;

private:
    /** Channels that paths connect, directly or through others. */
    struct Component
    {
        struct Output
        {
            size_t channel, place;          // of all, and in the component
            std::vector<DirectPath> heads;  // their windows are set for every sum
            std::vector<size_t> headInputs; // the channels that they listen to
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

    const size_t ringLength;   // of the inputs
    const size_t chunkLength;  // all stages' periods but the first's begin at multiples of it
    std::vector<float*> rings; // each after a margin that holds the end once more
    std::vector<const float*> blocks;
    std::vector<Component> components;
    std::vector<size_t> silentOutputs;
    std::vector<UniformConvolver> spread; // with growing blocks

    size_t position = 0;                      // of the stream, modulo the rings' length
    double costPerFrame = 0.0, balance = 0.0; // ns, as predicted
};

} // namespace faltwerk
