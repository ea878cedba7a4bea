#include "Kernel/Measuring/LoopLatency.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

void takeOffLoop (Deconvolved& result, double seconds)
{
    result.loopLatency = seconds;

    if (result.comesBeforeLoop())
        return;

    auto& kernel = result.kernel;
    const auto framesOf = [&kernel] (double time) { return std::llround (time * kernel.sampleRate); };
    const long long delay = framesOf (result.latency) - framesOf (seconds), // of the first sound, from now on
        late = delay - framesOf (preRollInSeconds);

    for (auto& path : kernel.paths)
    {
        if (late < 0)
            path.erase (path.begin(), path.begin() + std::min (-late, static_cast<long long> (path.size()) - 1));
        else
            path.insert (path.begin(), static_cast<size_t> (late), 0.0f);

        path.resize (std::min (path.size(), longestKernelInFrames));
    }
}

} // namespace faltwerk
