#include "Tool/KernelInput.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/KernelFile.h"
#include "Kernel/KernelPair.h"
#include "Kernel/NonFinite.h"
#include "Tool/ChoiceOption.h"
#include "Tool/Console.h"
#include "Tool/NumberOption.h"
#include "Tool/PipedInput.h"

#include <CLI/CLI.hpp>

#include <limits>

namespace faltwerk::tool
{

namespace
{

constexpr std::string_view factoryPrefix = "factory:";

Outcome<Kernel> readPair (const std::string& path, const CommaChoice& commas)
{
    if (const auto pair = findKernelPair (path))
        return readKernelPair (*pair, commas);

    return Outcome<Kernel>::failure ("'" + path + "' has no other half beside it. Name the file that ends in L or R.");
}

/** auto, true-stereo, true-stereo-by-output, per-channel, or matrix:INPUTS. */
std::string parseLayout (const std::string& text, KernelInput& input)
{
    constexpr std::string_view matrix = "matrix:";

    if (text == "auto")
        input.layout = ChannelLayout::automatic;
    else if (text == "true-stereo")
        input.layout = ChannelLayout::trueStereoByInput;
    else if (text == "true-stereo-by-output")
        input.layout = ChannelLayout::trueStereoByOutput;
    else if (text == "per-channel")
        input.layout = ChannelLayout::perChannel;
    else if (text.starts_with (matrix) && text.find ('-') == std::string::npos
             && CLI::detail::lexical_cast (text.substr (matrix.size()), input.numMatrixInputs))
        input.layout = ChannelLayout::matrix;
    else
        return "'" + text + "' is none of auto, true-stereo, true-stereo-by-output, per-channel, matrix:INPUTS";

    return {};
}

} // namespace

void addKernelOptions (CLI::App& command, KernelInput& input)
{
    auto* pair = command.add_flag ("--kernel-pair", input.pair,
                                   "The kernel is two files, as hallL.wav and hallR.wav: name either");
    addNumber (
        command, "--kernel-rate", [&input] (double rate) { input.rate = rate; },
        { lowestSampleRate, highestSampleRate, "Hz" }, "The sample rate of a kernel of bare numbers")
        ->excludes (pair);
    command
        .add_option_function<std::string> (
            "--kernel-channels",
            [&input] (const std::string& text)
            {
                if (const auto problem = parseLayout (text, input); ! problem.empty())
                    throw CLI::ValidationError ("--kernel-channels", problem);
            },
            "What the kernel's channels are: auto (1 mono, 2 stereo, 4 true stereo LL LR RL RR), true-stereo,\n"
            "true-stereo-by-output (LL RL LR RR), per-channel, matrix:INPUTS")
        ->type_name ("LAYOUT")
        ->excludes (pair);
    addNumbersOption (command, input.commas);
}

void addNumbersOption (CLI::App& command, CommaChoice& choice)
{
    choice.advice = commaAdvice;
    addChoice<Commas> (command, "--numbers", choice.commas,
                       { { "auto", Commas::automatic },
                         { "decimal-comma", Commas::decimal },
                         { "comma-separated", Commas::separate } },
                       "What commas in a text of numbers mean: auto, decimal-comma or comma-separated\n"
                       "(default: auto, which reads what the text shows, and asks if it shows nothing)")
        ->type_name ("MEANING");
}

void printRemark (const std::string& name, const std::string& remark)
{
    if (! remark.empty())
        console::remark ("'" + name + "' read as numbers: " + remark);
}

Outcome<Sound> readInput (const std::string& path, const CommaChoice& commas)
{
    const auto file = toRegularFile (path);

    if (! file)
        return Outcome<Sound>::failure (file.error());

    auto sound = readSound (*file, std::numeric_limits<size_t>::max(), commas);

    if (! sound)
        return sound;

    if (const auto place = findNonFinite (sound->channels))
        return Outcome<Sound>::failure ("'" + path + "' cannot be used: " + inWords (*place, sound->sampleRate)
                                        + ". Export the file again.");

    printRemark (nameOfFile (*file), sound->remark);
    return sound;
}

Outcome<Kernel> readKernel (const std::string& path, const KernelInput& input)
{
    if (path.starts_with (factoryPrefix))
        return makeFactoryKernel (std::string_view (path).substr (factoryPrefix.size()));

    const auto file = toRegularFile (path);

    if (! file)
        return Outcome<Kernel>::failure (file.error());

    auto kernel = input.pair ? readPair (*file, input.commas)
                             : faltwerk::readKernel (*file, input.layout, input.numMatrixInputs, input.commas);

    if (kernel && input.rate > 0.0)
    {
        if (kernel->sampleRate > 0.0)
            return Outcome<Kernel>::failure ("'" + path + "' says its sample rate itself. Leave out --kernel-rate.");

        kernel->sampleRate = input.rate;
    }

    if (kernel)
        printRemark (kernel->name, kernel->remark);

    if (kernel)
        console::remark (remarkOn (*kernel));

    return kernel;
}

} // namespace faltwerk::tool
