// faltwerk plan: how the engine cuts a kernel into a direct head and stages, and what that costs.

#include "Convolution/Partition/PartitionPlan.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/KernelRouting.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/KernelInput.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Output/JsonWriter.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

namespace faltwerk::tool
{

namespace
{

struct PlanOptions
{
    std::string kernel;
    KernelInput input;
    double seconds = 0.0, rate = 48000.0;
    size_t inputs = 2, outputs = 2, paths = 0;
    bool json = false;
};

void printAsJson (const PartitionPlan& plan, double rate)
{
    JsonWriter json;
    json.beginObject();
    json.member ("schema", "faltwerk.plan");
    json.member ("version", size_t { 1 });
    json.member ("taps", plan.shape.length);
    json.member ("sampleRate", rate);
    json.member ("inputs", plan.shape.numInputs);
    json.member ("outputs", plan.shape.numOutputs);
    json.member ("paths", plan.shape.numPaths);
    json.member ("directTaps", std::min (plan.shape.length, PartitionPlan::headLength));
    json.beginArray ("stages");

    for (const auto& stage : plan.stages)
    {
        json.beginObject();
        json.member ("blockSize", stage.blockSize);
        json.member ("offset", stage.offset);
        json.member ("partitions", stage.numPartitions);
        json.member ("isImmediate", stage.isImmediate());
        json.end();
    }

    json.end();
    json.member ("predictedNsPerFrame", plan.nsPerFrame);
    json.member ("kernelBytes", plan.kernelBytes);
    json.member ("convolverBytes", plan.convolverBytes);
    json.end();
    const auto text = json.text();
    std::fwrite (text.data(), 1, text.size(), stdout);
}

void print (const PartitionPlan& plan, double rate)
{
    const auto& shape = plan.shape;
    std::printf ("%zu taps (%.3f s at %g Hz), %zu in, %zu out, %zu paths\n\n", shape.length,
                 static_cast<double> (shape.length) / rate, rate, shape.numInputs, shape.numOutputs, shape.numPaths);
    std::printf ("   block    offset  partitions  work\n");
    std::printf ("%8s  %8d  %10zu  direct\n", "-", 0, std::min (shape.length, PartitionPlan::headLength));

    for (const auto& stage : plan.stages)
        std::printf ("%8zu  %8zu  %10zu  %s\n", stage.blockSize, stage.offset, stage.numPartitions,
                     stage.isImmediate() ? "at once" : "spread over a block");

    constexpr double megabyte = 1 << 20;
    std::printf ("\npredicted: %.1f ns per frame, %.2f %% of a core; kernel %.2f MB (shared), convolver %.2f MB\n",
                 plan.nsPerFrame, plan.nsPerFrame * rate * 1e-7, static_cast<double> (plan.kernelBytes) / megabyte,
                 static_cast<double> (plan.convolverBytes) / megabyte);
}

std::string run (const PlanOptions& options)
{
    const auto show = [&options] (const PartitionPlan& plan)
    { options.json ? printAsJson (plan, options.rate) : print (plan, options.rate); };

    if (! options.kernel.empty())
    {
        const auto loaded = readKernel (options.kernel, options.input);

        if (! loaded)
            return loaded.error();

        const auto kernel = resampled (*loaded, options.rate);
        const auto paths = connect (kernel, options.inputs, options.outputs);
        show (PartitionPlan::make (shapeOf (paths, options.inputs, options.outputs)));
        return {};
    }

    const double length = std::round (options.seconds * options.rate);

    if (! (length >= 1.0 && length <= static_cast<double> (longestKernelInFrames)))
        return "a kernel has 1 to " + std::to_string (longestKernelInFrames)
               + " taps. Name a file, or give its length with --seconds.";

    const size_t paths = options.paths > 0 ? options.paths : std::max (options.inputs, options.outputs);

    if (paths > options.inputs * options.outputs)
        return std::to_string (options.inputs) + " inputs and " + std::to_string (options.outputs)
               + " outputs have at most " + std::to_string (options.inputs * options.outputs)
               + " paths. Give fewer with --paths.";

    show (PartitionPlan::make ({ static_cast<size_t> (length), options.inputs, options.outputs, paths }));
    return {};
}

} // namespace

void addPlan (CLI::App& app, Run& chosen)
{
    auto* command = app.add_subcommand ("plan", "Show how the engine cuts a kernel into partitions, and at what cost");
    auto options = std::make_shared<PlanOptions>();
    auto* kernel = takesKernel (command->add_option ("KERNEL", options->kernel,
                                                     "A sound file, numbers, - for standard input, or factory:NAME"));
    addKernelOptions (*command, options->input);
    addNumber (
        *command, "--seconds", [options] (double seconds) { options->seconds = seconds; }, { 0.0, 1e6, "s" },
        "A kernel of this length instead")
        ->excludes (kernel);
    addNumber (*command, "--rate", options->rate, { 1000.0, 768000.0, "Hz" }, "Sample rate in Hz");
    addNumber (*command, "--in", options->inputs, { 1, 16 }, "Inputs");
    addNumber (*command, "--out", options->outputs, { 1, 16 }, "Outputs");
    addNumber (
        *command, "--paths", [options] (double paths) { options->paths = static_cast<size_t> (paths); },
        { 1, 256, {}, true }, "Paths between them (default: one for each channel)");
    command->add_flag ("--json", options->json, "Print JSON");
    command->callback ([options, &chosen] { chosen = [options] { return run (*options); }; });
}

} // namespace faltwerk::tool
