// faltwerk_bench: the engine beside others, in one process, their repetitions interleaved.

#include "Bench/Calibration.h"
#include "Bench/KernelChange.h"
#include "Bench/Measurement.h"
#include "Bench/Report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>

using namespace faltwerk::bench;

namespace
{

struct Selection
{
    std::vector<std::string> routings { "stereo", "true-stereo" };
    std::vector<size_t> callbacks { 32, 64, 128, 512 };
    std::vector<double> seconds { 0.1, 1.0, 3.0, 10.0 };
    std::vector<std::string> engines;
};

/** Takes words as "stereo", "64", "10s" and "zita": those of a kind replace all others of that kind. */
Selection select (const std::vector<std::string>& words)
{
    Selection all, chosen { {}, {}, {}, {} };
    const auto names = contenderNames();

    for (const auto& word : words)
    {
        const bool isNumber = ! word.empty() && word.find_first_not_of ("0123456789.") == std::string::npos;
        const bool isTime =
            word.size() > 1 && word.back() == 's' && word.find_first_not_of ("0123456789.") == word.size() - 1;

        if (std::find (all.routings.begin(), all.routings.end(), word) != all.routings.end())
            chosen.routings.push_back (word);
        else if (isTime)
            chosen.seconds.push_back (std::stod (word));
        else if (isNumber && std::stoul (word) > 0)
            chosen.callbacks.push_back (std::stoul (word));
        else if (std::find (names.begin(), names.end(), word) != names.end())
            chosen.engines.push_back (word);
        else
            throw CLI::ValidationError ("--only", "'" + word + "' is none of: stereo, true-stereo, a callback as 64, "
                                                      + "a kernel's length as 10s, an engine as "
                                                      + CLI::detail::join (names, ", "));
    }

    for (const auto& name : names)
        if (name.find (':') == std::string::npos)
            all.engines.push_back (name);

    const auto orAll = [] (auto& some, const auto& whole) { some = some.empty() ? whole : some; };
    orAll (chosen.routings, all.routings);
    orAll (chosen.callbacks, all.callbacks);
    orAll (chosen.seconds, all.seconds);
    orAll (chosen.engines, all.engines);
    return chosen;
}

int run (const Selection& selection, const Manner& manner, const std::string& json, const std::string& plot)
{
    std::vector<Figures> all;
    printTableHeader();

    for (const auto& routing : selection.routings)
    {
        for (const double seconds : selection.seconds)
        {
            for (const size_t callback : selection.callbacks)
            {
                const auto rows = measure ({ routing == "true-stereo", callback, seconds }, selection.engines, manner);
                printRows (rows);
                all.insert (all.end(), rows.begin(), rows.end());
            }
        }
    }

    printRatios (all);

    for (const auto& error : { json.empty() ? "" : writeJson (json, all), plot.empty() ? "" : writePlot (plot, all) })
    {
        if (! error.empty())
        {
            std::cerr << "faltwerk_bench: " << error << '\n';
            return 1;
        }
    }

    return 0;
}

} // namespace

int main (int argc, char* argv[])
{
    CLI::App app { "Measures the engine beside others: stereo and true stereo, at 48 kHz", "faltwerk_bench" };
    std::vector<std::string> only;
    std::string json, plot;
    Manner manner;
    bool brief = false, swap = false, calibrates = false;
    app.add_option ("--only", only, "What to measure: stereo, true-stereo, 64 (callback), 10s (kernel), engine names");
    app.add_option ("--json", json, "Write all figures to a file");
    app.add_option ("--plot", plot, "Draw them into a PNG file");
    app.add_option ("--repetitions", manner.repetitions, "Of each measurement")
        ->check (CLI::Range (1, 1000))
        ->capture_default_str();
    app.add_flag ("--vary", manner.vary, "Callbacks of random size, up to each cell's");
    app.add_option ("--paced", manner.pacedSeconds, "In real time with cold caches, for so many seconds a cell")
        ->check (CLI::Range (0.1, 3600.0));
    app.add_flag ("--swap", swap, "Measure changes of kernels instead");
    app.add_flag ("--calibrate", calibrates, "Print the cost model's constants on this machine instead");
    app.add_flag ("--brief", brief, "A few short measurements, to prove that it works");

    Selection selection;

    try
    {
        app.parse (argc, argv);
        selection = select (only);
    }
    catch (const CLI::ParseError& error)
    {
        return app.exit (error);
    }

    if (brief)
    {
        manner.numFrames = 16384;
        manner.skippedFrames = 8192;
        manner.repetitions = 1;
        selection.callbacks = { 64 };
        selection.seconds = { 0.1 };
    }

    if (calibrates)
    {
        calibrate();
        return 0;
    }

    if (swap)
    {
        std::printf ("%8s %8s  %-10s %10s %8s %8s %8s %10s\n", "kernel", "callback", "manner", "steady us", "worst",
                     "w/steady", "first", "callbacks");

        for (const double seconds : selection.seconds)
            for (const size_t callback : selection.callbacks)
                measureKernelChange (seconds, callback, manner.repetitions);

        return 0;
    }

    return run (selection, manner, json, plot);
}
