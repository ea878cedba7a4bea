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

} // namespace

Outcome<Kernel> makeKernel (std::vector<std::vector<float>> channels, double sampleRate, std::string name)
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

    if (channels.size() != 1 && channels.size() != 2 && channels.size() != 4)
        return fail ("it has " + std::to_string (channels.size())
                     + " channels, and 1 (mono), 2 (stereo) or 4 (true stereo) are possible.");

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
    kernel.routing = channels.size() == 1   ? Routing::mono
                     : channels.size() == 2 ? Routing::stereo
                                            : Routing::trueStereo;
    kernel.paths = std::move (channels);
    kernel.sampleRate = sampleRate;
    kernel.name = std::move (name);
    return kernel;
}

} // namespace faltwerk
