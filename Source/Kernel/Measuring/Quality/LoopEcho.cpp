#include "Kernel/Measuring/Quality/LoopEcho.h"

#include "Kernel/Measuring/TakeAlignment.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

LoopEcho findEcho (const CircularResponse& response, long long arrival, long long end, double sampleRate)
{
    const auto at = [&] (double ms) { return std::llround (ms * sampleRate / 1000.0); };
    long long copy = arrival + at (5.0);

    for (long long n = copy; n < end; ++n)
        if (std::abs (response[n]) > std::abs (response[copy]))
            copy = n;

    if (copy + at (1.0) >= end)
        return {};

    const auto place = align (response, arrival, response, copy, sampleRate, 0.001);
    const double first = response.energyBetween (arrival - at (1.0), arrival + at (1.0)),
                 second = response.energyBetween (copy - at (1.0), copy + at (1.0));

    // The same shape, well above what is between and around.
    const double between = response.energyBetween (arrival + at (2.0), copy - at (2.0))
                           / static_cast<double> (std::max (copy - arrival - at (4.0), 1LL));
    const double behind = response.energyBetween (copy + at (2.0), copy + at (5.0)) / static_cast<double> (at (3.0));
    const double top = std::pow (static_cast<double> (response[copy]), 2);

    if (! (std::abs (place.similarity) > 0.95) || top < 1e3 * std::max (between, behind) || second < 1e-4 * first
        || second > 0.9 * first)
        return {};

    return { place.delay / sampleRate, 10.0 * std::log10 (second / first) };
}

} // namespace faltwerk
