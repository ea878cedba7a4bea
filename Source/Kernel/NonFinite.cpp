#include "Kernel/NonFinite.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace faltwerk
{

std::optional<NonFinite> findNonFinite (std::span<const std::vector<float>> channels)
{
    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        const auto& samples = channels[channel];
        const auto found = std::find_if (samples.begin(), samples.end(), [] (float x) { return ! std::isfinite (x); });

        if (found != samples.end())
            return NonFinite { channel, static_cast<size_t> (found - samples.begin()), std::isinf (*found) };
    }

    return {};
}

std::string inWords (const NonFinite& place, double sampleRate)
{
    char time[64] = "";

    if (sampleRate > 0.0)
        std::snprintf (time, sizeof time, " (%.6f s)", static_cast<double> (place.frame) / sampleRate);

    return "channel " + std::to_string (place.channel + 1) + " holds a value that is "
           + (place.isInfinite ? "infinite" : "not a number") + " at frame " + std::to_string (place.frame) + time;
}

} // namespace faltwerk
