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
std::string writeKernels (const std::string& folder)
{
    std::error_code ignored; // writing says what is wrong
    std::filesystem::create_directories (std::filesystem::path (std::u8string (folder.begin(), folder.end())), ignored);

    for (size_t index = 0; index < factoryKernels().size(); ++index)
    {
        const auto kernel = makeFactoryKernel (index);
        const auto path = folder + "/" + kernel.name + ".wav";

        if (auto error = write ({ kernel.paths, kernel.sampleRate }, { path }); ! error.empty())
            return error;

        std::printf ("%s\n", path.c_str());
    }

    return {};
}

} // namespace

void addKernels (CLI::App& app, Run& run)
{
    const auto folder = std::make_shared<std::string>();
    auto* command = app.add_subcommand ("kernels", "List the kernels that come with Faltwerk");
    command->add_option ("--write", *folder, "Write them all into a folder as WAV files instead")->type_name ("FOLDER");
    command->callback ([folder, &run]
                       { run = [folder] { return folder->empty() ? listKernels() : writeKernels (*folder); }; });
}

} // namespace faltwerk::tool
