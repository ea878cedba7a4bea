#include "Kernel/Measuring/Response.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

CircularResponse::CircularResponse (std::vector<float> samplesToUse, long long earliest)
    : samples (std::move (samplesToUse))
    , numSamples (static_cast<long long> (samples.size()))
    , highest (earliest)
{
    for (long long place = earliest; place < earliest + numSamples; ++place)
        if (std::abs ((*this)[place]) > std::abs ((*this)[highest]))
            highest = place;
}

long long CircularResponse::arrival (long long lookBack, long long pulse) const noexcept
{
    const float top = std::abs ((*this)[highest]);
    long long first = highest;

    for (long long place = highest; place > highest - lookBack; --place)
        if (std::abs ((*this)[place]) > 0.1f * top)
            first = place;

    long long arrival = first;

    for (long long place = first; place <= std::min (first + pulse, highest); ++place)
        if (std::abs ((*this)[place]) > std::abs ((*this)[arrival]))
            arrival = place;

    return arrival;
}

double CircularResponse::prominenceInDb() const noexcept
{
    const double energy = energyBetween (0, numSamples), top = static_cast<double> (std::abs ((*this)[highest]));
    return energy > 0.0 ? 10.0 * std::log10 (top * top * static_cast<double> (numSamples) / energy) : 0.0;
}

double CircularResponse::sharpness() const noexcept
{
    double squares = 0.0, fourths = 0.0;

    for (const float x : samples)
    {
        const double power = static_cast<double> (x) * static_cast<double> (x);
        squares += power;
        fourths += power * power;
    }

    return squares > 0.0 ? fourths / (squares * squares) : 0.0;
}

double CircularResponse::energyBetween (long long first, long long last) const noexcept
{
    double energy = 0.0;

    for (long long place = first; place < last; ++place)
        energy += std::pow (static_cast<double> ((*this)[place]), 2);

    return energy;
}

} // namespace faltwerk
