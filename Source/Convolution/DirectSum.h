#pragma once

#include <cstddef>

namespace faltwerk
{

/** One path of a direct sum: flipped taps, and the input's window: the sample at `window` meets the oldest tap of the
    first output. */
struct DirectPath
{
    const float* flippedTaps;
    const float* window;
};

/** The inner loop of the sliding dot product. */
struct DirectSums
{
    /** Taps come in 64s; a kernel is padded with zeros at its end, which is the beginning of its flipped taps. The
        window is read up to 64 samples beyond the last output's. */
    static constexpr size_t tapGranularity = 64, readAhead = 64;

    /** output[n] = sum over paths and taps, plus addends[0][n], addends[1][n], ...; nothing may overlap the output.

        The order of each sum is fixed: taps 16 apart follow one another in sixteen partial sums, those are added
        pairwise, 8 apart, then 4, 2 and 1; then come the next path, and the addends. So a sample is the same whether
        it is summed beside others, in the lanes of vectors, or alone, its taps in the lanes. [audio] */
    void (*sum) (const DirectPath* paths,
                 size_t numPaths,
                 size_t numTaps,
                 const float* const* addends,
                 size_t numAddends,
                 float* output,
                 size_t numFrames);
};

/** That for the machine, or for the target chosen by simd::ScopedTarget. [any, not audio] */
const DirectSums& directSums();

} // namespace faltwerk
