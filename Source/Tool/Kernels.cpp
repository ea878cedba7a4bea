// faltwerk kernels: the factory bank, listed or written into a folder.

#include "Kernel/Generators/FactoryBank.h"
#include "Tool/Commands.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace faltwerk::tool
{

namespace
{

std::string listKernels()
{
    std::string_view category;

    for (const auto& kernel : factoryKernels())
    {
        if (kernel.category != category)
        {
            std::printf ("%s%.*s\n", category.empty() ? "" : "\n", static_cast<int> (kernel.category.size()),
                         kernel.category.data());
            category = kernel.category;
        }

        std::string tags;

        for (const auto tag : kernel.tags)
            tags += (tags.empty() ? "" : ", ") + std::string (tag);

        std::printf ("  %-24.*s %s\n", static_cast<int> (kernel.name.size()), kernel.name.data(), tags.c_str());
    }

    std::printf ("\nUse one as factory:NAME, as in: faltwerk render drums.wav -k 'factory:Concert Hall' -o wet.wav\n");
    return {};
}

/** One after the other, so that little memory is needed. */
std::string writeKernels (const std::string& folder, bool replacesFiles)
{
    const auto pathOf = [&folder] (std::string_view name) { return folder + "/" + std::string (name) + ".wav"; };

    for (const auto& kernel : factoryKernels())
        if (auto complaint = complaintAboutExisting (pathOf (kernel.name), replacesFiles); ! complaint.empty())
            return complaint;

    std::error_code ignored; // writing says what is wrong
    std::filesystem::create_directories (std::filesystem::path (std::u8string (folder.begin(), folder.end())), ignored);

    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto kernel = makeFactoryKernel (index);
        Output output;
        output.path = pathOf (kernel.name);
        output.replacesFiles = replacesFiles;

        if (auto error = write ({ kernel.paths, kernel.sampleRate }, output); ! error.empty())
            return error;

        std::printf ("%s\n", output.path.c_str());
    }

    return {};
}

} // namespace

void addKernels (CLI::App& app, Run& run)
{
    struct Options
    {
        std::string folder;
        bool replacesFiles = false;
    };

    const auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand ("kernels", "List the kernels that come with Faltwerk");
    command->add_option ("--write", options->folder, "Write them all into a folder as WAV files instead")
        ->type_name ("FOLDER");
    addForce (*command, options->replacesFiles);
    command->callback (
        [options, &run]
        {
            run = [options] {
                return options->folder.empty() ? listKernels() : writeKernels (options->folder, options->replacesFiles);
            };
        });
}

} // namespace faltwerk::tool
