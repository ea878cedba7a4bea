#include "Kernel/Measuring/KernelEnding.h"

#include "Kernel/Analysis/Decay/Decay.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

double decibels (double power) { return 10.0 * std::log10 (std::max (power, 1e-300)); }

/** The level of a kernel over time, as the mean power of all paths over some milliseconds. */
struct Power
{
    Power (const Kernel& kernel, double seconds)
        : window (static_cast<size_t> (std::max (1.0, seconds * kernel.sampleRate)))
        , sums (kernel.lengthInFrames() + 1)
    {
        for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        {
            double sum = 0.0;

            for (const auto& path : kernel.paths)
                sum += static_cast<double> (path[n]) * static_cast<double> (path[n]);

            sums[n + 1] = sums[n] + sum;
        }
    }

    double from (size_t first) const
    {
        const size_t last = std::min (first + window, sums.size() - 1);
        return last > first ? (sums[last] - sums[first]) / static_cast<double> (last - first) : 0.0;
    }

    double highest() const
    {
        double most = 0.0;

        for (size_t n = 0; n + window < sums.size(); ++n)
            most = std::max (most, from (n));

        return std::max (most, from (0));
    }

    size_t window;
    std::vector<double> sums; // of the energy before a frame
};

} // namespace

KernelEnding findEnding (const Kernel& kernel, double noise)
{
    const auto decay = analyseBroadbandDecay (kernel);
    const size_t length = kernel.lengthInFrames();
    const Power fine (kernel, 0.012), coarse (kernel, 0.05);
    const double highest = fine.highest(), fromBefore = decibels (highest / std::max (noise, 1e-300));
    const double last = fine.from (length - std::min (length, fine.window));
    KernelEnding ending { fromBefore, decibels (last / highest), false, length };

    if (decay.hasNoise && decay.rangeInDb > fromBefore - 10.0)
    {
        ending.snrInDb = decay.rangeInDb;
        ending.noiseWasReached = true;
        ending.crossing = findOnset (kernel) + static_cast<size_t> (decay.crossingInSeconds * kernel.sampleRate);
    }
    else if (last < 2.0 * noise)
    {
        ending.noiseWasReached = true;
        ending.crossing = 0;

        for (size_t n = 0; n + coarse.window < length; n += coarse.window / 2 + 1)
            if (coarse.from (n) > 2.0 * noise)
                ending.crossing = n + coarse.window / 2;

        ending.crossing = std::max (ending.crossing, fine.window);
    }

    return ending;
}

void fadeEnds (Kernel& kernel, size_t preRoll, const KernelEnding& ending)
{
    const size_t crossing = std::max (ending.crossing, std::min (preRoll, kernel.lengthInFrames()));
    const size_t length = std::min (kernel.lengthInFrames(), crossing + crossing / 5 + 1);
    const bool isCut = ! ending.noiseWasReached && ending.endInDb > -60.0;
    const size_t fadeOut = std::max<size_t> (
        1, std::min (length - std::min (length, crossing) + (isCut ? length / 10 : length / 50), length));

    for (auto& path : kernel.paths)
    {
        path.resize (length);

        for (size_t n = 0; n < preRoll / 2; ++n)
            path[n] *= (static_cast<float> (n) + 0.5f) / static_cast<float> (preRoll / 2);

        for (size_t n = 0; n < fadeOut; ++n)
            path[length - 1 - n] *= static_cast<float> (
                0.5 - 0.5 * std::cos (pi * (static_cast<double> (n) + 0.5) / static_cast<double> (fadeOut)));
    }
}

} // namespace faltwerk
