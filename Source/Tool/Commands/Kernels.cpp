// faltwerk kernels: the factory bank, listed or written into a folder.

#include "Kernel/Generators/FactoryBank.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Output/JsonWriter.h"
#include "Tool/Output/Output.h"

#include <CLI/CLI.hpp>

#include <algorithm>
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
    size_t longest = 0;

    for (const auto& kernel : factoryKernels())
        longest = std::max (longest, kernel.name.size());

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

        std::printf ("  %-*s  %s\n", static_cast<int> (longest), std::string (kernel.name).c_str(), tags.c_str());
    }

    std::printf ("\nUse one as factory:NAME, as in: faltwerk render drums.wav -k 'factory:Concert Hall' -o wet.wav\n");
    return {};
}

std::string listKernelsAsJson()
{
    JsonWriter json;
    json.beginObject();
    json.member ("schema", "faltwerk.kernels");
    json.member ("version", size_t { 1 });
    json.beginArray ("kernels");

    for (const auto& kernel : factoryKernels())
    {
        json.beginObject();
        json.member ("name", kernel.name);
        json.member ("category", kernel.category);
        json.beginArray ("tags");

        for (const auto tag : kernel.tags)
            json.value (tag);

        json.end();
        json.member ("generator", kernel.generator);
        json.beginObject ("values");

        for (const auto& [parameter, value] : kernel.values)
            json.member (parameter, value);

        json.end();
        json.end();
    }

    json.end();
    json.end();
    const auto text = json.text();
    std::fwrite (text.data(), 1, text.size(), stdout);
    return {};
}

/** Writes all factory kernels one after the other, so that little memory is needed. Returns a sentence on failure. */
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
        bool replacesFiles = false, json = false;
    };

    const auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand ("kernels", "List the kernels that come with Faltwerk");
    auto* const folder =
        command->add_option ("--write", options->folder, "Write them all into a folder as WAV files instead")
            ->type_name ("FOLDER");
    command->add_flag ("--json", options->json, "Print JSON: names, tags, generators and their values")
        ->excludes (folder);
    addForce (*command, options->replacesFiles);
    command->callback (
        [options, &run]
        {
            run = [options]
            {
                return options->json             ? listKernelsAsJson()
                       : options->folder.empty() ? listKernels()
                                                 : writeKernels (options->folder, options->replacesFiles);
            };
        });
}

} // namespace faltwerk::tool
