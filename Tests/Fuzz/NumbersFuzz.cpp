// Bytes as a text of numbers: whatever they are, finite numbers or an error that names what is wrong.

#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Sound.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace faltwerk;

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    const auto numbers = parseNumbers ({ reinterpret_cast<const char*> (data), size });

    if (! numbers)
    {
        if (numbers.error().empty())
            std::abort();

        return 0;
    }

    const bool hasRate = numbers->sampleRate >= lowestSampleRate && numbers->sampleRate <= highestSampleRate;

    if (numbers->channels.empty() || ! (hasRate || numbers->sampleRate == 0.0))
        std::abort();

    for (const auto& channel : numbers->channels)
    {
        if (channel.empty() || channel.size() != numbers->channels.front().size())
            std::abort();

        for (const double number : channel)
            if (! std::isfinite (number))
                std::abort();
    }

    return 0;
}
