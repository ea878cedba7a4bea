#pragma once

#include "Kernel/Kernel.h"

#include <juce_core/juce_core.h>

namespace faltwerk
{

/** Returns the entries of a menu of a kernel's paths: the mean of all first, then each. */
inline juce::StringArray channelNames (const Kernel* kernel)
{
    juce::StringArray names { "Mean" };

    if (kernel == nullptr || kernel->paths.size() < 2)
        return names;

    if (kernel->routing == Routing::stereo)
        names.addArray ({ "Left", "Right" });
    else if (kernel->routing == Routing::trueStereo)
        names.addArray ({ "L to L", "L to R", "R to L", "R to R" });
    else
        for (size_t n = 1; n <= kernel->paths.size(); ++n)
            names.add (juce::String (n));

    return names;
}

/** Returns a kernel of one path alone; of all for channel 0. */
inline Kernel withChannel (const Kernel& kernel, int channel)
{
    const auto index = static_cast<size_t> (std::max (channel, 1)) - 1;

    if (channel == 0 || index >= kernel.paths.size())
        return kernel;

    return { { kernel.paths[index] }, kernel.sampleRate, Routing::mono, kernel.name };
}

} // namespace faltwerk
