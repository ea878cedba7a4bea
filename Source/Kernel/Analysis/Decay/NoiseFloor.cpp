#include "Kernel/Analysis/Decay/NoiseFloor.h"

#include "Kernel/Analysis/Decay/LineFit.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace faltwerk
{

namespace
{

double meanOf (const std::vector<float>& energy, size_t first, size_t last)
{
    if (first >= last)
        return 0.0;

    return std::accumulate (energy.begin() + static_cast<std::ptrdiff_t> (first),
                            energy.begin() + static_cast<std::ptrdiff_t> (last), 0.0)
           / static_cast<double> (last - first);
}

/** The level of consecutive intervals, in dB. */
struct Levels
{
    Levels (const EnergyOverTime& source, size_t first, size_t end, size_t interval)
    {
        for (size_t n = first; n + interval <= end; n += interval)
        {
            times.push_back (source.timeOf (n) + 0.5 * static_cast<double> (interval) / source.sampleRate);
            levels.push_back (10.0 * std::log10 (std::max (meanOf (source.energy, n, n + interval), 1e-300)));
        }
    }

    size_t loudest() const
    {
        return static_cast<size_t> (std::max_element (levels.begin(), levels.end()) - levels.begin());
    }

    /** Returns the first interval from another on whose level is below a limit, or the number of all. */
    size_t firstBelow (double limit, size_t from) const
    {
        while (from < levels.size() && levels[from] >= limit)
            ++from;

        return from;
    }

    Line fit (size_t first, size_t last) const
    {
        LineFit fit;

        for (size_t n = first; n < last; ++n)
            fit.add (times[n], levels[n]);

        return fit.line();
    }

    std::vector<double> times, levels;
};

} // namespace

NoiseFloor findNoiseFloor (const EnergyOverTime& source, size_t end)
{
    const size_t first = std::min (source.origin, end), length = end - first;
    const size_t lastTenth = end - length / 10;
    NoiseFloor floor;
    floor.crossing = end;
    floor.power = meanOf (source.energy, std::min (lastTenth, end > 0 ? end - 1 : 0), end);

    const auto samples = [&source] (double seconds)
    { return static_cast<size_t> (std::max (1.0, std::round (seconds * source.sampleRate))); };
    const size_t longest = std::max<size_t> (length / 20, 1);
    size_t interval = std::clamp (samples (0.01), size_t { 1 }, longest);
    Line line;
    size_t tail = lastTenth;

    for (int round = 0; round < 6; ++round)
    {
        const Levels levels (source, first, end, interval);
        const double noise = 10.0 * std::log10 (std::max (floor.power, 1e-300));
        const size_t loudest = levels.loudest();
        const size_t last = levels.firstBelow (noise + (round == 0 ? 10.0 : 8.0), loudest);
        const size_t from = round == 0 ? loudest : std::min (levels.firstBelow (noise + 28.0, loudest), last);

        if (last - from < 3)
            break;

        line = levels.fit (from, last);

        if (! (line.slope < 0.0))
            return floor;

        floor.fallRate = -line.slope;

        // The time at which the line meets the noise, and 7 dB of decay after it.
        const double crossing = (noise - line.offset) / line.slope;
        const auto toSample = [&] (double seconds)
        {
            const double sample = seconds * source.sampleRate + static_cast<double> (source.origin);
            return static_cast<size_t> (std::clamp (sample, static_cast<double> (first), static_cast<double> (end)));
        };
        floor.crossing = toSample (crossing);
        tail = std::min (toSample (crossing + 7.0 / floor.fallRate), lastTenth);
        floor.power = meanOf (source.energy, tail, end);
        interval = std::clamp (samples (2.0 / floor.fallRate), std::min (samples (0.001), longest), longest);
    }

    if (floor.fallRate == 0.0 || tail >= end)
        return floor;

    // If it is noise, its halves are equally loud within the random deviation of a mean of this many independent
    // values.
    const size_t middle = tail + (end - tail) / 2;
    const double half = static_cast<double> (end - tail) / 2.0 / source.sampleRate;
    const double chance = 3.0 * 4.34 * std::sqrt (2.0 / std::max (source.bandwidth * half, 1.0));
    const double fall = 10.0
                        * std::log10 (std::max (meanOf (source.energy, tail, middle), 1e-300)
                                      / std::max (meanOf (source.energy, middle, end), 1e-300));
    floor.isNoise = fall < std::max (0.5 * floor.fallRate * half, std::min (chance, 3.0));

    if (! floor.isNoise)
        floor.crossing = end;

    floor.powerAtCrossing = std::pow (10.0, (line.offset + line.slope * source.timeOf (floor.crossing)) / 10.0);
    return floor;
}

} // namespace faltwerk
