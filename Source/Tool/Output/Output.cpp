#include "Tool/Output/Output.h"

#include "Kernel/Writing/OutputFile.h"
#include "Tool/Options/ChoiceOption.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Output/Console.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
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

/** The words of --format, with the ending of each. */
const Choices<OutputFormat> formatNames { { "wav", OutputFormat::wave },   { "aiff", OutputFormat::aiff },
                                          { "flac", OutputFormat::flac },  { "caf", OutputFormat::caf },
                                          { "w64", OutputFormat::wave64 }, { "ogg", OutputFormat::oggVorbis },
                                          { "csv", OutputFormat::numbers } };

OutputFormat formatOf (const Output& output)
{
    return output.format.value_or (outputFormatOf (output.path).value_or (OutputFormat::wave));
}

SampleFormat sampleFormatFor (const Output& output, OutputFormat kind)
{
    const int bits = output.bits > 0 ? output.bits : kind == OutputFormat::flac ? 24 : 32;

    if (bits == 16)
        return output.isDithered ? SampleFormat::dithered16 : SampleFormat::int16;

    return bits == 24 ? SampleFormat::int24 : SampleFormat::float32;
}

} // namespace

void addOutputOptions (CLI::App& command,
                       Output& output,
                       std::string (*complain) (const std::string& path),
                       const std::string& names)
{
    command.add_option ("--output,-o", output.path, "The result: " + std::string (writtenEndings) + ";\n" + names)
        ->check (complain)
        ->type_name ("FILE")
        ->required();
    addForce (command, output.replacesFiles);
    addChoice<OutputFormat> (
        command, "--format", [&output] (OutputFormat format) { output.format = format; }, formatNames,
        "Format of what has no ending, as standard output: wav, aiff, flac, caf, w64, ogg or csv (default: wav)")
        ->type_name ("FORMAT");
    addChoice<int> (command, "--bits", output.bits, { { "16", 16 }, { "24", 24 }, { "32", 32 } },
                    "16, 24, or 32 for float (default: 32, FLAC: 24)")
        ->type_name ("BITS");
    command.add_flag_function (
        "--no-dither", [&output] (int64_t) { output.isDithered = false; },
        "Round to 16 bits without dither, which changes no sample that has 16 bits already");
    addNumber (
        command, "--out-gain", [&output] (double gainDb) { output.gainDb = gainDb; }, { -200.0, 200.0, "dB" },
        "Gain of all that is written, in dB (default: 0)");
    console::addQuiet (command);
}

void addForce (CLI::App& command, bool& replacesFiles)
{
    command.add_flag ("--force,-f", replacesFiles, "Replace files that exist; without, they are kept");
}

std::string complaintAboutExisting (const std::string& path, bool replacesFiles)
{
    if (replacesFiles || ! isFileWithContent (path))
        return {};

    return "'" + path + "' exists and was kept. Replace it with --force, or choose another name.";
}

std::string complaintAbout (const Output& output)
{
    const auto byEnding = outputFormatOf (output.path);

    if (output.format && output.path != standardOutput && ! isPipeOrDevice (output.path) && output.format != byEnding)
        return "the ending of '" + output.path + "' names another format than --format. Leave out --format.";

    if (output.path == standardOutput && formatOf (output) != OutputFormat::numbers && console::isTerminal (stdout))
        return "standard output is a terminal, which shows no sound. Send it to a program or a file, or use --format "
               "csv.";

    return complaintAboutExisting (output.path, output.replacesFiles);
}

std::string write (SoundHeader sound, const Output& output, const GivePieces& give)
{
    if (auto complaint = complaintAbout (output); ! complaint.empty())
        return complaint;

    if (sound.sampleRate == 0.0)
        sound.sampleRate = 48000.0;

    const auto kind = formatOf (output);
    const auto format = sampleFormatFor (output, kind);
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

    auto problem = writeSoundInPieces (output.path, kind, format, sound, giveAmplified);

    if (problem.empty() && mayClip && clipping.numClipped > 0)
        console::warn ((output.path == standardOutput ? "" : "'" + output.path + "': ")
                       + clipping.sentence (output.gainDb));

    return problem;
}

std::string write (const Sound& sound, const Output& output)
{
    return write (headerFor (sound), output,
                  [&sound] (const TakePiece& take)
                  {
                      take (sound.channels, 0, sound.lengthInFrames());
                      return std::string();
                  });
}

} // namespace faltwerk::tool
