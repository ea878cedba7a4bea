#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Convolution/Vector/SpectralSums.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h> // compiles this file once for each target
#include <hwy/highway.h>

#include "Convolution/Vector/SpectralSums.h"

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace faltwerk::HWY_NAMESPACE
{
namespace
{

namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using V = hn::Vec<Tag>;

constexpr size_t tileSize = SpectralSums::tileSize, groupSize = SpectralSums::groupSize,
                 groupFloats = SpectralSums::groupFloats, leafGroups = SpectralSums::leafGroups;

/** Computes sum += h x, complex, for one vector of bins. */
HWY_INLINE void addProduct (const float* h, V xr, V xi, V& sumReal, V& sumImaginary)
{
    const Tag d;
    const V hr = hn::Load (d, h), hi = hn::Load (d, h + groupSize);
    sumReal = hn::MulAdd (hr, xr, sumReal);
    sumImaginary = hn::MulAdd (hr, xi, sumImaginary);
    sumReal = hn::NegMulAdd (hi, xi, sumReal);
    sumImaginary = hn::MulAdd (hi, xr, sumImaginary);
}

/** Prefetches both cache lines of a group. */
HWY_INLINE void fetch (const float* group)
{
    hwy::Prefetch (group);
    hwy::Prefetch (group + groupSize);
}

template <bool fetching>
HWY_INLINE void sumTile (const SpectralPath* paths,
                         size_t numPaths,
                         size_t numProducts,
                         bool add,
                         float* const* sums,
                         const SpectralLayout& layout)
{
    const Tag d;
    const SpectralLayout ahead { leafGroups * layout.kernelStride, leafGroups * layout.inputStride,
                                 leafGroups * layout.sumStride, true };

    if constexpr (fetching)
        for (size_t t = 0; t < tileSize; ++t)
            fetch (sums[t] + ahead.sumStride);

    for (size_t lane = 0; lane < groupSize; lane += hn::Lanes (d))
    {
        V r0 = hn::Zero (d), r1 = r0, r2 = r0, r3 = r0, i0 = r0, i1 = r0, i2 = r0, i3 = r0;

        if (add)
        {
            r0 = hn::Load (d, sums[0] + lane);
            i0 = hn::Load (d, sums[0] + groupSize + lane);
            r1 = hn::Load (d, sums[1] + lane);
            i1 = hn::Load (d, sums[1] + groupSize + lane);
            r2 = hn::Load (d, sums[2] + lane);
            i2 = hn::Load (d, sums[2] + groupSize + lane);
            r3 = hn::Load (d, sums[3] + lane);
            i3 = hn::Load (d, sums[3] + groupSize + lane);
        }

        for (size_t n = 0; n < numPaths; ++n)
        {
            const float* h = paths[n].kernel + lane;
            const float* x = paths[n].newest + lane;
            size_t count = std::min (numProducts, paths[n].beforeWrap);

            for (size_t rest = numProducts - count;; count = rest, rest = 0)
            {
                for (; count > 0; --count, h += groupFloats, x += groupFloats)
                {
                    const V xr = hn::Load (d, x), xi = hn::Load (d, x + groupSize);
                    addProduct (h, xr, xi, r0, i0);
                    addProduct (h + groupFloats, xr, xi, r1, i1);
                    addProduct (h + 2 * groupFloats, xr, xi, r2, i2);
                    addProduct (h + 3 * groupFloats, xr, xi, r3, i3);

                    if constexpr (fetching)
                    {
                        if (lane == 0)
                        {
                            fetch (h + ahead.kernelStride);
                            fetch (x + ahead.inputStride);
                        }
                    }
                }

                if (rest == 0)
                    break;

                x = paths[n].ringStart + lane;
            }
        }

        hn::Store (r0, d, sums[0] + lane);
        hn::Store (i0, d, sums[0] + groupSize + lane);
        hn::Store (r1, d, sums[1] + lane);
        hn::Store (i1, d, sums[1] + groupSize + lane);
        hn::Store (r2, d, sums[2] + lane);
        hn::Store (i2, d, sums[2] + groupSize + lane);
        hn::Store (r3, d, sums[3] + lane);
        hn::Store (i3, d, sums[3] + groupSize + lane);
    }
}

void tile (const SpectralPath* paths,
           size_t numPaths,
           size_t numProducts,
           bool add,
           float* const* sums,
           const SpectralLayout& layout)
{
    if (layout.fetchesAhead)
        sumTile<true> (paths, numPaths, numProducts, add, sums, layout);
    else
        sumTile<false> (paths, numPaths, numProducts, add, sums, layout);
}

void finishLeaf (const SpectralPath* paths,
                 size_t numPaths,
                 size_t phase,
                 size_t lead,
                 size_t numUsed,
                 const float* sums,
                 float* result,
                 const SpectralLayout& layout)
{
    const Tag d;
    const bool fetching = layout.fetchesAhead;

    for (size_t group = 0; group < leafGroups; ++group, sums += layout.sumStride, result += groupFloats)
    {
        const size_t age = (phase + group) % tileSize; // of the tile, in blocks
        const size_t numProducts = std::min (age + lead, numUsed);
        const bool hasTile = age < numUsed;

        if (fetching)
            fetch (sums + leafGroups * layout.sumStride);

        for (size_t lane = 0; lane < groupSize; lane += hn::Lanes (d))
        {
            V sumReal = hn::Zero (d), sumImaginary = sumReal;

            if (hasTile)
            {
                sumReal = hn::Load (d, sums + lane);
                sumImaginary = hn::Load (d, sums + groupSize + lane);
            }

            for (size_t n = 0; n < numPaths; ++n)
            {
                const float* h = paths[n].kernel + group * layout.kernelStride + lane;
                const float* x = paths[n].newest + group * layout.inputStride + lane;

                for (size_t p = 0; p < numProducts; ++p, h += groupFloats, x += groupFloats)
                {
                    if (p == paths[n].beforeWrap)
                        x = paths[n].ringStart + group * layout.inputStride + lane;

                    addProduct (h, hn::Load (d, x), hn::Load (d, x + groupSize), sumReal, sumImaginary);

                    if (fetching && lane == 0)
                    {
                        fetch (h + leafGroups * layout.kernelStride);
                        fetch (x + leafGroups * layout.inputStride);
                    }
                }
            }

            hn::Store (sumReal, d, result + lane);
            hn::Store (sumImaginary, d, result + groupSize + lane);
        }
    }
}

} // namespace

const SpectralSums* getSpectralSums()
{
    static constexpr SpectralSums sums { tile, finishLeaf };
    return &sums;
}

} // namespace faltwerk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace faltwerk
{

HWY_EXPORT (getSpectralSums);

const SpectralSums& spectralSums() { return *HWY_DYNAMIC_DISPATCH (getSpectralSums)(); }

} // namespace faltwerk
#endif
