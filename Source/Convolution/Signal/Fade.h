#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace faltwerk
{

/** Returns the gains of a fade-in: a raised cosine r from 0 to 1, or sin (r pi / 2) with `equalPower`, so that the
    squares of a fade and of its reverse add up to 1. @param length  in frames. [not audio] */
inline std::vector<float> risingFade (size_t length, bool equalPower)
{
    std::vector<float> gains (length);

    for (size_t n = 0; n < length; ++n)
    {
        const double position = (static_cast<double> (n) + 0.5) / static_cast<double> (length);
        const double raised = 0.5 - 0.5 * std::cos (position * std::numbers::pi);
        gains[n] = static_cast<float> (equalPower ? std::sin (raised * std::numbers::pi / 2.0) : raised);
    }

    return gains;
}

/** Reads a fade from a position on: forwards for rising gains, backwards for falling ones. [audio] */
class Fade
{
public:
    Fade (const std::vector<float>& gains, size_t position) noexcept
        : first (gains.data() + position)
        , last (gains.data() + gains.size() - 1 - position)
    {
    }

    float rising (size_t n) const noexcept { return first[n]; }
    float falling (size_t n) const noexcept { return *(last - n); }

private:
    const float *first, *last;
};

} // namespace faltwerk
