// faltwerk analyse: the figures of kernels, as a table, as JSON, and as a page of pictures.

#include "Kernel/Analysis/Decay.h"
#include "Kernel/Analysis/EchoDensity.h"
#include "Kernel/Analysis/Levels.h"
#include "Kernel/Edits.h"
#include "Kernel/NumberText.h"
#include "Kernel/OutputFile.h"
#include "Picture/AnalysisSheet.h"
#include "Picture/PngFile.h"
#include "Tool/Commands.h"
#include "Tool/EditOptions.h"
#include "Tool/KernelInput.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>
#include <juce_gui_basics/juce_gui_basics.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
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
    bool json = false;
    std::string plot;
    bool replacesFiles = false;
};

struct Column
{
    const char* name;
    const char* unit;
    const char* key;
    Figure BandDecay::*figure;
    int width, decimals;
};

constexpr Column columns[] = {
    { "EDT", "s", "edt", &BandDecay::edt, 8, 3 },  { "T20", "s", "t20", &BandDecay::t20, 8, 3 },
    { "T30", "s", "t30", &BandDecay::t30, 8, 3 },  { "C50", "dB", "c50", &BandDecay::c50, 8, 1 },
    { "C80", "dB", "c80", &BandDecay::c80, 8, 1 }, { "D50", "%", "d50", &BandDecay::d50, 7, 1 },
    { "Ts", "ms", "ts", &BandDecay::ts, 8, 1 }
};

/** A number of a fixed width, or n/a. */
std::string cell (const Figure& figure, int width, int decimals)
{
    char text[64];

    if (figure)
        std::snprintf (text, sizeof text, "%*.*f", width, decimals, figure.value);
    else
        std::snprintf (text, sizeof text, "%*s", width, "n/a");

    return text;
}

/** To a tenth, and never minus zero. */
double decibels (double power) { return std::round (100.0 * std::log10 (std::max (power, 1e-30))) / 10.0 + 0.0; }

std::string nameOf (const BandDecay& band)
{
    return band.centre == 0.0 ? "broadband" : std::to_string (std::lround (band.centre));
}

/** Which figures are not available, by reason: "noise floor: T30 at 4000, 8000 Hz". */
void printReasons (const Decay& decay)
{
    for (const auto reason : { Figure::Missing::noise, Figure::Missing::tooShort, Figure::Missing::notADecay,
                               Figure::Missing::aboveBandwidth })
    {
        std::string places;

        for (const auto& column : columns)
        {
            std::string bands;

            for (const auto& band : decay.bands)
                if ((band.*column.figure).missing == reason)
                    bands += (bands.empty() ? "" : " ") + nameOf (band);

            if (! bands.empty())
                places += (places.empty() ? "" : "; ") + std::string (column.name) + " " + bands;
        }

        if (! places.empty())
            std::printf ("  n/a, %s: %s\n", wordsFor (reason), places.c_str());
    }
}

void print (const std::string& file, const Kernel& kernel, const Decay& decay)
{
    const auto levels = measureLevels (kernel);
    const auto density = measureEchoDensity (std::span (kernel.paths[0]).subspan (decay.onset), kernel.sampleRate);
    const double rate = kernel.sampleRate;
    std::printf ("%s\n", file.c_str());
    std::printf ("  %s, %g kHz, %.3f s (%zu frames)\n", routingAsText (kernel).c_str(), rate / 1000.0,
                 kernel.lengthInSeconds(), kernel.lengthInFrames());
    std::printf ("  peak %.1f dB at %.1f ms, RMS %.1f dB, energy %.1f dB, DC %.4f %%, -60 dB after %.3f s\n",
                 decibels (levels.peak * levels.peak), 1000.0 * static_cast<double> (levels.peakFrame) / rate,
                 decibels (levels.rms * levels.rms), decibels (levels.energy), 100.0 * std::abs (levels.dc),
                 static_cast<double> (levels.framesTo60dB) / rate);
    std::printf ("  onset %.1f ms, dense after %s\n\n", 1000.0 * static_cast<double> (decay.onset) / rate,
                 density.mixingTime ? (std::to_string (std::lround (1000.0 * density.mixingTime.value)) + " ms").c_str()
                                    : "n/a");

    std::printf ("  %-10s", "band");

    for (const auto& column : columns)
        std::printf ("%*s", column.width, column.name);

    std::printf ("   curve    r^2  range  noise\n  %-10s", "Hz");

    for (const auto& column : columns)
        std::printf ("%*s", column.width, column.unit);

    std::printf ("       %%    T30     dB     at\n");

    for (const auto& band : decay.bands)
    {
        std::printf ("  %-10s", nameOf (band).c_str());

        for (const auto& column : columns)
            std::printf ("%s", cell (band.*column.figure, column.width, column.decimals).c_str());

        std::printf ("%s", cell (band.curvature, 8, 1).c_str());

        if (band.level.levels.empty())
        {
            std::printf ("\n");
            continue;
        }

        std::printf ("%7.3f%7.0f", band.quality30, band.rangeInDb);
        band.hasNoise ? std::printf ("%6.2f s\n", band.crossingInSeconds) : std::printf ("   none\n");
    }

    std::printf ("  %-10s", "mid");

    for (const auto& column : columns)
        std::printf ("%s", cell (decay.mid (column.figure), column.width, column.decimals).c_str());

    std::printf ("\n");
    printReasons (decay);
}

