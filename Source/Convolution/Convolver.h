#pragma once

#include "Convolution/DirectConvolver.h"
#include "Convolution/UniformConvolver.h"

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** One kernel on one channel, with no latency, in callbacks of any size.

    The first N taps are a direct sliding dot product and answer at once. All later taps are a uniformly partitioned
    stage with block N: its output for a block is complete when the block is, one block before the first tap it holds is
    due. The cutting of the input into callbacks never changes a bit of the output, since every sum has a fixed order
    and a fixed place on a grid of N frames. */
class Convolver
{
public:
    /** Takes the M taps of the kernel; allocates. M = 0 gives silence. */
    explicit Convolver (std::span<const float> kernel);

    /** Writes `numFrames` output samples. `input` and `output` may be the same. [audio] */
    void process (const float* input, float* output, size_t numFrames) noexcept;

    /** Forgets the past input. [audio] */
    void reset() noexcept;

    /** N: the direct head's taps and the stage's block. A replayed history begins at a multiple of it. [any] */
    size_t blockSize() const noexcept { return stage.blockSize(); }

private:
    DirectConvolver head;
    UniformConvolver stage;
    std::vector<float> block;       // the present block of input, as far as it has come
    std::vector<float> stageOutput; // what the stage adds to the present block
    size_t position = 0;            // in the present block
};

} // namespace faltwerk
