// faltwerk edit: a kernel with its edits into a file.

#include "Kernel/Edits/Edits.h"
#include "Kernel/Writing/OutputFile.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/EditOptions.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/Output.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

namespace faltwerk::tool
{

namespace
{

struct EditCommand
{
    std::string kernel;
    KernelInput input;
    Edits edits;
    Output output;
};

std::string edit (const EditCommand& command)
{
    if (auto complaint = complaintAbout (command.output); ! complaint.empty())
        return complaint;

    const auto kernel = readKernel (command.kernel, command.input);

    if (! kernel)
        return kernel.error();

    const auto result = edited (*kernel, command.edits);

    if (! result)
        return result.error();

    auto failure = write ({ result->kernel.paths, result->kernel.sampleRate }, command.output);

    if (failure.empty() && command.edits.normalise != Normalise::off)
    {
        char text[64];
        std::snprintf (text, sizeof text, "normalised by %+.1f dB\n", 20.0 * std::log10 (result->normalisingGain));
        console::report (text, command.output.path == standardOutput);
    }

    return failure;
}

} // namespace

void addEdit (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<EditCommand>();
    auto* command = app.add_subcommand ("edit", "Trim, shape and level a kernel and write the result");
    takesKernel (
        command->add_option ("KERNEL", options->kernel, "A sound file, numbers, - for standard input, or factory:NAME"))
        ->required();
    addKernelOptions (*command, options->input);
    addEditOptions (*command, options->edits);
    addOutputOptions (*command, options->output);
    command->callback ([options, &run] { run = [options] { return edit (*options); }; });
}

} // namespace faltwerk::tool
