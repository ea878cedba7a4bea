#pragma once

#include <cstddef>

namespace faltwerk
{

/** The inner loops of Transform, compiled for one instruction set.

    All pointers are aligned to cache lines; see Transform for the arithmetic. The twiddles of a pass are up to four
    roots, each a real and an imaginary part. Those of a leaf are the four roots of its rows, then for each of them a
    vector of real parts and one of imaginary parts, with a lane for the node of each column. */
struct TransformLoops
{
    /** Runs columns from..to - 1 of a pass of radix 2, 4 or 8 on rows that are `rowLength` apart. Reads `samples` in
        place of real and imaginary parts unless it is null. */
    void (*forwardPass) (size_t radix,
                         const float* samples,
                         float* real,
                         float* imaginary,
                         size_t rowLength,
                         size_t from,
                         size_t to,
                         const float* twiddles);

    /** Runs the inverse pass in place or, unless `output` is null, writes output = overlap + real parts and
        overlap = imaginary parts. */
    void (*inversePass) (size_t radix,
                         float* real,
                         float* imaginary,
                         size_t rowLength,
                         size_t from,
                         size_t to,
                         const float* twiddles,
                         float* output,
                         float* overlap);

    /** Transforms `count` consecutive leaves of 32 or 64 points to groups of bins. The real parts of the groups are
        `stride` apart from `binsReal` on, the imaginary parts from `binsImaginary` on. The twiddles of the leaves are
        consecutive. */
    void (*forwardLeaves) (size_t leafSize,
                           size_t count,
                           const float* samples,
                           const float* real,
                           const float* imaginary,
                           float* binsReal,
                           float* binsImaginary,
                           size_t stride,
                           const float* twiddles);

    /** Transforms leaves back, from groups of bins to points; `output` as in inversePass. */
    void (*inverseLeaves) (size_t leafSize,
                           size_t count,
                           const float* binsReal,
                           const float* binsImaginary,
                           size_t stride,
                           float* real,
                           float* imaginary,
                           const float* twiddles,
                           float* output,
                           float* overlap);
};

/** Returns the loops for this machine's processor, or for the target chosen by simd::ScopedTarget. [not audio] */
const TransformLoops& transformLoops();

/** Sizes of the twiddles of a pass and of a leaf, in floats. */
constexpr size_t passTwiddles = 16;

constexpr size_t leafTwiddles (size_t leafSize) { return passTwiddles + 8 * (leafSize / 8); }

} // namespace faltwerk
