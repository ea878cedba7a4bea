#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** Smallest, largest and mean square sample of a stretch. */
struct Extent
{
    float smallest = 0.0f, largest = 0.0f;
    double meanSquare = 0.0;

    /** Returns the largest magnitude. */
    float peak() const noexcept { return largest > -smallest ? largest : -smallest; }
};

/** A digest of a long signal for drawing: the extent of any stretch without touching all its samples.

    A pyramid of stretches: the lowest level sums up 32 samples each, every higher one two of the level below. A query
    takes the largest stretches that fit and the bare samples at both ends. Immutable after construction. */
class Overview
{
public:
    /** Looks at the samples once; `signal` must outlive the overview. */
    explicit Overview (std::span<const float> signal);

    /** Returns the extent of frames first..last - 1, cut to the signal; zeros if nothing is left. [any] */
    Extent extentOf (size_t first, size_t last) const noexcept;

private:
    struct Stretch
    {
        float smallest, largest;
        double sumOfSquares; // of which a float would overflow from 1e18 on
    };

    static constexpr size_t baseSize = 32;

    std::span<const float> samples;
    std::vector<std::vector<Stretch>> levels;
};

} // namespace faltwerk
