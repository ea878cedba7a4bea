#include "Tool/Options/EditOptions.h"

#include "Tool/Options/ChoiceOption.h"
#include "Tool/Options/NumberOption.h"

#include <CLI/CLI.hpp>

#include <string>

namespace faltwerk::tool
{

namespace
{

void addTime (CLI::App& command, const std::string& option, double& seconds, double most, const std::string& help)
{
    addNumber (
        command, option, [&seconds] (double value) { seconds = value; }, { 0.0, most, "s" }, help);
}

void addPercent (CLI::App& command,
                 const std::string& option,
                 double& share,
                 double least,
                 double most,
                 const std::string& help)
{
    addNumber (
        command, option, [&share] (double percent) { share = percent / 100.0; }, { least, most, "%" }, help);
}

/** Reads START:END, either of which may be missing. */
void parseTrim (const std::string& text, Edits& edits)
{
    constexpr NumberRange range { 0.0, 3600.0, "s" };
    const auto colon = text.find (':');

    if (colon == std::string::npos)
        throw CLI::ValidationError ("--trim", "'" + text + "' has no colon; write START:END, START: or :END");

    if (const auto start = text.substr (0, colon); ! CLI::detail::trim_copy (start).empty())
        edits.start = parseNumber ("--trim", start, range);

    if (const auto end = text.substr (colon + 1); ! CLI::detail::trim_copy (end).empty())
        edits.end = parseNumber ("--trim", end, range);
}

/** Reads TIME:DB,TIME:DB,... */
void parseNodes (const std::string& text, Edits& edits)
{
    for (const auto& node : CLI::detail::split (text, ','))
    {
        const auto colon = node.find (':');

        if (colon == std::string::npos)
            throw CLI::ValidationError ("--nodes", "'" + node + "' is not TIME:DB; write nodes, as in 0.5:-3,2:-20");

        edits.nodes.push_back ({ parseNumber ("--nodes", node.substr (0, colon), { 0.0, 3600.0, "s" }),
                                 parseNumber ("--nodes", node.substr (colon + 1), { -120.0, 60.0, "dB" }) });
    }
}

} // namespace

void addEditOptions (CLI::App& command, Edits& edits)
{
    const std::string group = "Edits of the kernel, in this order";
    CLI::App* const options = command.add_option_group (group, "times in seconds, or as in 250ms");

    options
        ->add_option_function<std::string> (
            "--trim", [&edits] (const std::string& text) { parseTrim (text, edits); },
            "Keep a part: START:END, START: or :END")
        ->type_name ("TIMES");
    options->add_flag ("--reverse", edits.reverse, "Play it backwards");
    addPercent (*options, "--size", edits.stretch, 25.0, 400.0,
                "Length relative to its own: 200 is twice as long and an octave lower");
    addTime (*options, "--attack", edits.attack, 60.0,
             "Fade-in of the whole kernel: the time until it is at full level");
    addPercent (
        *options, "--decay", edits.decay, 10.0, 200.0,
        "Decay time relative to its own, by one factor for all frequencies; bands that decay faster or slower than "
        "the whole change by another share");
    options
        ->add_option_function<std::string> (
            "--nodes", [&edits] (const std::string& text) { parseNodes (text, edits); },
            "A curve of gain through TIME:DB,TIME:DB,...")
        ->type_name ("NODES");
    addTime (*options, "--fade-in", edits.fadeIn, 60.0, "Fade in");
    addTime (*options, "--fade-out", edits.fadeOut, 60.0, "Fade out");
    addPercent (*options, "--width", edits.width, 0.0, 200.0, "Stereo width; 0 is mono");
    addPercent (*options, "--damping", edits.damping, 0.0, 100.0, "Shorten the decay above 2 kHz");
    addChoice<Normalise> (*options, "--normalise", edits.normalise,
                          { { "off", Normalise::off },
                            { "peak", Normalise::peak },
                            { "energy", Normalise::energy },
                            { "loudness", Normalise::loudness } },
                          "Level: off, peak, energy or loudness (default: off)")
        ->type_name ("MEASURE");
    addNumber (
        *options, "--gain", [&edits] (double gainDb) { edits.gainDb = gainDb; }, { -60.0, 60.0, "dB" }, "Gain in dB");
    addTime (*options, "--pre-delay", edits.preDelay, 60.0, "Silence before it");
}

} // namespace faltwerk::tool
