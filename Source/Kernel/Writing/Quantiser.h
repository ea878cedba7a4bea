#pragma once

#include "Kernel/Random.h"
#include "Kernel/Writing/OutputFormat.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

/** Turns samples into integers: rounds to nearest, clips, and gives 0 for what is not a number.

    Dither is noise of triangular density, the sum of two uniform variables of +-1/2 step each, from a fixed seed: it
    makes mean and variance of the error independent of the sound (S. P. Lipshitz, R. A. Wannamaker, J. Vanderkooy:
    Quantization and dither: a theoretical survey, J. Audio Eng. Soc. 40, 1992). A sample that already is an integer
    gets none, so that integers pass unchanged and silence stays silent. [any] */
class Quantiser
{
public:
    /** @param format  not float32 */
    explicit Quantiser (SampleFormat format) noexcept
        : isDithered (format == SampleFormat::dithered16)
        , bits (format == SampleFormat::int24 ? 24 : 16)
        , scale (std::ldexp (1.0, bits - 1))
    {
    }

    int numBits() const noexcept { return bits; }

    /** Returns an integer from -2^(bits - 1) to 2^(bits - 1) - 1 for a sample, of which 1 is full scale. */
    int operator() (float x) noexcept
    {
        if (std::isnan (x))
            return 0;

        const double scaled = static_cast<double> (x) * scale, nearest = std::nearbyint (scaled);
        const bool isRounded = isDithered && scaled != nearest;
        const double value = isRounded ? std::nearbyint (scaled + random.uniform() - random.uniform()) : nearest;
        return static_cast<int> (std::clamp (value, -scale, scale - 1.0));
    }

private:
    bool isDithered;
    int bits;
    double scale;
    Random random { 1 };
};

} // namespace faltwerk
