#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Convolution/Vector/DirectSums.cpp"
#include <hwy/foreach_target.h> // compiles this file once for each target
#include <hwy/highway.h>

#include "Convolution/Vector/DirectSums.h"

#include <iterator>

HWY_BEFORE_NAMESPACE();
namespace faltwerk::HWY_NAMESPACE
{
namespace
{

namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using V = hn::Vec<Tag>;
constexpr size_t lanes = hn::MaxLanes (Tag()), chunk = DirectSums::tapGranularity, partials = 16;

/** The partial sum s of several vectors of outputs: taps s, s + 16, s + 32, ... Each vector of the window is loaded
    once for the four taps of a chunk that it meets. */
template <size_t vectors>
struct Partial
{
    V sum[vectors];

    HWY_INLINE Partial (const float* taps, const float* window, size_t numTaps, size_t s)
    {
        const Tag d;
        constexpr size_t tapsInChunk = chunk / partials, step = partials / lanes;

        for (size_t v = 0; v < vectors; ++v)
            sum[v] = hn::Zero (d);

        for (size_t first = s; first < numTaps; first += chunk)
        {
            V seen[vectors + (tapsInChunk - 1) * step];

            for (size_t n = 0; n < std::size (seen); ++n)
                seen[n] = hn::LoadU (d, window + first + n * lanes);

            for (size_t tap = 0; tap < tapsInChunk; ++tap)
            {
                const V h = hn::Set (d, taps[first + tap * partials]);

                for (size_t v = 0; v < vectors; ++v)
                    sum[v] = hn::MulAdd (h, seen[v + tap * step], sum[v]);
            }
        }
    }

    HWY_INLINE Partial& operator+= (const Partial& other)
    {
        for (size_t v = 0; v < vectors; ++v)
            sum[v] = hn::Add (sum[v], other.sum[v]);

        return *this;
    }
};

/** Sums all taps of one path: partial sums are added in pairs, those 8 apart first. */
template <size_t vectors, size_t stride = 1>
HWY_INLINE Partial<vectors> sumOfPartials (const float* taps, const float* window, size_t numTaps, size_t s = 0)
{
    if constexpr (stride == partials)
    {
        return { taps, window, numTaps, s };
    }
    else
    {
        auto sum = sumOfPartials<vectors, 2 * stride> (taps, window, numTaps, s);
        sum += sumOfPartials<vectors, 2 * stride> (taps, window, numTaps, s + stride);
        return sum;
    }
}

/** Sums several vectors of outputs, the last of which may be incomplete. */
template <size_t vectors>
HWY_INLINE void sumVectors (const DirectPath* paths,
                            size_t numPaths,
                            size_t numTaps,
                            const float* const* addends,
                            size_t numAddends,
                            float* output,
                            size_t first,
                            size_t numFrames)
{
    const Tag d;
    Partial<vectors> sum = sumOfPartials<vectors> (paths[0].flippedTaps, paths[0].window + first, numTaps);

    for (size_t n = 1; n < numPaths; ++n)
        sum += sumOfPartials<vectors> (paths[n].flippedTaps, paths[n].window + first, numTaps);

    for (size_t v = 0; v < vectors; ++v)
    {
        const size_t place = first + v * lanes;

        if (place + lanes <= numFrames)
        {
            for (size_t n = 0; n < numAddends; ++n)
                sum.sum[v] = hn::Add (sum.sum[v], hn::LoadU (d, addends[n] + place));

            hn::StoreU (sum.sum[v], d, output + place);
            continue;
        }

        HWY_ALIGN float cut[lanes];
        hn::Store (sum.sum[v], d, cut);

        for (size_t lane = 0; place + lane < numFrames; ++lane)
        {
            for (size_t n = 0; n < numAddends; ++n)
                cut[lane] += addends[n][place + lane];

            output[place + lane] = cut[lane];
        }
    }
}

/** Returns the sum of a vector's lanes, by adding its halves repeatedly. */
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE float foldLanes (Tag, V v) { return hn::GetLane (v); }
#else
template <typename D>
HWY_INLINE float foldLanes (D, hn::Vec<D> v)
{
    if constexpr (hn::MaxLanes (D()) == 1)
    {
        return hn::GetLane (v);
    }
    else
    {
        const hn::Half<D> half;
        return foldLanes (half, hn::Add (hn::LowerHalf (half, v), hn::UpperHalf (half, v)));
    }
}
#endif

/** Sums one output, with taps in the lanes. */
HWY_INLINE float sumAlone (const float* taps, const float* window, size_t numTaps)
{
    const Tag d;
    constexpr size_t numVectors = partials / lanes;
    V partial[numVectors];

    for (size_t n = 0; n < numVectors; ++n)
    {
        partial[n] = hn::Zero (d);

        for (size_t tap = n * lanes; tap < numTaps; tap += partials)
            partial[n] = hn::MulAdd (hn::Load (d, taps + tap), hn::LoadU (d, window + tap), partial[n]);
    }

    for (size_t stride = numVectors / 2; stride > 0; stride /= 2)
        for (size_t n = 0; n < stride; ++n)
            partial[n] = hn::Add (partial[n], partial[n + stride]);

    return foldLanes (d, partial[0]);
}

void sum (const DirectPath* paths,
          size_t numPaths,
          size_t numTaps,
          const float* const* addends,
          size_t numAddends,
          float* output,
          size_t numFrames)
{
    constexpr size_t fewFrames = 4;

    if (numFrames <= fewFrames || numPaths == 0)
    {
        for (size_t n = 0; n < numFrames; ++n)
        {
            float y = 0.0f;

            for (size_t path = 0; path < numPaths; ++path)
            {
                const float addend = sumAlone (paths[path].flippedTaps, paths[path].window + n, numTaps);
                y = path == 0 ? addend : y + addend;
            }

            for (size_t addend = 0; addend < numAddends; ++addend)
                y += addends[addend][n];

            output[n] = y;
        }

        return;
    }

    constexpr size_t most = lanes >= 8 ? 4 : 2;
    size_t first = 0;

    for (; first + (most - 1) * lanes < numFrames; first += most * lanes)
        sumVectors<most> (paths, numPaths, numTaps, addends, numAddends, output, first, numFrames);

    for (; first < numFrames; first += lanes)
        sumVectors<1> (paths, numPaths, numTaps, addends, numAddends, output, first, numFrames);
}

} // namespace

const DirectSums* getDirectSums()
{
    static constexpr DirectSums sums { sum };
    return &sums;
}

} // namespace faltwerk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace faltwerk
{

HWY_EXPORT (getDirectSums);

const DirectSums& directSums() { return *HWY_DYNAMIC_DISPATCH (getDirectSums)(); }

} // namespace faltwerk
#endif
