#include "Kernel/Kernel.h"

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

/** What is wrong with a number of channels; empty if nothing is. */
std::string complaintAbout (size_t numChannels, ChannelLayout layout, size_t numMatrixInputs)
{
    const auto count = "it has " + std::to_string (numChannels) + (numChannels == 1 ? " channel" : " channels");
    const auto most = std::to_string (mostKernelChannels);

    if (layout == ChannelLayout::trueStereoByInput || layout == ChannelLayout::trueStereoByOutput)
        return numChannels == 4 ? "" : count + ", and true stereo needs 4.";

    if (layout != ChannelLayout::matrix)
        return numChannels <= mostKernelChannels
                   ? ""
                   : count + ", and at most " + most + " are possible. Read it as a matrix, or leave some out.";

    if (numMatrixInputs < 1 || numMatrixInputs > mostKernelChannels)
        return "a matrix has 1 to " + most + " inputs, and " + std::to_string (numMatrixInputs) + " are asked for.";

    if (numChannels % numMatrixInputs != 0)
        return count + ", which is no multiple of the matrix's " + std::to_string (numMatrixInputs)
               + " inputs. Give another number of inputs.";

    if (numChannels / numMatrixInputs > mostKernelChannels)
        return count + ", which with " + std::to_string (numMatrixInputs) + " inputs are "
               + std::to_string (numChannels / numMatrixInputs) + " outputs, and at most " + most + " are possible.";

    return {};
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
    const auto fail = [&name] (const std::string& what)
    { return Outcome<Kernel>::failure ("'" + name + "' cannot be a kernel: " + what); };

    const size_t numFrames = channels.empty() ? 0 : channels.front().size();

    if (numFrames == 0)
        return fail ("it holds no audio. Choose a file with at least one sample.");

    if (! (sampleRate >= 0.0) || std::isinf (sampleRate))
        return fail ("its sample rate is not a number of hertz.");

    if (numFrames > longestKernelInFrames)
        return fail ("it has " + std::to_string (numFrames) + " frames, and at most "
                     + std::to_string (longestKernelInFrames) + " (60 s at 192 kHz) are possible. Shorten it first.");

    if (const auto complaint = complaintAbout (channels.size(), layout, numMatrixInputs); ! complaint.empty())
        return fail (complaint);

    bool silent = true;

    for (size_t channel = 0; channel < channels.size(); ++channel)
    {
        for (size_t n = 0; n < numFrames; ++n)
        {
            if (! std::isfinite (channels[channel][n]))
            {
                const auto position = sampleRate > 0.0 ? decimal (static_cast<double> (n) / sampleRate, "%.3f s")
                                                       : "sample " + std::to_string (n + 1);
                return fail ("channel " + std::to_string (channel + 1) + " holds a value that is not a number at "
                             + position + ". Export the file again.");
            }

            silent = silent && channels[channel][n] == 0.0f;
        }
    }

    if (silent)
        return fail ("it is silent. Choose a file with sound in it.");

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
