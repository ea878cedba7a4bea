#pragma once

#include <cstddef>

namespace faltwerk
{

/** One path of a sum, for one group of 16 bins: the spectra of a kernel's partitions, and those of an input.

    A group is 16 real parts followed by 16 imaginary parts, aligned to cache lines. Partition p is at kernel + 32 p;
    after the last one come tileSize - 1 groups of zeros. The input's spectra form a ring: the newest is at
    `newest`, each older one 32 floats further; after `beforeWrap` of them the ring continues at `ringStart`. */
struct SpectralPath
{
    const float* kernel;
    const float* newest;
    const float* ringStart;
    size_t beforeWrap;
};

/** Distances between the groups of a stage's data, in floats. */
struct SpectralLayout
{
    size_t kernelStride, inputStride, sumStride;
    bool fetchesAhead; // prefetch the data of the next leaf, if a near cache cannot hold them
};

/** The inner loops of a frequency-domain delay line: Y[t] = sum over paths and partitions p of H[p] X[t - p].

    Summed block by block, every product would cost two loads from the kernel and two from the delay line, and memory
    would be the limit. So a *tile* of four successive blocks of output is summed at once, from the spectra that are
    known: each is loaded once and used four times, and the multipliers become the limit. The products with the few
    newest spectra are added later, block by block. Every sum has one order, whatever the schedule. */
struct SpectralSums
{
    static constexpr size_t tileSize = 4, groupSize = 16, groupFloats = 32, leafGroups = 4;

    /** Sums a tile for one group: sums[t] = sum over q < numProducts of H[q + t] X[newest - q] for t = 0..3, path after
        path; += in place of = if `add`. The kernel pointers of the paths are those of the partition that is multiplied
        with the newest spectrum. [audio] */
    void (*tile) (const SpectralPath* paths,
                  size_t numPaths,
                  size_t numProducts,
                  bool add,
                  float* const* sums,
                  const SpectralLayout&);

    /** Completes a block for the four groups of a leaf: result = sum + sum over p < numProducts of H[p] X[newest - p].
        numProducts is `lead` for the group that begins its tile in this block, and one more for each block since a
        group has begun it. @param paths  pointers of the leaf's first group  @param phase  the block's number modulo 4
        @param numUsed  number of newest spectra to use; older ones, and sums that contain them, are not read
        @param sums  this block's sum of the first group  @param result  [group][32] [audio] */
    void (*finishLeaf) (const SpectralPath* paths,
                        size_t numPaths,
                        size_t phase,
                        size_t lead,
                        size_t numUsed,
                        const float* sums,
                        float* result,
                        const SpectralLayout&);
};

/** Returns the loops for this machine's processor, or for the target chosen by simd::ScopedTarget. [not audio] */
const SpectralSums& spectralSums();

} // namespace faltwerk
