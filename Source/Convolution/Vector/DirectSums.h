#pragma once

#include <cstddef>

namespace faltwerk
{

/** One path of a direct sum. Output n is the dot product of the flipped taps with the samples from window + n on. The
    taps are aligned to cache lines; the window need not be. */
struct DirectPath
{
    const float* flippedTaps;
    const float* window;
};

/** The inner loop of the sliding dot product, compiled for one instruction set. */
struct DirectSums
{
    /** The number of taps is a multiple of 64: a kernel is padded with zeros at its end, which is the beginning of the
        flipped taps. The window is read up to 64 samples beyond those of the last output. */
    static constexpr size_t tapGranularity = 64, readAhead = 64;

    /** Computes output[n] = sum over paths and taps, plus addends[0][n], addends[1][n], ... for n < numFrames. The
        output must not overlap any other buffer.

        The order of each sum is fixed: sixteen partial sums, each over taps that are 16 apart, are added in pairs that
        are 8, then 4, 2 and 1 apart; then come the next path, and the addends. So a sample has the same value if
        several are summed at once in the lanes of vectors, and if it is summed alone with its taps in the lanes. Between
        instruction sets the last bits may differ, since some fuse the multiplication with the addition.
        [audio] */
    void (*sum) (const DirectPath* paths,
                 size_t numPaths,
                 size_t numTaps,
                 const float* const* addends,
                 size_t numAddends,
                 float* output,
                 size_t numFrames);
};

/** Returns the loop for this machine's processor, or for the target chosen by simd::ScopedTarget. [not audio] */
const DirectSums& directSums();

} // namespace faltwerk
