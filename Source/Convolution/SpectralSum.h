#pragma once

#include <cstddef>

namespace faltwerk
{

/** One path of a sum: the spectra of a kernel's partitions and those of an input, for one group of 16 bins.

    A spectrum's group is 16 real parts and 16 imaginary ones. Partition p stands at kernel + 32 p, followed by
    `SpectralSums::tileSize` groups of zeros. The input's spectra are a ring of which the newest stands at `newest` and
    each older one 32 floats further, wrapping after `beforeWrap` of them to `ringStart`. */
struct SpectralPath
{
    const float* kernel;
    const float* newest;
    const float* ringStart;
    size_t beforeWrap;
};

/** How far apart, in floats, the groups of a stage's data are. */
struct SpectralLayout
{
    size_t kernelStride, inputStride, sumStride;
    bool fetchesAhead; // whether the next leaf's data are fetched early: they do not fit a near cache
};

/** The inner loops of a frequency-domain delay line: Y[t] = sum over paths and partitions p of H[p] X[t - p].

    Read as it stands, every product costs two loads from the kernel and two from the delay line, and a core waits for
    its caches. So a *tile* of four successive blocks of output is summed in one go, as far as the input is known: each
    spectrum is loaded once and used four times, which leaves the multipliers as the limit. What a block then lacks are
    its products with the newest few spectra. Every sum has one order, whatever the schedule. */
struct SpectralSums
{
    static constexpr size_t tileSize = 4, groupSize = 16, groupFloats = 32, leafGroups = 4;

    /** Sums a tile for one group: sums[t] = (or, with `add`, +=) sum over q < numProducts of H[q + t] X[newest - q],
        for t = 0..3, path after path. The kernels of the paths already begin at the partition that meets the newest
        spectrum. [audio] */
    void (*tile) (const SpectralPath* paths,
                  size_t numPaths,
                  size_t numProducts,
                  bool add,
                  float* const* sums,
                  const SpectralLayout&);

    /** The rest of a block for the four groups of a leaf, of which the paths show the first: result = sum + sum over
        p < numProducts of H[p] X[newest - p], with `lead` products for the group that has just begun its tile, whose
        sum is the newest, and one more for each group before it. @param phase  the block's number modulo four
        @param numHeard  how many of the newest spectra count: of older ones nothing is read, nor of a sum that began
        with them @param sums  the first group's sum of this block  @param result  [group][32] [audio] */
    void (*finishLeaf) (const SpectralPath* paths,
                        size_t numPaths,
                        size_t phase,
                        size_t lead,
                        size_t numHeard,
                        const float* sums,
                        float* result,
                        const SpectralLayout&);
};

/** Those for the machine, or for the target chosen by simd::ScopedTarget. [any, not audio] */
const SpectralSums& spectralSums();

} // namespace faltwerk
