#include "Kernel/Measuring/Quality/Dropout.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double inside = 0.02, edge = 0.25; // of the power around: -17 and -6 dB

/** The power of a recording between frames. */
class Power
{
public:
    explicit Power (std::span<const float> recording)
        : sums (recording.size() + 1)
    {
        for (size_t n = 0; n < recording.size(); ++n)
            sums[n + 1] = sums[n] + static_cast<double> (recording[n]) * static_cast<double> (recording[n]);
    }

    double between (long long first, long long last) const
    {
        const long long size = static_cast<long long> (sums.size()) - 1;
        first = std::clamp (first, 0LL, size);
        last = std::clamp (last, 0LL, size);
        return last > first ? (sums[static_cast<size_t> (last)] - sums[static_cast<size_t> (first)])
                                  / static_cast<double> (last - first)
                            : 0.0;
    }

private:
    std::vector<double> sums;
};

} // namespace

Dropout findDropout (std::span<const float> recording, double sampleRate, const Sweep& law, double arrival)
{
    const Power power (recording);
    const auto framesIn = [sampleRate] (double seconds) { return static_cast<long long> (seconds * sampleRate); };
    const auto stop = std::min (framesIn (arrival + law.seconds), static_cast<long long> (recording.size()));
    Dropout found;

    // Short windows see short ones, and long windows those below 100 Hz, where a fast sweep leaves no time for them.
    for (const double seconds : { 0.001, 0.005, 0.025 })
    {
        if (seconds > law.growthTime() / 30.0)
            break;

        const auto window = framesIn (seconds), hop = std::max (window / 4, 1LL),
                   shortest = std::max (4 * window, framesIn (0.009));

        for (auto first = std::max (framesIn (arrival - 1.0), 4 * window); first < stop; first += hop)
        {
            const double before = power.between (first - 4 * window, first);

            if (power.between (first, first + window) > inside * before
                || power.between (first - window, first) < edge * before)
                continue;

            auto last = first + window;

            while (last < stop && power.between (last, last + window) < inside * before)
                last += hop;

            // What begins again is there at once, and loud.
            const double behind = power.between (last + window, last + 5 * window);
            const double length = static_cast<double> (last + window / 2 - first) / sampleRate;

            if (last + 5 * window <= stop && last - first > shortest && length > found.seconds
                && power.between (last + window, last + 2 * window) > edge * behind
                && power.between (first + window / 2, last - window / 2) < inside * std::min (before, behind))
                found = { static_cast<double> (first) / sampleRate, length };

            first = std::max (first, last - hop);
        }
    }

    return found;
}

} // namespace faltwerk
