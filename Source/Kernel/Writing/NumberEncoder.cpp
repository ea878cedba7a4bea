#include "Kernel/Writing/NumberEncoder.h"

#include <juce_core/juce_core.h>

#include <cstdio>
#include <string>

namespace faltwerk
{

namespace
{

/** Returns the heading of columns, without which whole numbers between commas could be decimal ones; none for one
    column. */
std::string labelLine (size_t numChannels)
{
    if (numChannels == 2)
        return "left,right\n";

    if (numChannels == 4)
        return "LL,LR,RL,RR\n";

    std::string line;

    for (size_t channel = 1; numChannels > 1 && channel <= numChannels; ++channel)
        line += (channel > 1 ? ",channel " : "channel ") + std::to_string (channel);

    return line.empty() ? line : line + "\n";
}

bool writeText (juce::OutputStream& stream, const std::string& text)
{
    return text.empty() || stream.write (text.data(), text.size());
}

} // namespace

NumberEncoder::NumberEncoder (juce::OutputStream& destination, size_t numChannels)
    : stream (destination)
    , isGood (writeText (stream, labelLine (numChannels)))
{
}

bool NumberEncoder::write (std::span<const std::vector<float>> channels, size_t first, size_t size)
{
    for (size_t n = first; isGood && n < first + size; ++n)
    {
        std::string line;

        for (const auto& channel : channels)
        {
            char number[32];
            std::snprintf (number, sizeof number, "%.9g", static_cast<double> (channel[n]));

            for (char* c = number; *c != 0; ++c) // whatever the locale
                if (*c == ',')
                    *c = '.';

            line += (line.empty() ? "" : ",") + std::string (number);
        }

        isGood = writeText (stream, line + '\n');
    }

    return isGood;
}

} // namespace faltwerk
