#include "Kernel/Analysis/Levels.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

Levels measureLevels (const Kernel& kernel) noexcept
{
    Levels levels;
    const size_t numFrames = kernel.lengthInFrames();

    if (numFrames == 0)
        return levels;

    double energy = 0.0;

    for (size_t path = 0; path < kernel.paths.size(); ++path)
    {
        double sum = 0.0;

        for (size_t n = 0; n < numFrames; ++n)
        {
            const double x = static_cast<double> (kernel.paths[path][n]);
            energy += x * x;
            sum += x;

            if (std::abs (x) > levels.peak)
            {
                levels.peak = std::abs (x);
                levels.peakFrame = n;
                levels.peakPath = path;
            }
        }

        if (const double dc = sum / static_cast<double> (numFrames); std::abs (dc) > std::abs (levels.dc))
            levels.dc = dc;
    }

    const double numPaths = static_cast<double> (kernel.paths.size());
    levels.energy = energy / numPaths * kernel.sampleRate / 48000.0;
    levels.rms = std::sqrt (energy / numPaths / static_cast<double> (numFrames));

    double left = 0.0;

    for (levels.framesTo60dB = numFrames; levels.framesTo60dB > 0; --levels.framesTo60dB)
    {
        for (const auto& path : kernel.paths)
        {
            const double x = static_cast<double> (path[levels.framesTo60dB - 1]);
            left += x * x;
        }

        if (left > energy * 1e-6)
            break;
    }

    return levels;
}

} // namespace faltwerk
