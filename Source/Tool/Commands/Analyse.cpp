// faltwerk analyse: the figures of kernels, as a table, as JSON or CSV, and as a page of pictures.

#include "Kernel/Edits/Edits.h"
#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Writing/OutputFile.h"
#include "Picture/Sheet/AnalysisSheet.h"
#include "Picture/Sheet/PngFile.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/EditOptions.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Output/AnalysisReport.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/JsonWriter.h"
#include "Tool/Output/Output.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

namespace faltwerk::tool
{

namespace
{

struct AnalyseCommand
{
    std::vector<std::string> kernels;
    KernelInput input;
    Edits edits;
    bool json = false, csv = false, curves = false;
    std::string plot;
    bool replacesFiles = false;
};

constexpr std::string_view pngEnding = ".png";

bool isNamedPng (const std::string& path) { return lowerCase (path).ends_with (pngEnding); }

std::string complaintAboutPlot (const std::string& path)
{
    return isNamedPng (path) || isPipeOrDevice (path)
               ? std::string()
               : faltwerk::quoted (path) + " does not end in .png, and plots are PNG files. Use such a name.";
}

/** Names the pictures of several kernels: sheet.png becomes sheet-hall.png, and sheet-hall-2.png for another hall. */
class PlotNames
{
public:
    explicit PlotNames (const std::string& given)
        : stem (isNamedPng (given) ? given.substr (0, given.size() - pngEnding.size()) : given)
        , ending (given.substr (stem.size()))
    {
    }

    std::string next (const std::string& kernel)
    {
        auto name = kernel;

        // On some disks, capitals make no other name.
        for (int n = 2; ! used.insert (lowerCase (name)).second; ++n)
            name = kernel + "-" + std::to_string (n);

        return stem + "-" + name + ending;
    }

private:
    const std::string stem, ending;
    std::set<std::string> used;
};

Outcome<AnalysisReport> reportOn (const std::string& file, const AnalyseCommand& command)
{
    const auto source = readKernel (file, command.input);

    if (! source)
        return Outcome<AnalysisReport>::failure (source.error());

    auto result = edited (*source, command.edits);

    if (! result)
        return Outcome<AnalysisReport>::failure (result.error());

    if (result->kernel.sampleRate == 0.0)
        return Outcome<AnalysisReport>::failure (
            "'" + file + "' has no sample rate, without which there are no seconds. Give one with --kernel-rate.");

    return AnalysisReport (file, std::move (result->kernel), command.json || command.csv);
}

/** Prints reports one after the other, and what could not be reported in its place. */
class Printer
{
public:
    explicit Printer (const AnalyseCommand& commandToUse)
        : command (commandToUse)
    {
        if (command.csv)
            print (csvHeader());

        if (! command.json)
            return;

        json.beginObject();
        json.member ("schema", "faltwerk.analysis");
        json.member ("version", size_t { 1 }); // grows when a member changes its meaning or goes
        json.beginArray ("files");
    }

    void add (const AnalysisReport& report)
    {
        if (command.json)
            writeJson (json, report, command.curves);
        else if (command.csv)
            print (csvRows (report));
        else
        {
            print (isFirst ? "" : "\n");
            printTable (report);
        }

        isFirst = false;
    }

    void addError (const std::string& file, const std::string& error)
    {
        if (command.csv)
            print (csvRowOfError (file, "", error));

        if (! command.json)
            return;

        json.beginObject();
        json.member ("file", file);
        json.member ("error", error);
        json.end();
    }

    void finish()
    {
        if (! command.json)
            return;

        json.end();
        json.end();
        print (json.text());
    }

private:
    static void print (const std::string& text) { std::fwrite (text.data(), 1, text.size(), stdout); }

    const AnalyseCommand& command;
    JsonWriter json;
    bool isFirst = true;
};

std::string analyse (const AnalyseCommand& command)
{
    const bool hasSeveral = command.kernels.size() > 1;

    if (hasSeveral && ! command.plot.empty() && ! isNamedPng (command.plot))
        return "the plots of several kernels are several files. Use a name that ends in .png, or one kernel.";

    if (! hasSeveral)
        if (auto complaint = complaintAboutExisting (command.plot, command.replacesFiles); ! complaint.empty())
            return complaint;

    PlotNames plotNames (command.plot);
    Printer printer (command);
    std::vector<std::string> errors;

    for (const auto& file : command.kernels)
    {
        const auto report = reportOn (file, command);
        std::string error;

        if (report)
        {
            printer.add (*report);

            if (! command.plot.empty())
            {
                const auto path = hasSeveral ? plotNames.next (report->kernel.name) : command.plot;
                error = complaintAboutExisting (path, command.replacesFiles);

                if (error.empty())
                    error = writePng (AnalysisSheet::render (report->kernel, report->decay), path);
            }
        }
        else
        {
            error = report.error();
            printer.addError (file, error);
        }

        if (! error.empty())
            errors.push_back (error);

        if (! error.empty() && hasSeveral)
            console::warn (error);
    }

    printer.finish();

    if (errors.empty() || ! hasSeveral)
        return errors.empty() ? std::string() : errors.front();

    return std::to_string (errors.size()) + " of " + std::to_string (command.kernels.size())
           + " kernels failed. The others are complete.";
}

} // namespace

void addAnalyse (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<AnalyseCommand>();
    auto* command = app.add_subcommand ("analyse", "Show how kernels decay, band by band");
    takesKernel (
        command->add_option ("KERNEL", options->kernels, "Sound files, numbers, - for standard input, or factory:NAME"))
        ->required();
    auto* const json =
        command->add_flag ("--json", options->json,
                           "Print JSON: every figure with its unit, whether it is valid, and why not, for "
                           "all paths together and each alone");
    command->add_flag ("--csv", options->csv, "Print CSV: a row for each file, path and band")->excludes (json);
    command->add_flag ("--curves", options->curves, "Add decays, response and echo density to the JSON, as arrays")
        ->needs (json);
    command->add_option ("--plot", options->plot, "Draw waveform, spectrum, spectrogram, decay and table into a PNG")
        ->check (complaintAboutPlot)
        ->type_name ("FILE");
    addForce (*command, options->replacesFiles);
    addKernelOptions (*command, options->input);
    addEditOptions (*command, options->edits);
    command->footer (
        "n/a: not available. ( ): a value that ISO 3382-2 calls unreliable, as the decay is not straight: its "
        "non-linearity exceeds 10 per mille or its curvature 10 %. C50, C80, D50 and Ts are given where the "
        "decay is 10 dB above the noise after 50 or 80 ms. Energies are sums over all channels; times begin "
        "at the onset.");
    command->callback ([options, &run] { run = [options] { return analyse (*options); }; });
}

} // namespace faltwerk::tool
