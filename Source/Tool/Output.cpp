#include "Tool/Output.h"

#include "Kernel/OutputFormat.h"
#include "Tool/ChoiceOption.h"
#include "Tool/NumberOption.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace faltwerk::tool
{

namespace
{

/** Says how far integers would clip, and which --out-gain instead of the present one avoids it. */
void reportClipping (const Sound& sound, double presentGainDb)
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

    const double overDb = 20.0 * std::log10 (static_cast<double> (peak));
    const double gainDb = std::floor ((presentGainDb - overDb) * 10.0) / 10.0;
    char text[160];
    std::snprintf (text, sizeof text,
                   "faltwerk: %zu %s clipped (peak %.1f dB over full scale); --out-gain %.1f avoids it.\n", clipped,
                   clipped == 1 ? "sample" : "samples", overDb, gainDb);
    std::cerr << text;
}

void applyGain (Sound& sound, double gainDb)
{
    const double gain = std::pow (10.0, gainDb / 20.0);

    for (auto& channel : sound.channels)
        for (float& x : channel)
            x = static_cast<float> (x * gain);
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
    addNumber (
        command, "--out-gain", [&output] (double gainDb) { output.gainDb = gainDb; }, { -200.0, 200.0, "dB" },
        "Gain of all that is written, in dB (default: 0)");
}

std::string write (Sound sound, const Output& output)
{
    if (sound.sampleRate == 0.0)
        sound.sampleRate = 48000.0;

    if (output.gainDb != 0.0)
        applyGain (sound, output.gainDb);

    const auto kind = outputFormatOf (output.path);
    const int bits = output.bits > 0 ? output.bits : kind == OutputFormat::flac ? 24 : 32;
    const auto format = bits == 16 ? SampleFormat::int16 : bits == 24 ? SampleFormat::int24 : SampleFormat::float32;

    if (format != SampleFormat::float32 && kind != OutputFormat::numbers)
        reportClipping (sound, output.gainDb);

    return writeSound (output.path, sound, format);
}

} // namespace faltwerk::tool
