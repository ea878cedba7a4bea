#include "Kernel/Kernel.h"

#include "Kernel/KernelCheck.h"

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

Routing routingOf (size_t numChannels, ChannelLayout layout)
{
    if (layout == ChannelLayout::matrix)
        return Routing::matrix;

    if (layout == ChannelLayout::perChannel)
        return Routing::perChannel;

    return numChannels == 1   ? Routing::mono
           : numChannels == 2 ? Routing::stereo
           : numChannels == 4 ? Routing::trueStereo
                              : Routing::perChannel;
}

} // namespace

Outcome<Kernel> makeKernel (std::vector<std::vector<float>> channels,
                            double sampleRate,
                            std::string name,
                            ChannelLayout layout,
                            size_t numMatrixInputs)
{
    KernelCheck check (channels.size(), sampleRate, layout, numMatrixInputs);
    check.add (channels);

    if (auto complaint = check.complaint (name); ! complaint.empty())
        return Outcome<Kernel>::failure (std::move (complaint));

    Kernel kernel;
    kernel.routing = routingOf (channels.size(), layout);
    kernel.numMatrixInputs = layout == ChannelLayout::matrix ? numMatrixInputs : 0;

    if (layout == ChannelLayout::trueStereoByOutput)
        std::swap (channels[1], channels[2]);

    kernel.paths = std::move (channels);
    kernel.sampleRate = sampleRate;
    kernel.name = std::move (name);
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
