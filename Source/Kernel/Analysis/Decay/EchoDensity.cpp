#include "Kernel/Analysis/Decay/EchoDensity.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

EchoDensity measureEchoDensity (std::span<const float> path, double sampleRate, double seconds)
{
    constexpr double windowInSeconds = 0.02, stepInSeconds = 0.0025;
    const auto half = static_cast<size_t> (std::max (1.0, windowInSeconds / 2.0 * sampleRate));
    const auto step = static_cast<size_t> (std::max (1.0, stepInSeconds * sampleRate));
    const auto length = std::min (path.size(), static_cast<size_t> (seconds * sampleRate));

    std::vector<double> window (2 * half + 1);

    for (size_t n = 0; n < window.size(); ++n)
        window[n] = 0.5
                    - 0.5
                          * std::cos (2.0 * std::numbers::pi * (static_cast<double> (n) + 1.0)
                                      / static_cast<double> (window.size() + 1));

    EchoDensity result;
    result.step = static_cast<double> (step) / sampleRate;
    result.mixingTime = Figure::none (Figure::Missing::tooShort);

    for (size_t centre = 0; centre < length; centre += step)
    {
        const size_t first = centre > half ? centre - half : 0, last = std::min (path.size(), centre + half + 1);
        const double* const weights = window.data() + (first + half - centre);
        double energy = 0.0, total = 0.0, outside = 0.0;

        for (size_t n = first; n < last; ++n)
        {
            const double x = static_cast<double> (path[n]);
            energy += weights[n - first] * x * x;
            total += weights[n - first];
        }

        const double variance = energy / total;

        for (size_t n = first; n < last; ++n)
        {
            const double x = static_cast<double> (path[n]);
            outside += x * x > variance ? weights[n - first] : 0.0;
        }

        const double density = outside / total / std::erfc (1.0 / std::numbers::sqrt2);
        result.density.push_back (static_cast<float> (density));

        if (! result.mixingTime && density >= 0.9)
            result.mixingTime = { static_cast<double> (centre) / sampleRate };
    }

    return result;
}

} // namespace faltwerk
