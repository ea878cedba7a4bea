// faltwerk sweep and faltwerk deconvolve: from a sweep to the kernel of what it was played through.

#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/Sweeps/InverseSweep.h"
#include "Kernel/Measuring/Sweeps/Sweep.h"
#include "Kernel/Measuring/Sweeps/SweepText.h"
#include "Kernel/Reading/KernelFile.h"
#include "Kernel/Writing/OutputFile.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/ChoiceOption.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/Output.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace faltwerk::tool
{

namespace
{

struct SweepCommand
{
    Sweep sweep;
    bool isInverse = false;
    bool isEndGiven = false; // or the usual one is meant, at any rate
    Output output;
};

struct DeconvolveCommand
{
    std::vector<std::string> recordings;
    KnownSweep known;
    std::string sweepFile;
    bool average = false;
    BandPhase phase = BandPhase::minimum;
    Output output;
    CommaChoice commas;
};

constexpr NumberRange fromRange { 1.0, 20000.0, "Hz" }, toRange { 10.0, 200000.0, "Hz" },
    lengthRange { 0.05, 120.0, "s" }, silenceRange { 0.0, 60.0, "s" }, levelRange { -60.0, 0.0, "dB" };

void lowerToRate (Sweep& sweep) { sweep.to = std::min (sweep.to, highestSweepEnd * sweep.sampleRate); }

std::string writeInverse (const SweepCommand& command)
{
    auto inverse = inverseOf (command.sweep);

    if (auto error = write ({ { std::move (inverse.samples) }, command.sweep.sampleRate }, command.output);
        ! error.empty())
        return error;

    char text[120];
    std::snprintf (text, sizeof text, "Convolve the recording with it: the kernel begins %.3f s into the result.\n",
                   inverse.zero);
    console::report (text, command.output.path == standardOutput);
    return {};
}

std::string makeSweepFile (SweepCommand command)
{
    const double wanted = command.sweep.to;
    lowerToRate (command.sweep);

    if (command.isEndGiven && command.sweep.to < wanted)
    {
        char text[96];
        std::snprintf (text, sizeof text, "the sweep ends at %.0f Hz, 0.48 of the sample rate: --rate raises it",
                       command.sweep.to);
        console::warn (text);
    }

    if (auto problem = problemOf (command.sweep); ! problem.empty())
        return problem;

    if (command.isInverse)
        return writeInverse (command);

    Sound sound { { makeSweep (command.sweep) }, command.sweep.sampleRate };
    sound.comment = asText (command.sweep);
    return write (sound, command.output);
}

/** Reads recordings: one for each take, or the channels of one. */
Outcome<std::vector<Sound>> readTakes (const DeconvolveCommand& command)
{
    using Result = Outcome<std::vector<Sound>>;
    std::vector<Sound> takes;

    for (const auto& path : command.recordings)
    {
        auto recording = readInput (path, command.commas);

        if (! recording)
            return Result::failure (recording.error());

        if (recording->sampleRate == 0.0)
            recording->sampleRate = 48000.0;

        if (takes.empty())
        {
            takes.push_back (std::move (*recording));
            continue;
        }

        if (recording->sampleRate != takes[0].sampleRate)
            return Result::failure ("'" + path + "' has another sample rate than '" + command.recordings.front()
                                    + "'. Recordings of one kernel must have the same.");

        if (! command.average)
        {
            for (auto& channel : recording->channels)
                takes[0].channels.push_back (std::move (channel));
        }
        else if (recording->channels.size() != takes[0].channels.size())
        {
            return Result::failure ("'" + path + "' has another number of channels than '" + command.recordings.front()
                                    + "'. Only takes of the same channels can be averaged.");
        }
        else
        {
            takes.push_back (std::move (*recording));
        }
    }

    return takes;
}

/** Reads the sweep's figures, or else the sweep. */
std::string readSweep (DeconvolveCommand& command)
{
    auto sound = readInput (command.sweepFile, command.commas);

    if (! sound)
        return sound.error();

    command.known.law = sweepInFile (command.sweepFile);
    command.known.file = std::move (*sound);
    return {};
}

/** Returns what was measured, in lines. */
std::string asText (const Deconvolved& found, bool leadInIsKnown)
{
    const auto& kernel = found.kernel;
    const auto line = [] (const char* format, auto... values)
    {
        char text[256];
        std::snprintf (text, sizeof text, format, values...);
        return std::string (text);
    };
    auto text = routingAsText (kernel) + line (", %.3f s\n", kernel.lengthInSeconds());

    if (found.sweep)
        text +=
            "  sweep            " + inWords (*found.sweep) + (found.wasFound ? ", found in the recording" : "") + "\n";

    text += "  latency          " + latencyInWords (found, leadInIsKnown) + "\n";
    text += line ("  signal to noise  %.1f dB", found.snrInDb);
    text += found.noiseWasReached ? "; faded where noise takes over\n" : "; the recording ends before any noise\n";

    if (found.numTakes > 1)
        text += line ("  recordings       %zu, averaged: %.1f dB less noise\n", found.numTakes,
                      10.0 * std::log10 (static_cast<double> (found.numTakes)));

    if (found.sweep)
        text += line ("  2nd, 3rd harm.   %.1f dB, %.1f dB, left out\n", found.harmonics.secondInDb,
                      found.harmonics.thirdInDb);

    return text + "  quality          " + inWords (judge (found)) + "\n";
}

std::string deconvolveFiles (DeconvolveCommand command)
{
    if (auto complaint = complaintAbout (command.output); ! complaint.empty())
        return complaint;

    if (! command.sweepFile.empty())
        if (auto problem = readSweep (command); ! problem.empty())
            return problem;

    const auto takes = readTakes (command);

    if (! takes)
        return takes.error();

    std::vector<std::string> names;

    for (const auto& path : command.recordings)
        names.push_back (nameOfFile (path));

    const auto found = deconvolve (*takes, command.known, names.front(), command.phase, names);

    if (! found)
        return found.error();

    if (auto error = write ({ found->kernel.paths, found->kernel.sampleRate }, command.output); ! error.empty())
        return error;

    const bool isOutputTaken = command.output.path == standardOutput;
    console::report ((isOutputTaken ? "kernel" : command.output.path) + ": "
                         + asText (*found, command.known.leadIn.has_value()),
                     isOutputTaken);

    for (const auto& remark : remarksOn (*found))
        console::warn (remark);

    return {};
}

/** Adds an option whose value need not be known. */
CLI::Option* addKnown (CLI::App& command,
                       const std::string& option,
                       std::optional<double>& value,
                       const NumberRange& range,
                       const std::string& help)
{
    return addNumber (
        command, option, [&value] (double number) { value = number; }, range, help);
}

} // namespace

void addSweep (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<SweepCommand>();
    auto* command = app.add_subcommand ("sweep", "Make a sweep to play through what is to be measured");
    addNumber (*command, "--from", options->sweep.from, fromRange, "First frequency in Hz");
    const auto* const end = addNumber (*command, "--to", options->sweep.to, toRange,
                                       "Last frequency in Hz; at most 0.48 of the sample rate, and lowered to that");
    addNumber (*command, "--seconds", options->sweep.seconds, lengthRange, "Length of the sweep");
    addNumber (*command, "--lead-in", options->sweep.leadIn, silenceRange, "Silence before it, in s");
    addNumber (*command, "--level", options->sweep.levelDb, levelRange, "Level of its peak, in dB of full scale");
    addNumber (*command, "--rate", options->sweep.sampleRate, { 8000.0, 384000.0, "Hz" }, "Sample rate in Hz");
    addNumber (*command, "--tail", options->sweep.tail, silenceRange,
               "Silence after it, in s: longer than the room rings");
    command->add_flag ("--inverse", options->isInverse,
                       "Write the inverse of that sweep instead: a recording of the sweep convolved with it is the "
                       "kernel (of any length, in any program; deconvolve needs none)");
    addOutputOptions (*command, options->output);
    command->footer ("Play it, record it whole, then: faltwerk deconvolve RECORDING --sweep SWEEP -o kernel.wav.\n"
                     "The file holds the sweep's figures in its comment.");
    command->callback (
        [options, end, &run]
        {
            options->isEndGiven = end->count() > 0;
            run = [options] { return makeSweepFile (*options); };
        });
}

void addDeconvolve (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<DeconvolveCommand>();
    auto* command = app.add_subcommand ("deconvolve", "Make a kernel of recordings of a sweep");
    command
        ->add_option (
            "RECORDING", options->recordings,
            "Recordings that began together; their channels become the kernel's: 1 mono, 2 stereo, 4 true stereo")
        ->required();
    auto* file = command
                     ->add_option ("--sweep", options->sweepFile,
                                   "The sweep as it was played: a file of faltwerk sweep, or of any other program")
                     ->type_name ("FILE");
    addKnown (*command, "--from", options->known.from, fromRange, "First frequency of the sweep in Hz")
        ->excludes (file);
    addKnown (*command, "--to", options->known.to, toRange, "Last frequency in Hz")->excludes (file);
    addKnown (*command, "--seconds", options->known.seconds, lengthRange, "Length of the sweep")->excludes (file);
    addKnown (*command, "--lead-in", options->known.leadIn, silenceRange,
              "Silence before it, in s (default: 0.5, or the file's)");
    addKnown (*command, "--level", options->known.levelDb, levelRange,
              "Level of its peak, in dB of full scale (default: -6, or the file's)");
    command->add_flag ("--average", options->average,
                       "The recordings are takes of one thing: align them and take their mean");
    addChoice<BandPhase> (*command, "--phase", options->phase,
                          { { "minimum", BandPhase::minimum }, { "linear", BandPhase::linear } },
                          "Of the filter that limits the kernel to the sweep's band: minimum lets nothing come before "
                          "the first sound; linear turns no frequency, and comes up to 0.25 s later (default: minimum)")
        ->type_name ("PHASE");
    addNumbersOption (*command, options->commas);
    addOutputOptions (*command, options->output);
    command->footer (
        "Without --sweep, --from, --to and --seconds, an exponential sweep is found in the recording; if only\n"
        "some of them are given, the others are 15 Hz, 22000 Hz and 10 s. A linear sweep or any other signal\n"
        "needs --sweep. It may have been recorded at another sample rate than it was made at. At most 87 s at\n"
        "192 kHz, 349 s at 48 kHz.");
    command->callback ([options, &run] { run = [options] { return deconvolveFiles (*options); }; });
}

} // namespace faltwerk::tool
