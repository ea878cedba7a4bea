// faltwerk render: a sound file (or numbers) through a kernel into a file.

#include "Kernel/Edits.h"
#include "Kernel/InputFile.h"
#include "Kernel/Resampling.h"
#include "Kernel/SoundFormats.h"
#include "Kernel/SoundInput.h"
#include "Kernel/SoundRenderer.h"
#include "Tool/Commands.h"
#include "Tool/EditOptions.h"
#include "Tool/KernelInput.h"
#include "Tool/Modes.h"
#include "Tool/NumberOption.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <span>
#include <vector>

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
    SoundRenderer::Settings settings;
};

std::string render (const RenderOptions& options)
{
    auto input = SoundInput::open (options.input, options.kernelInput.commas);

    if (! input)
        return input.error();

    printRemark (nameOfFile (options.input), input->remark());
    auto header = input->header();

    if (header.numFrames == 0)
        return "'" + options.input + "' holds no audio. Choose a file with at least one sample.";

    const auto source = readKernel (options.kernel, options.kernelInput);

    if (! source)
        return source.error();

    const auto result = edited (*source, options.edits);

    if (! result)
        return result.error();

    if (auto complaint = SoundRenderer::complaintAbout (result->kernel, header.numChannels); ! complaint.empty())
        return complaint + ", and '" + options.input + "' has " + std::to_string (header.numChannels)
               + " channels. Use a mono kernel.";

    if (header.sampleRate == 0.0)
        header.sampleRate = result->kernel.sampleRate;

    const auto kernel = resampled (result->kernel, header.sampleRate);
    TakePiece take; // known once the output is open
    SoundRenderer renderer (kernel, header, options.settings,
                            [&take] (std::span<const std::vector<float>> channels, size_t first, size_t size)
                            { return take (channels, first, size); });

    return write (renderer.result(), options.output,
                  [&] (const TakePiece& taker)
                  {
                      take = taker;
                      auto problem = input->read ([&renderer] (const SoundHeader&, auto frames)
                                                  { return renderer.append (frames); });

                      if (problem.empty())
                          renderer.finish();

                      return problem;
                  });
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
    addChoice (*command, "--mode", options->settings.mode, modes,
               "Which part to keep: full, same or valid (default: full)")
        ->type_name ("MODE");
    addNumber (
        *command, "--mix", [options] (double percent) { options->settings.mixPercent = percent; }, { 0.0, 100.0, "%" },
        "0 is dry, 100 wet; at 50 both are at 0 dB (default: 100)");
    addEditOptions (*command, options->edits);
    command->callback ([options, &run] { run = [options] { return render (*options); }; });
}

} // namespace faltwerk::tool
