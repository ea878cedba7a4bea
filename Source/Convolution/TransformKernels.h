#pragma once

#include <cstddef>

namespace faltwerk
{

/** The inner loops of Transform, compiled for one instruction set.

    All pointers are aligned to cache lines; see Transform for the arithmetic. Twiddles of a pass are up to four roots,
    real and imaginary part in turn; those of a leaf are the same four for its rows, then for each of them one vector of
    real and one of imaginary parts, a lane for each column's node. */
struct TransformKernels
{
    /** A pass of radix 2, 4 or 8: columns from..to - 1 of rows that are `rowLength` apart. Reads real samples, if there
        are any, instead of the real parts, and no imaginary ones. */
    void (*forwardPass) (size_t radix,
                         const float* samples,
                         float* real,
                         float* imaginary,
                         size_t rowLength,
                         size_t from,
                         size_t to,
                         const float* twiddles);

    /** Likewise; with an output, adds to `overlap` and replaces it. */
    void (*inversePass) (size_t radix,
                         float* real,
                         float* imaginary,
                         size_t rowLength,
                         size_t from,
                         size_t to,
                         const float* twiddles,
                         float* output,
                         float* overlap);

    /** Leaves of 32 or 64 points, `count` in a row: from points to groups of bins. The groups' real parts begin at
        `binsReal` and are `stride` apart, the imaginary ones likewise; each leaf's twiddles follow the one before. */
    void (*forwardLeaves) (size_t leafSize,
                           size_t count,
                           const float* samples,
                           const float* real,
                           const float* imaginary,
                           float* binsReal,
                           float* binsImaginary,
                           size_t stride,
                           const float* twiddles);

    /** Likewise from groups of bins to points; with an output, as inversePass. */
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

/** Those for the machine, or for the target chosen by simd::ScopedTarget. [any, not audio] */
const TransformKernels& transformKernels();

/** How many floats the twiddles of a pass and of a leaf take. */
constexpr size_t passTwiddles = 16;

constexpr size_t leafTwiddles (size_t leafSize) { return passTwiddles + 8 * (leafSize / 8); }

} // namespace faltwerk
