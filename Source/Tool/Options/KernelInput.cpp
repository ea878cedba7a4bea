#include "Tool/Options/KernelInput.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/NonFinite.h"
#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Reading/KernelFile.h"
#include "Kernel/Reading/KernelParts.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Options/ChoiceOption.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/PipedInput.h"

#include <CLI/CLI.hpp>

#include <limits>
#include <optional>
#include <sstream>
#include <utility>

namespace faltwerk::tool
{

namespace
{

constexpr std::string_view factoryPrefix = "factory:";

Outcome<Kernel> readParts (const std::string& path, const ChannelChoice& choice, const CommaChoice& commas)
{
    if (const auto parts = findKernelParts (path))
        return readKernelParts (*parts, choice, commas);

    return Outcome<Kernel>::failure (
        "'" + path + "' has no other half beside it. Name a file with L or R, or LL, LR, RL or RR, in its name.");
}

/** Reads a whole number of at most `most`. */
std::optional<size_t> parseCount (std::string_view text, size_t most)
{
    size_t value = 0;

    for (const char c : text)
        if (! isDigit (c) || (value = value * 10 + static_cast<size_t> (c - '0')) > most)
            return std::nullopt;

    return text.empty() ? std::nullopt : std::optional<size_t> (value);
}

/** Reads "1,2,9,8": the channels of LL LR RL RR. */
bool parseByHand (const std::string& text, ChannelChoice& channels)
{
    std::istringstream stream (text);

    for (std::string part; std::getline (stream, part, ',');)
    {
        const auto channel = parseCount (trimmed (part), mostSoundChannels);

        if (! channel)
            return false;

        channels.channelsByHand.push_back (*channel);
    }

    channels.layout = ChannelLayout::byHand;
    return channels.channelsByHand.size() == 4;
}

/** Returns a layout by its name, or paths by hand. */
std::string parseLayout (const std::string& written, ChannelChoice& channels)
{
    const auto text = lowerCase (trimmed (written));
    constexpr std::pair<std::string_view, ChannelLayout> names[] = {
        { "auto", ChannelLayout::automatic },
        { "true-stereo", ChannelLayout::trueStereoByInput },
        { "true-stereo-by-output", ChannelLayout::trueStereoByOutput },
        { "per-channel", ChannelLayout::perChannel },
        { "hesuvi", ChannelLayout::heSuVi },
        { "b-format", ChannelLayout::bFormat },
        { "ambix", ChannelLayout::ambiX }
    };
    constexpr std::string_view matrix = "matrix:";

    for (const auto& [name, layout] : names)
    {
        if (text == name)
        {
            channels.layout = layout;
            return {};
        }
    }

    if (text.starts_with (matrix))
    {
        const auto inputs = parseCount (std::string_view (text).substr (matrix.size()), mostKernelChannels);

        if (inputs.value_or (0) == 0)
            return faltwerk::quoted (text) + " names no possible number of inputs; write matrix:1 to matrix:"
                   + std::to_string (mostKernelChannels);

        channels.layout = ChannelLayout::matrix;
        channels.numMatrixInputs = *inputs;
    }
    else if (! parseByHand (text, channels))
        return faltwerk::quoted (text)
               + " is none of auto, true-stereo, true-stereo-by-output, per-channel, matrix:INPUTS, hesuvi, b-format, "
                 "ambix, or four channels as 1,2,9,8";

    return {};
}

} // namespace

void addKernelOptions (CLI::App& command, KernelInput& input)
{
    auto* pair =
        command.add_flag ("--kernel-pair", input.pair,
                          "The kernel is two files, as hallL.wav and hallR.wav, or four (LL LR RL RR): name any");
    addNumber (
        command, "--kernel-rate", [&input] (double rate) { input.rate = rate; },
        { lowestSampleRate, highestSampleRate, "Hz" }, "The sample rate of a kernel of bare numbers")
        ->excludes (pair);
    auto* const channels =
        command
            .add_option_function<std::string> (
                "--kernel-channels",
                [&input] (const std::string& text)
                {
                    if (const auto problem = parseLayout (text, input.channels); ! problem.empty())
                        throw CLI::ValidationError ("--kernel-channels", problem);
                },
                "What the kernel's channels are: auto (1 mono, 2 stereo, 4 true stereo LL LR RL RR, 14 HeSuVi),\n"
                "true-stereo, true-stereo-by-output (LL RL LR RR), per-channel, matrix:INPUTS, hesuvi, b-format\n"
                "(W X Y Z), ambix (W Y Z X), or the channels of LL, LR, RL, RR by hand, as 1,2,9,8 (0: no path)")
            ->type_name ("LAYOUT")
            ->excludes (pair);
    rememberWords (channels, { "auto", "true-stereo", "true-stereo-by-output", "per-channel", "matrix:", "hesuvi",
                               "b-format", "ambix" });
    command.add_flag ("--kernel-mirrored", input.channels.isMirrored,
                      "Exchange left and right of a stereo or true-stereo kernel");
    addNumbersOption (command, input.commas);
}

void addNumbersOption (CLI::App& command, CommaChoice& choice)
{
    choice.advice = commaAdvice;
    addChoice<Commas> (command, "--numbers", choice.commas,
                       { { "auto", Commas::automatic },
                         { "decimal-comma", Commas::decimal },
                         { "comma-separated", Commas::separate },
                         { "thousands", Commas::thousands } },
                       "What commas in a text of numbers mean: auto, decimal-comma, comma-separated or thousands\n"
                       "(default: auto, which reads what the text shows, and asks if it shows nothing)")
        ->type_name ("MEANING");
}

void printRemark (const std::string& name, const std::string& remark, bool isDamage)
{
    if (remark.empty())
        return;

    const auto line = "'" + name + "' " + remark;
    isDamage ? console::warn (line) : console::remark (line);
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

    printRemark (nameOfFile (*file), sound->remark, sound->isDamaged);
    return sound;
}

namespace
{

/** Makes a kernel of the bank, arranged by the options for channels. */
Outcome<Kernel> makeOfBank (const std::string& path, const KernelInput& input)
{
    if (input.pair)
        return Outcome<Kernel>::failure ("'" + path
                                         + "' is a kernel of the bank, not two files. Leave out --kernel-pair.");

    auto kernel = makeFactoryKernel (std::string_view (path).substr (factoryPrefix.size()));
    const bool isArranged = input.channels == ChannelChoice();
    return ! kernel || isArranged
               ? kernel
               : makeKernel (std::move (kernel->paths), kernel->sampleRate, std::move (kernel->name), input.channels);
}

Outcome<Kernel> readOfFiles (const std::string& path, const KernelInput& input)
{
    const auto file = toRegularFile (path);

    if (! file)
        return Outcome<Kernel>::failure (file.error());

    return input.pair ? readParts (*file, input.channels, input.commas)
                      : faltwerk::readKernel (*file, input.channels, input.commas);
}

} // namespace

Outcome<Kernel> readKernel (const std::string& path, const KernelInput& input)
{
    auto kernel = path.starts_with (factoryPrefix) ? makeOfBank (path, input) : readOfFiles (path, input);

    if (kernel && input.rate > 0.0)
    {
        if (kernel->sampleRate > 0.0)
            return Outcome<Kernel>::failure ("'" + path + "' says its sample rate itself. Leave out --kernel-rate.");

        kernel->sampleRate = input.rate;
    }

    if (! kernel)
        return kernel;

    printRemark (kernel->name, kernel->remark, kernel->isDamaged);
    console::remark (remarkOn (*kernel));

    if (input.channels.isMirrored && kernel->routing != Routing::stereo && kernel->routing != Routing::trueStereo)
        console::warn ("--kernel-mirrored changes nothing: '" + kernel->name + "' is " + routingAsText (*kernel)
                       + ", not stereo or true stereo.");

    return kernel;
}

} // namespace faltwerk::tool
