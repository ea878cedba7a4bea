#include "Kernel/KernelRouting.h"

#include <algorithm>

namespace faltwerk
{

size_t numOutputsOf (const Kernel& kernel, size_t numInputs) noexcept
{
    return kernel.routing == Routing::mono ? numInputs : std::max<size_t> (numInputs, 2);
}

Kernel matchedToOutputs (const Kernel& kernel, size_t numOutputs)
{
    if (kernel.routing == Routing::mono || numOutputs > 1)
        return kernel;

    Kernel mono { { std::vector<float> (kernel.lengthInFrames()) }, kernel.sampleRate, Routing::mono, kernel.name };

    for (const auto& path : kernel.paths)
        for (size_t n = 0; n < path.size(); ++n)
            mono.paths[0][n] += path[n] * 0.5f;

    return mono;
}

std::vector<KernelPath> connect (const Kernel& kernel, size_t numInputs, size_t numOutputs)
{
    std::vector<KernelPath> paths;
    const auto input = [numInputs] (size_t channel) { return std::min (channel, numInputs - 1); };

    if (kernel.routing == Routing::trueStereo)
    {
        for (size_t path = 0; path < 4; ++path)
            paths.push_back ({ input (path / 2), path % 2, kernel.paths[path] });

        return paths;
    }

    for (size_t output = 0; output < numOutputs; ++output)
        paths.push_back ({ input (output), output, kernel.paths[std::min (output, kernel.paths.size() - 1)] });

    return paths;
}

} // namespace faltwerk