juce::var toJson (const std::string& file, const Kernel& kernel, const Decay& decay)
{
    juce::Array<juce::var> bands;

    for (const auto& band : decay.bands)
    {
        auto* const row = new juce::DynamicObject;
        row->setProperty ("band", juce::String (nameOf (band)));

        for (const auto& column : columns)
        {
            const auto& figure = band.*column.figure;
            row->setProperty (column.key, figure ? juce::var (figure.value) : juce::var());
        }

        bands.add (row);
    }

    auto* const object = new juce::DynamicObject;
    object->setProperty ("file", juce::String::fromUTF8 (file.c_str()));
    object->setProperty ("sampleRate", kernel.sampleRate);
    object->setProperty ("channels", static_cast<int> (kernel.paths.size()));
    object->setProperty ("frames", static_cast<juce::int64> (kernel.lengthInFrames()));
    object->setProperty ("bands", bands);
    return object;
}

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

std::string analyse (const AnalyseCommand& command)
{
    const bool hasSeveral = command.kernels.size() > 1;

    if (hasSeveral && ! command.plot.empty() && ! isNamedPng (command.plot))
        return "the plots of several kernels are several files. Use a name that ends in .png, or one kernel.";

    if (! hasSeveral)
        if (auto complaint = complaintAboutExisting (command.plot, command.replacesFiles); ! complaint.empty())
            return complaint;

    PlotNames plotNames (command.plot);
    juce::Array<juce::var> all;
    bool first = true;

    for (const auto& file : command.kernels)
    {
        const auto source = readKernel (file, command.input);

        if (! source)
            return source.error();

        const auto result = edited (*source, command.edits);

        if (! result)
            return result.error();

        const auto& kernel = result->kernel;

        if (kernel.sampleRate == 0.0)
            return "'" + file
                   + "' has no sample rate, without which there are no seconds. Give one with --kernel-rate.";

        const auto decay = analyseDecay (kernel);

        if (command.json)
            all.add (toJson (file, kernel, decay));
        else
            print ((std::exchange (first, false) ? "" : "\n") + file, kernel, decay);

        if (! command.plot.empty())
        {
            const auto path = hasSeveral ? plotNames.next (kernel.name) : command.plot;
            auto error = complaintAboutExisting (path, command.replacesFiles);

            if (error.empty())
                error = writePng (AnalysisSheet::render (kernel, decay), path);

            if (! error.empty())
                return error;
        }
    }

    if (command.json)
        std::printf ("%s\n", juce::JSON::toString (all, false, 6).toRawUTF8());

    return {};
}

} // namespace

void addAnalyse (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<AnalyseCommand>();
    auto* command = app.add_subcommand ("analyse", "Show how kernels decay, band by band");
    command->add_option ("KERNEL", options->kernels, "Sound files, numbers, - for standard input, or factory:NAME")
        ->required();
    command->add_flag ("--json", options->json,
                       "Print JSON: times in s, C in dB, D in %, Ts in ms, null if not available");
    command->add_option ("--plot", options->plot, "Draw waveform, spectrum, spectrogram, decay and table into a PNG")
        ->check (complaintAboutPlot)
        ->type_name ("FILE");
    addForce (*command, options->replacesFiles);
    addKernelOptions (*command, options->input);
    addEditOptions (*command, options->edits);
    command->footer ("n/a: not available. Energies are sums over all channels; times begin at the onset.");
    command->callback ([options, &run] { run = [options] { return analyse (*options); }; });
}

} // namespace faltwerk::tool
