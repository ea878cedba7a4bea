#pragma once

#include "Convolution/Convolver.h"

#include <array>
#include <cstddef>
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

/** A kernel of several paths between several channels: mono, stereo, true stereo. Each output is the sum of its paths,
    in their given order. No paths give silence. */
class MatrixConvolver
{
public:
    /** Takes the taps of every path; allocates. */
    MatrixConvolver (std::span<const KernelPath> paths, size_t numInputs, size_t numOutputs);

    /** Writes `numFrames` samples of every output. No output may be one of the inputs. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames) noexcept;

    /** Forgets the past input. [audio] */
    void reset() noexcept;

    /** The frames after which a replayed history leaves no trace of where it began. [any] */
    size_t lengthInFrames() const noexcept { return length; }

    /** A history is replayed from a multiple of this number of frames. [any] */
    size_t blockSize() const noexcept { return largestBlock; }

private:
    struct Path
    {
        size_t input, output;
        Convolver convolver;
    };

    static constexpr size_t chunkSize = 256;

    std::vector<Path> paths;
    size_t numOutputs;
    size_t length = 0;
    size_t largestBlock = 64;
    std::array<float, chunkSize> pathOutput {};
};

} // namespace faltwerk
