#include "Tool/Output.h"

#include "Kernel/OutputFormat.h"
#include "Tool/ChoiceOption.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace faltwerk::tool
{

namespace
{

/** Says how far integers would clip, and the gain that avoids it. */
void reportClipping (const Sound& sound)
{
    float peak = 0.0f;
    size_t clipped = 0;

    for (const auto& channel : sound.channels)
    {
        for (const float x : channel)
        {
            peak = std::max (peak, std::abs (x));
            clipped += std::abs (x) > 1.0f ? 1u : 0u;
        }
    }

    if (clipped == 0)
        return;

    const double gainDb = std::floor (-20.0 * std::log10 (static_cast<double> (peak)) * 10.0) / 10.0;
    char text[160];
    std::snprintf (text, sizeof text,
                   "faltwerk: %zu samples clipped (peak %.1f dB over full scale); a gain of %.1f dB avoids it.\n",
                   clipped, 20.0 * std::log10 (static_cast<double> (peak)), gainDb);
    std::cerr << text;
}

} // namespace

void addOutputOptions (CLI::App& command, Output& output)
{
    command.add_option ("--output,-o", output.path, "The result: " + std::string (writtenEndings))
        ->check (complaintAboutEnding)
        ->type_name ("FILE")
        ->required();
    addChoice<int> (command, "--bits", output.bits, { { "16", 16 }, { "24", 24 }, { "32", 32 } },
                    "16, 24, or 32 for float (default: 32, FLAC: 24)")
        ->type_name ("BITS");
}

std::string write (Sound sound, const Output& output)
{
    if (sound.sampleRate == 0.0)
        sound.sampleRate = 48000.0;

    const auto kind = outputFormatOf (output.path);
    const int bits = output.bits > 0 ? output.bits : kind == OutputFormat::flac ? 24 : 32;
    const auto format = bits == 16 ? SampleFormat::int16 : bits == 24 ? SampleFormat::int24 : SampleFormat::float32;

    if (format != SampleFormat::float32 && kind != OutputFormat::numbers)
        reportClipping (sound);

    return writeSound (output.path, sound, format);
}

} // namespace faltwerk::tool
