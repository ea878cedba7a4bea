#include "Kernel/Analysis/PeakOutline.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

double PeakOutline::levelDbAt (double seconds) const noexcept
{
    if (levels.empty())
        return static_cast<double> (lowestDb);

    const double place = std::clamp (seconds / step, 0.0, static_cast<double> (levels.size() - 1));
    const auto first = std::min (static_cast<size_t> (place), levels.size() - 1);
    const auto next = std::min (first + 1, levels.size() - 1);
    const double share = place - static_cast<double> (first);
    return static_cast<double> (levels[first]) * (1.0 - share) + static_cast<double> (levels[next]) * share;
}

PeakOutline outlineOf (const Overview& overview,
                       size_t firstFrame,
                       size_t endFrame,
                       double sampleRate,
                       size_t numLevels)
{
    PeakOutline outline;
    const size_t lengthInFrames = endFrame > firstFrame ? endFrame - firstFrame : 0;
    numLevels = std::clamp<size_t> (lengthInFrames, 1, numLevels);
    outline.step = static_cast<double> (lengthInFrames) / sampleRate / static_cast<double> (numLevels);
    std::vector<float> peaks;

    for (size_t n = 0; n < numLevels; ++n)
    {
        const auto at = [&] (size_t stretch) { return firstFrame + stretch * lengthInFrames / numLevels; };
        const float peak = overview.extentOf (at (n), at (n + 1)).peak();
        peaks.push_back (peak > 0.0f ? std::max (20.0f * std::log10 (peak), PeakOutline::lowestDb)
                                     : PeakOutline::lowestDb);
    }

    // A bell over a few stretches, narrower at the ends.
    constexpr int reach = 6;

    for (int n = 0; n < static_cast<int> (numLevels); ++n)
    {
        float sum = 0.0f, weights = 0.0f;

        for (int d = -reach; d <= reach; ++d)
        {
            if (n + d < 0 || n + d >= static_cast<int> (numLevels))
                continue;

            const float weight = std::exp (-0.5f * static_cast<float> (d * d) / 9.0f);
            sum += weight * peaks[static_cast<size_t> (n + d)];
            weights += weight;
        }

        outline.levels.push_back (sum / weights);
    }

    return outline;
}

} // namespace faltwerk
