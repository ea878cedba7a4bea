// faltwerk render: a sound file (or numbers) through a kernel into a file.

#include "Convolution/OfflineConvolution.h"
#include "Kernel/KernelFile.h"
#include "Kernel/KernelPair.h"
#include "Kernel/KernelRouting.h"
#include "Kernel/Resampling.h"
#include "Tool/Commands.h"
#include "Tool/Modes.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>

namespace faltwerk::tool
{

namespace
{

struct RenderOptions
{
    std::string input, kernel, output;
    ConvolutionMode mode = ConvolutionMode::full;
    double mixPercent = 100.0, kernelRate = 0.0;
    int bits = 0; // 0: as many as the output's format can have
    bool pair = false;
};

/** Dry and wet gains of the mix law *balance*: both at 0 dB in the middle. */
struct Gains
{
    float dry, wet;
};

Gains gainsOf (double mixPercent)
{
    const double mix = mixPercent / 100.0;
    return { static_cast<float> (std::min (1.0, 2.0 - 2.0 * mix)), static_cast<float> (std::min (1.0, 2.0 * mix)) };
}

/** Every output channel of a sound through a kernel of the same rate. */
Sound apply (const Sound& input, const Kernel& kernel, ConvolutionMode mode, Gains gains)
{
    const size_t numOutputs = numOutputsOf (kernel, input.channels.size());
    const auto range = rangeOf (mode, input.lengthInFrames(), kernel.lengthInFrames());
    Sound output { std::vector<std::vector<float>> (numOutputs, std::vector<float> (range.length)), input.sampleRate };

    for (const auto& path : connect (kernel, input.channels.size(), numOutputs))
    {
        const auto convolved = faltwerk::convolve (input.channels[path.input], path.taps, mode);

        for (size_t n = 0; n < range.length; ++n)
            output.channels[path.output][n] += gains.wet * convolved[n];
    }

    if (gains.dry == 0.0f)
        return output;

    for (size_t channel = 0; channel < numOutputs; ++channel)
    {
        const auto& dry = input.channels[std::min (channel, input.channels.size() - 1)];

        for (size_t n = 0; n < range.length && range.first + n < dry.size(); ++n)
            output.channels[channel][n] += gains.dry * dry[range.first + n];
    }

    return output;
}

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

bool endsInFlac (std::string path)
{
    std::transform (path.begin(), path.end(), path.begin(),
                    [] (char c) { return c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c; });
    return path.ends_with (".flac");
}

/** The kernel of one file, or of the two that belong together. */
Outcome<Kernel> readKernel (const RenderOptions& options)
{
    if (options.pair)
    {
        const auto pair = findKernelPair (options.kernel);

        if (! pair)
            return Outcome<Kernel>::failure ("'" + options.kernel
                                             + "' has no other half beside it. Name the file that ends in L or R.");

        return readKernelPair (*pair);
    }

    auto kernel = faltwerk::readKernel (options.kernel);

    if (kernel && options.kernelRate > 0.0)
    {
        if (kernel->sampleRate > 0.0)
            return Outcome<Kernel>::failure ("'" + options.kernel
                                             + "' says its sample rate itself. Leave out --kernel-rate.");

        kernel->sampleRate = options.kernelRate;
    }

    return kernel;
}

std::string render (const RenderOptions& options)
{
    auto input = readSound (options.input);

    if (! input)
        return input.error();

    if (input->lengthInFrames() == 0)
        return "'" + options.input + "' holds no audio. Choose a file with at least one sample.";

    auto kernel = readKernel (options);

    if (! kernel)
        return kernel.error();

    if (const auto remark = remarkOn (*kernel); ! remark.empty())
        std::cerr << "faltwerk: " << remark << '\n';

    if (kernel->routing == Routing::trueStereo && input->channels.size() > 2)
        return "a true-stereo kernel needs a mono or stereo input, and '" + options.input + "' has "
               + std::to_string (input->channels.size()) + " channels.";

    if (kernel->routing == Routing::stereo && input->channels.size() > 2)
        return "a stereo kernel needs a mono or stereo input, and '" + options.input + "' has "
               + std::to_string (input->channels.size()) + " channels. Use a mono kernel.";

    if (input->sampleRate == 0.0)
        input->sampleRate = kernel->sampleRate;

    const auto matched = resampled (*kernel, input->sampleRate);
    auto output = apply (*input, matched, options.mode, gainsOf (options.mixPercent));

    if (output.sampleRate == 0.0)
        output.sampleRate = 48000.0; // numbers through numbers into an audio file

    const int bits = options.bits > 0 ? options.bits : endsInFlac (options.output) ? 24 : 32;
    const auto format = bits == 16 ? SampleFormat::int16 : bits == 24 ? SampleFormat::int24 : SampleFormat::float32;

    if (format != SampleFormat::float32)
        reportClipping (output);

    return writeSound (options.output, output, format);
}

} // namespace

void addRender (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<RenderOptions>();
    auto* command = app.add_subcommand ("render", "Convolve a sound with a kernel and write the result");
    command->add_option ("IN", options->input, "The sound: WAV, AIFF, FLAC, Ogg Vorbis, or numbers (.csv, .txt)")
        ->required();
    command->add_option ("--kernel,-k", options->kernel, "The kernel: a file of the same kinds")->required();
    auto* pair = command->add_flag ("--kernel-pair", options->pair,
                                    "The kernel is two files, as hallL.wav and hallR.wav: name either");
    command->add_option ("--kernel-rate", options->kernelRate, "The sample rate of a kernel of bare numbers")
        ->check (CLI::Range (1000.0, 1000000.0).description ("HZ"))
        ->excludes (pair);
    command->add_option ("--output,-o", options->output, "The result: .wav, .flac, or numbers (.csv, .txt)")
        ->required();
    command->add_option ("--mode", options->mode, "Which part to keep: full, same or valid (default: full)")
        ->transform (CLI::CheckedTransformer (modes).description ("MODE"));
    command->add_option ("--mix", options->mixPercent, "0 is dry, 100 wet; at 50 both are at 0 dB (default: 100)")
        ->check (CLI::Range (0.0, 100.0).description ("PERCENT"));
    command->add_option ("--bits", options->bits, "16, 24, or 32 for float (default: 32, FLAC: 24)")
        ->check (CLI::IsMember ({ 16, 24, 32 }).description ("BITS"));
    command->callback ([options, &run] { run = [options] { return render (*options); }; });
}

} // namespace faltwerk::tool
