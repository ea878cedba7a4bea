#include "Tool/EditOptions.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <string>

namespace faltwerk::tool
{

namespace
{

/** A number of seconds, as in 0.25, 0.25s or 250ms; throws what CLI11 reports. */
double parseTime (const std::string& option, const std::string& text, double most)
{
    const auto fail = [&]() -> double
    {
        throw CLI::ValidationError (option, "'" + text + "' is no time from 0 to " + CLI::detail::to_string (most)
                                                + " s; write it as 0.25 or 250ms");
    };

    auto number = CLI::detail::trim_copy (text);
    double unit = 1.0;

    if (number.ends_with ("ms"))
    {
        unit = 0.001;
        number.resize (number.size() - 2);
    }
    else if (number.ends_with ("s"))
    {
        number.resize (number.size() - 1);
    }

    double value = 0.0;

    if (! CLI::detail::lexical_cast (CLI::detail::trim_copy (number), value))
        return fail();

    value *= unit;
    return value >= 0.0 && value <= most ? value : fail();
}

void addTime (CLI::App& command, const std::string& option, double& seconds, double most, const std::string& help)
{
    command
        .add_option_function<std::string> (
            option, [&seconds, option, most] (const std::string& text) { seconds = parseTime (option, text, most); },
            help)
        ->type_name ("TIME");
}

void addPercent (CLI::App& command,
                 const std::string& option,
                 double& share,
                 double least,
                 double most,
                 const std::string& help)
{
    command
        .add_option_function<double> (
            option, [&share] (double percent) { share = percent / 100.0; }, help)
        ->check (CLI::Range (least, most))
        ->type_name ("PERCENT");
}

/** START:END, either of which may be missing. */
void parseTrim (const std::string& text, Edits& edits)
{
    constexpr double longest = 3600.0;
    const auto colon = text.find (':');

    if (colon == std::string::npos)
        throw CLI::ValidationError ("--trim", "'" + text + "' has no colon; write START:END, START: or :END");

    if (const auto start = text.substr (0, colon); ! CLI::detail::trim_copy (start).empty())
        edits.start = parseTime ("--trim", start, longest);

    if (const auto end = text.substr (colon + 1); ! CLI::detail::trim_copy (end).empty())
        edits.end = parseTime ("--trim", end, longest);
}

/** TIME:DB,TIME:DB,... */
void parseNodes (const std::string& text, Edits& edits)
{
    for (const auto& node : CLI::detail::split (text, ','))
    {
        const auto colon = node.find (':');
        double gainDb = 0.0;

        if (colon == std::string::npos
            || ! CLI::detail::lexical_cast (CLI::detail::trim_copy (node.substr (colon + 1)), gainDb)
            || ! (gainDb >= -120.0 && gainDb <= 60.0))
            throw CLI::ValidationError ("--nodes", "'" + node + "' is no node; write TIME:DB, as in 0.5:-3,2:-20");

        edits.nodes.push_back ({ parseTime ("--nodes", node.substr (0, colon), 3600.0), gainDb });
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
    addPercent (*options, "--size", edits.stretch, 25.0, 400.0, "Stretch time and pitch together");
    addTime (*options, "--attack", edits.attack, 60.0, "Time until it is at full level");
    addPercent (*options, "--decay", edits.decay, 10.0, 200.0, "The decay time relative to its own");
    options
        ->add_option_function<std::string> (
            "--nodes", [&edits] (const std::string& text) { parseNodes (text, edits); },
            "A curve of gain through TIME:DB,TIME:DB,...")
        ->type_name ("NODES");
    addTime (*options, "--fade-in", edits.fadeIn, 60.0, "Fade in");
    addTime (*options, "--fade-out", edits.fadeOut, 60.0, "Fade out");
    addPercent (*options, "--width", edits.width, 0.0, 200.0, "Stereo width; 0 is mono");
    addPercent (*options, "--damping", edits.damping, 0.0, 100.0, "Shorten the decay above 2 kHz");
    options->add_option ("--gain", edits.gainDb, "Gain in dB")->check (CLI::Range (-60.0, 60.0))->type_name ("DB");
    options->add_option ("--normalise", edits.normalise, "Level: off, peak, energy or loudness (default: off)")
        ->transform (CLI::CheckedTransformer (std::map<std::string, Normalise> { { "off", Normalise::off },
                                                                                 { "peak", Normalise::peak },
                                                                                 { "energy", Normalise::energy },
                                                                                 { "loudness", Normalise::loudness } })
                         .description ("MEASURE"));
    addTime (*options, "--pre-delay", edits.preDelay, 60.0, "Silence before it");
}

} // namespace faltwerk::tool
