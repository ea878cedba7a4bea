// faltwerk render: a sound file (or numbers) through a kernel into a file.

#include "Convolution/OfflineConvolution.h"
#include "Kernel/Edits.h"
#include "Kernel/KernelRouting.h"
#include "Kernel/Resampling.h"
#include "Kernel/SoundFormats.h"
#include "Tool/Commands.h"
#include "Tool/EditOptions.h"
#include "Tool/KernelInput.h"
#include "Tool/Modes.h"
#include "Tool/NumberOption.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace faltwerk::tool
{

namespace
{

struct RenderOptions
{
    std::string input, kernel;
    KernelInput kernelInput;
    Edits edits;
    Output output;
    ConvolutionMode mode = ConvolutionMode::full;
    double mixPercent = 100.0;
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

std::string render (const RenderOptions& options)
{
    auto input = readInput (options.input, options.kernelInput.commas);

    if (! input)
        return input.error();

    if (input->lengthInFrames() == 0)
        return "'" + options.input + "' holds no audio. Choose a file with at least one sample.";

    const auto source = readKernel (options.kernel, options.kernelInput);

    if (! source)
        return source.error();

    const auto result = edited (*source, options.edits);

    if (! result)
        return result.error();

    const auto& kernel = result->kernel;

    if (kernel.routing == Routing::trueStereo && input->channels.size() > 2)
        return "a true-stereo kernel needs a mono or stereo input, and '" + options.input + "' has "
               + std::to_string (input->channels.size()) + " channels.";

    if (kernel.routing == Routing::stereo && input->channels.size() > 2)
        return "a stereo kernel needs a mono or stereo input, and '" + options.input + "' has "
               + std::to_string (input->channels.size()) + " channels. Use a mono kernel.";

    if (input->sampleRate == 0.0)
        input->sampleRate = kernel.sampleRate;

    if (const auto heard =
            partThatIsHeard (kernel, input->channels.size(), numOutputsOf (kernel, input->channels.size()));
        ! heard.empty())
        printRemark (kernel.name, "is heard " + heard);

    const auto matched = resampled (kernel, input->sampleRate);
    auto output = apply (*input, matched, options.mode, gainsOf (options.mixPercent));

    return write (std::move (output), options.output);
}

} // namespace

void addRender (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<RenderOptions>();
    auto* command = app.add_subcommand ("render", "Convolve a sound with a kernel and write the result");
    command
        ->add_option ("IN", options->input, std::string ("The sound: ") + soundFormatNames + ", or a text of numbers")
        ->required();
    command->add_option ("--kernel,-k", options->kernel, "The kernel: a file of the same kinds, or factory:NAME")
        ->required();
    addKernelOptions (*command, options->kernelInput);
    addOutputOptions (*command, options->output);
    addChoice (*command, "--mode", options->mode, modes, "Which part to keep: full, same or valid (default: full)")
        ->type_name ("MODE");
    addNumber (
        *command, "--mix", [options] (double percent) { options->mixPercent = percent; }, { 0.0, 100.0, "%" },
        "0 is dry, 100 wet; at 50 both are at 0 dB (default: 100)");
    addEditOptions (*command, options->edits);
    command->callback ([options, &run] { run = [options] { return render (*options); }; });
}

} // namespace faltwerk::tool
