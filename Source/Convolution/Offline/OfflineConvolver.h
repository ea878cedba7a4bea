#pragma once

#include "Convolution/Partition/KernelShape.h"
#include "Convolution/Vector/AlignedBuffer.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

class Transform;

/** Convolves a sound of any length in blocks, optimised for throughput and not for latency. Gives the full convolution.
    Its memory depends only on the kernel.

    Kernel and sound are divided into blocks of N frames. The right-angle transform of size N (see Transform) turns the
    product of two blocks into 2 N frames, of which the second half is added to the next block (overlap-add). Each block
    of an input is transformed once and each block of an output back once; between them, an output sums
    Y[t] = sum over its paths and their partitions p of H[p] X[t - p].

    If sound or kernel has at most `shortest` frames, sliding dot products in double precision are used in place of
    transforms. One thread at a time. [not audio] */
class OfflineConvolver
{
public:
    static constexpr size_t shortest = 64, unknownLength = static_cast<size_t> (-1);

    /** Prepares for some paths, whose taps must outlive the object. Throws std::bad_alloc.
        @param lengthOfSound  in frames, for the choice of method; `unknownLength` if it is not known
        @param blockSize  N, a power of two of at least 32; 0 chooses it for throughput */
    OfflineConvolver (std::span<const KernelPath> paths,
                      size_t numInputs,
                      size_t numOutputs,
                      size_t lengthOfSound = unknownLength,
                      size_t blockSize = 0);
    ~OfflineConvolver();

    /** Returns N, in frames. */
    size_t blockSize() const noexcept { return numFramesInBlock; }

    /** Writes N frames of each output: for the t-th call, frames t N to t N + N - 1 of the convolution.
        @param inputs  at least numFrames frames each
        @param numFrames  N for each block but the last of the sound, and 0 after it */
    void process (std::span<const std::vector<float>> inputs, size_t numFrames, std::span<std::vector<float>> outputs);

private:
    struct Spectrum
    {
        float *real, *imaginary; // N each
    };

    struct Path
    {
        size_t input, output;
        std::span<const float> taps;
        size_t firstPartition; // among the kernel's
    };

    size_t numPartitionsOf (const Path& path) const noexcept;
    void transformKernel (const std::vector<std::pair<std::span<const float>, size_t>>& parts);
    void processDirectly (std::span<const std::vector<float>> inputs,
                          size_t numFrames,
                          std::span<std::vector<float>> outputs);
    void sum (size_t output, Spectrum result) const noexcept;
    Spectrum spectrum (const AlignedBuffer& buffer, size_t index) const noexcept;

    const bool isDirect;
    const size_t numInputs, numOutputs;
    size_t numFramesInBlock, ringSize = 0, newest = 0;
    std::vector<Path> paths;

    // By transforms: kernels [partition], history [input][age as a ring], work [one], overlap [output][N].
    std::shared_ptr<const Transform> transform;
    AlignedBuffer kernels, history, work, overlap;

    // Directly: the frames that later output depends on; the first is frame `firstKept` of the sound.
    std::vector<std::vector<double>> signals, taps;
    size_t firstKept = 0, position = 0, longest = 0;
};

} // namespace faltwerk
