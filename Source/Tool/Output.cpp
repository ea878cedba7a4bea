#include "Tool/Output.h"

#include "Kernel/OutputFormat.h"
#include "Tool/ChoiceOption.h"
#include "Tool/NumberOption.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <span>
#include <vector>

namespace faltwerk::tool
{

namespace
{

/** Counts the samples that integers would clip. */
struct Clipping
{
    float peak = 0.0f;
    size_t numClipped = 0;

    void add (std::span<const float> samples)
    {
        for (const float x : samples)
        {
            peak = std::max (peak, std::abs (x));
            numClipped += std::abs (x) > 1.0f ? 1u : 0u;
        }
    }

    /** Returns how far samples are over full scale, and which --out-gain instead of the present one avoids it. */
    std::string sentence (double presentGainDb) const
    {
        const double overDb = 20.0 * std::log10 (static_cast<double> (peak));
        const double gainDb = std::floor ((presentGainDb - overDb) * 10.0) / 10.0;
        char text[160];
        std::snprintf (text, sizeof text, "%zu %s clipped (peak %.1f dB over full scale); --out-gain %.1f avoids it.",
                       numClipped, numClipped == 1 ? "sample" : "samples", overDb, gainDb);
        return text;
    }
};

SampleFormat sampleFormatFor (const Output& output, OutputFormat kind)
{
    const int bits = output.bits > 0 ? output.bits : kind == OutputFormat::flac ? 24 : 32;

    if (bits == 16)
        return output.isDithered ? SampleFormat::dithered16 : SampleFormat::int16;

    return bits == 24 ? SampleFormat::int24 : SampleFormat::float32;
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
    command.add_flag ("!--no-dither", output.isDithered,
                      "Round to 16 bits without dither; with it, samples that fit already still pass unchanged");
    addNumber (
        command, "--out-gain", [&output] (double gainDb) { output.gainDb = gainDb; }, { -200.0, 200.0, "dB" },
        "Gain of all that is written, in dB (default: 0)");
}

std::string write (SoundHeader sound, const Output& output, const GivePieces& give)
{
    if (sound.sampleRate == 0.0)
        sound.sampleRate = 48000.0;

    const auto kind = outputFormatOf (output.path);
    const auto format = sampleFormatFor (output, kind.value_or (OutputFormat::wave));
    const bool mayClip = format != SampleFormat::float32 && kind != OutputFormat::numbers;
    const double gain = std::pow (10.0, output.gainDb / 20.0);
    Clipping clipping;
    std::vector<std::vector<float>> amplified (sound.numChannels);

    const auto giveAmplified = [&] (const TakePiece& take)
    {
        return give (
            [&] (std::span<const std::vector<float>> channels, size_t first, size_t size)
            {
                if (output.gainDb == 0.0 && ! mayClip)
                    return take (channels, first, size);

                for (size_t channel = 0; channel < channels.size(); ++channel)
                {
                    const auto piece = std::span (channels[channel]).subspan (first, size);
                    amplified[channel].resize (size);
                    std::transform (piece.begin(), piece.end(), amplified[channel].begin(),
                                    [gain] (float x) { return static_cast<float> (x * gain); });
                    clipping.add (amplified[channel]);
                }

                return take (amplified, 0, size);
            });
    };

    auto problem = writeSoundInPieces (output.path, sound, format, giveAmplified);

    if (problem.empty() && mayClip && clipping.numClipped > 0)
        std::cerr << "faltwerk: " << clipping.sentence (output.gainDb) << '\n';

    return problem;
}

std::string write (const Sound& sound, const Output& output)
{
    return write ({ sound.channels.size(), sound.lengthInFrames(), sound.sampleRate, true }, output,
                  [&sound] (const TakePiece& take)
                  {
                      take (sound.channels, 0, sound.lengthInFrames());
                      return std::string();
                  });
}

} // namespace faltwerk::tool
