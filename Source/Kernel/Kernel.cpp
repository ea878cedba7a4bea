#include "Kernel/Kernel.h"

#include "Kernel/Reading/KernelCheck.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace faltwerk
{

namespace
{

std::string decimal (double value, const char* format)
{
    char text[64];
    std::snprintf (text, sizeof text, format, value);
    return text;
}

} // namespace

Outcome<Kernel> makeKernel (std::vector<std::vector<float>> channels,
                            double sampleRate,
                            std::string name,
                            const ChannelChoice& choice)
{
    KernelCheck check (channels.size(), sampleRate, choice);
    check.add (channels);

    if (auto complaint = check.complaint (name); ! complaint.empty())
        return Outcome<Kernel>::failure (std::move (complaint));

    auto arranged = arrange (std::move (channels), choice);

    if (std::all_of (arranged.paths.begin(), arranged.paths.end(),
                     [] (const auto& path)
                     { return std::all_of (path.begin(), path.end(), [] (float x) { return x == 0.0f; }); }))
        return Outcome<Kernel>::failure (
            "'" + name + "' cannot be a kernel: the channels that are used of it are silent. Choose others.");

    Kernel kernel;
    kernel.routing = arranged.routing;
    kernel.numMatrixInputs = arranged.numMatrixInputs;
    kernel.paths = std::move (arranged.paths);
    kernel.sampleRate = sampleRate;
    kernel.name = std::move (name);
    kernel.remark = std::move (arranged.remark);
    return kernel;
}

std::string routingAsText (const Kernel& kernel)
{
    switch (kernel.routing)
    {
        case Routing::mono:
            return "mono";
        case Routing::stereo:
            return "stereo";
        case Routing::trueStereo:
            return "true stereo";
        case Routing::perChannel:
            return std::to_string (kernel.paths.size()) + (kernel.paths.size() == 1 ? " channel" : " channels");
        case Routing::matrix:
            break;
    }

    return std::to_string (kernel.numMatrixInputs) + " x "
           + std::to_string (kernel.paths.size() / std::max<size_t> (kernel.numMatrixInputs, 1)) + " matrix";
}

std::string remarkOn (const Kernel& kernel)
{
    constexpr float mostOfSound = 16.0f; // 24 dB above full scale: more are integers, not samples
    float peak = 0.0f;

    for (const auto& path : kernel.paths)
        for (const float x : path)
            peak = std::max (peak, std::abs (x));

    if (peak > mostOfSound)
        return "'" + kernel.name + "' reaches " + decimal (double { peak }, "%.6g") + ", "
               + decimal (20.0 * std::log10 (double { peak }), "%.0f dB")
               + " above full scale. Normalise it, or divide it.";

    if (kernel.lengthInFrames() != 1)
        return {};

    const auto sentence = "'" + kernel.name + "' has a single sample: ";
    const float gain = kernel.paths.front().front();

    for (const auto& path : kernel.paths)
        if (path.front() != gain)
            return sentence + "it changes levels and nothing else.";

    return sentence + "it changes the level by " + decimal (20.0 * std::log10 (std::abs (double { gain })), "%.1f dB")
           + (gain < 0.0f ? ", inverts it, and does nothing else." : " and nothing else.");
}

} // namespace faltwerk
