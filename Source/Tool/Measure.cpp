// faltwerk sweep and faltwerk deconvolve: from a sweep to the kernel of what it was played through.

#include "Kernel/KernelFile.h"
#include "Kernel/OutputFile.h"
#include "Kernel/Sweep.h"
#include "Tool/Commands.h"
#include "Tool/Console.h"
#include "Tool/KernelInput.h"
#include "Tool/NumberOption.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <vector>

namespace faltwerk::tool
{

namespace
{

struct SweepCommand
{
    Sweep sweep;
    Output output;
};

struct DeconvolveCommand
{
    std::vector<std::string> recordings;
    Sweep sweep;
    Output output;
    CommaChoice commas;
};

/** The options that both commands must agree on. */
void addSweepOptions (CLI::App& command, Sweep& sweep)
{
    addNumber (command, "--from", sweep.from, { 1.0, 20000.0, "Hz" }, "First frequency in Hz");
    addNumber (command, "--to", sweep.to, { 10.0, 200000.0, "Hz" },
               "Last frequency in Hz; at most 0.48 of the sample rate, and lowered to that");
    addNumber (command, "--seconds", sweep.seconds, { 0.05, 120.0, "s" }, "Length of the sweep");
    addNumber (command, "--lead-in", sweep.leadIn, { 0.0, 60.0, "s" }, "Silence before it, in s");
    addNumber (command, "--level", sweep.levelDb, { -60.0, 0.0, "dB" }, "Level of its peak, in dB of full scale");
}

void lowerToRate (Sweep& sweep) { sweep.to = std::min (sweep.to, 0.48 * sweep.sampleRate); }

std::string makeSweepFile (SweepCommand command)
{
    lowerToRate (command.sweep);

    if (auto problem = problemOf (command.sweep); ! problem.empty())
        return problem;

    return write ({ { makeSweep (command.sweep) }, command.sweep.sampleRate }, command.output);
}

std::string deconvolveFiles (DeconvolveCommand command)
{
    if (auto complaint = complaintAbout (command.output); ! complaint.empty())
        return complaint;

    std::vector<std::vector<float>> channels;
    command.sweep.sampleRate = 0.0;

    for (const auto& path : command.recordings)
    {
        auto recording = readInput (path, command.commas);

        if (! recording)
            return recording.error();

        if (recording->sampleRate == 0.0)
            recording->sampleRate = 48000.0;

        if (command.sweep.sampleRate == 0.0)
            command.sweep.sampleRate = recording->sampleRate;

        if (recording->sampleRate != command.sweep.sampleRate)
            return "'" + path + "' has another sample rate than '" + command.recordings.front()
                   + "'. Recordings of one kernel must have the same.";

        for (auto& channel : recording->channels)
            channels.push_back (std::move (channel));
    }

    lowerToRate (command.sweep);
    const auto found = deconvolve (channels, command.sweep, nameOfFile (command.recordings.front()));

    if (! found)
        return found.error();

    if (auto error = write ({ found->kernel.paths, found->kernel.sampleRate }, command.output); ! error.empty())
        return error;

    const auto& kernel = found->kernel;
    char text[512];
    std::snprintf (text, sizeof text,
                   "%s, %.3f s\n"
                   "  latency          %.2f ms (%.0f frames), removed\n"
                   "  signal to noise  %.1f dB%s\n"
                   "  2nd harmonic     %.1f dB, left out\n",
                   routingAsText (kernel).c_str(), kernel.lengthInSeconds(), found->latency * 1000.0,
                   found->latency * kernel.sampleRate, found->snrInDb,
                   found->noiseWasReached ? "; faded where noise takes over" : "; the recording ends before any noise",
                   found->secondHarmonicInDb);
    const bool isOutputTaken = command.output.path == standardOutput;
    console::report ((isOutputTaken ? "kernel" : command.output.path) + ": " + text, isOutputTaken);
    return {};
}

} // namespace

void addSweep (CLI::App& app, Run& run)
{
    const auto options = std::make_shared<SweepCommand>();
    auto* command = app.add_subcommand ("sweep", "Make a sweep to play through what is to be measured");
    addSweepOptions (*command, options->sweep);
    addNumber (*command, "--rate", options->sweep.sampleRate, { 8000.0, 384000.0, "Hz" }, "Sample rate in Hz");
    addNumber (*command, "--tail", options->sweep.tail, { 0.0, 60.0, "s" },
               "Silence after it, in s: longer than the room rings");
    addOutputOptions (*command, options->output);
    command->footer (
        "Play it, record it whole, then: faltwerk deconvolve RECORDING -o kernel.wav, with the same options.");
    command->callback ([options, &run] { run = [options] { return makeSweepFile (*options); }; });
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
    addSweepOptions (*command, options->sweep);
    addNumbersOption (*command, options->commas);
    addOutputOptions (*command, options->output);
    command->footer ("The options must be those with which the sweep was made.");
    command->callback ([options, &run] { run = [options] { return deconvolveFiles (*options); }; });
}

} // namespace faltwerk::tool
