#include "Kernel/KernelRouting.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

/** Returns the outputs of a kernel whose paths go from every input to every output. */
size_t numMatrixOutputs (const Kernel& kernel) noexcept
{
    const size_t numInputs = kernel.routing == Routing::trueStereo ? 2 : kernel.numMatrixInputs;
    return numInputs > 0 ? kernel.paths.size() / numInputs : 0;
}

} // namespace

size_t numOutputsOf (const Kernel& kernel, size_t numInputs) noexcept
{
    switch (kernel.routing)
    {
        case Routing::mono:
            return numInputs;
        case Routing::stereo:
        case Routing::trueStereo:
            return std::max<size_t> (numInputs, 2);
        case Routing::perChannel:
            return numInputs == 1 ? kernel.paths.size() : std::min (numInputs, kernel.paths.size());
        case Routing::matrix:
            break;
    }

    return numMatrixOutputs (kernel);
}

Kernel matchedToOutputs (Kernel kernel, size_t numOutputs)
{
    if (kernel.routing == Routing::mono || numOutputs > 1)
        return kernel;

    const bool isMatrix = kernel.routing == Routing::trueStereo || kernel.routing == Routing::matrix;
    const size_t numMixed = std::max<size_t> (isMatrix ? numMatrixOutputs (kernel) : kernel.paths.size(), 1);
    const float gain = 1.0f / static_cast<float> (numMixed);
    Kernel mono { { std::vector<float> (kernel.lengthInFrames()) }, kernel.sampleRate, Routing::mono, kernel.name };

    for (const auto& path : kernel.paths)
        for (size_t n = 0; n < path.size(); ++n)
            mono.paths[0][n] += path[n] * gain;

    return mono;
}

std::vector<Connection> connectionsOf (const Kernel& kernel, size_t numInputs, size_t numOutputs)
{
    std::vector<Connection> connections;

    if (numInputs == 0 || kernel.paths.empty())
        return connections;

    const auto add = [&] (size_t input, size_t output, size_t path)
    {
        const size_t heard = numInputs == 1 ? 0 : input;

        if (heard < numInputs && output < numOutputs)
            connections.push_back ({ heard, output, path });
    };

    if (kernel.routing == Routing::trueStereo || kernel.routing == Routing::matrix)
    {
        const size_t columns = numMatrixOutputs (kernel);

        for (size_t path = 0; columns > 0 && path < kernel.paths.size(); ++path)
            add (path / columns, path % columns, path);
    }
    else if (kernel.routing == Routing::perChannel)
    {
        for (size_t path = 0; path < kernel.paths.size(); ++path)
            add (path, path, path);
    }
    else
    {
        for (size_t output = 0; output < numOutputs; ++output)
            add (std::min (output, numInputs - 1), output, std::min (output, kernel.paths.size() - 1));
    }

    return connections;
}

std::vector<KernelPath> pathsAlong (const std::vector<Connection>& connections, const Kernel& kernel)
{
    std::vector<KernelPath> paths;

    for (const auto& each : connections)
        paths.push_back ({ each.input, each.output, kernel.paths[each.path] });

    return paths;
}

std::vector<KernelPath> connect (const Kernel& kernel, size_t numInputs, size_t numOutputs)
{
    return pathsAlong (connectionsOf (kernel, numInputs, numOutputs), kernel);
}

std::string partThatIsHeard (const Kernel& kernel, size_t numInputs, size_t numOutputs)
{
    if (numInputs == 0 || numOutputs == 0
        || (numOutputs == 1 && kernel.routing != Routing::mono)) // which is their mean
        return {};

    const auto paths = connect (kernel, numInputs, numOutputs);
    const auto isHeard = [&paths] (const std::vector<float>& taps)
    {
        return std::any_of (paths.begin(), paths.end(),
                            [&taps] (const KernelPath& path) { return path.taps.data() == taps.data(); });
    };
    const auto numHeard = static_cast<size_t> (std::count_if (kernel.paths.begin(), kernel.paths.end(), isHeard));
    size_t numWithoutPath = 0;

    for (size_t input = 0; input < numInputs; ++input)
        if (std::none_of (paths.begin(), paths.end(), [input] (const KernelPath& path) { return path.input == input; }))
            ++numWithoutPath;

    std::string text;

    if (numHeard < kernel.paths.size())
        text = std::to_string (numHeard) + " of its " + std::to_string (kernel.paths.size()) + " paths, with "
               + std::to_string (numInputs) + " channels in and " + std::to_string (numOutputs) + " out";

    if (numWithoutPath > 0)
        text += (text.empty() ? "" : "; ") + std::to_string (numWithoutPath) + " of the sound's "
                + std::to_string (numInputs) + " channels " + (numWithoutPath == 1 ? "has" : "have") + " no path in it";

    return text.empty() ? text : "in part: " + text;
}

} // namespace faltwerk
