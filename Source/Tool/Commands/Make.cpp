// faltwerk make: a generated kernel into a file.

#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/Numbers/NumberText.h"
#include "Tool/Commands/CommandText.h"
#include "Tool/Commands/Commands.h"
#include "Tool/Options/NumberOption.h"
#include "Tool/Output/Console.h"
#include "Tool/Output/JsonWriter.h"
#include "Tool/Output/Output.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <map>
#include <memory>
#include <numbers>

namespace faltwerk::tool
{

namespace
{

struct MakeCommand
{
    std::map<std::string, double> values;
    Output output;
};

/** Returns the gain of a kernel's first path at a frequency, in dB. */
double gainAt (const Kernel& kernel, double hertz)
{
    std::complex<double> sum = 0.0;

    for (size_t n = 0; n < kernel.lengthInFrames(); ++n)
        sum += static_cast<double> (kernel.paths[0][n])
               * std::polar (1.0, -2.0 * std::numbers::pi * hertz * static_cast<double> (n) / kernel.sampleRate);

    return 20.0 * std::log10 (std::abs (sum) + 1e-12);
}

/** Says if a filter of a given number of taps is too short to have half its gain at its cutoffs. */
void remarkOnCutoffs (const Generator& generator, const MakeCommand& command, const Kernel& kernel)
{
    constexpr double atCutoff = -6.02, allowed = 0.5; // dB
    const auto valueOf = [&] (std::string_view id)
    {
        const auto given = command.values.find (std::string (id));

        if (given != command.values.end())
            return given->second;

        const auto& all = generator.parameters;
        const auto found = std::find_if (all.begin(), all.end(), [id] (const auto& each) { return each.id == id; });
        return found == all.end() ? 0.0 : found->defaultValue;
    };

    if (const double taps = valueOf ("taps"); command.values.count ("taps") > 0 && taps > 0.0)
    {
        for (const auto* const id : { "cutoff", "low-cutoff", "high-cutoff" })
        {
            const double cutoff = valueOf (id), gain = cutoff > 0.0 ? gainAt (kernel, cutoff) - valueOf ("level") : 0.0;

            if (cutoff > 0.0 && std::abs (gain - atCutoff) > allowed)
            {
                char text[200];
                std::snprintf (
                    text, sizeof text,
                    "with %.0f taps the gain at %g Hz, the %s, is %.1f dB and not -6.0 dB. Leave out --taps, or "
                    "give more.",
                    taps, cutoff, id, gain);
                console::remark (text);
            }
        }
    }
}

std::string make (std::string_view id, const MakeCommand& command)
{
    if (auto complaint = complaintAbout (command.output); ! complaint.empty())
        return complaint;

    const auto kernel = generate (id, command.values);

    if (kernel)
        remarkOnCutoffs (*findGenerator (id), command, *kernel);

    return kernel ? write ({ kernel->paths, kernel->sampleRate }, command.output) : kernel.error();
}

/** Returns all generators with their parameters. */
std::string generatorsAsJson()
{
    JsonWriter json;
    json.beginObject();
    json.member ("schema", "faltwerk.generators");
    json.member ("version", size_t { 1 });
    json.beginArray ("generators");

    for (const auto& generator : generators())
    {
        json.beginObject();
        json.member ("id", generator.id);
        json.member ("name", generator.name);
        json.member ("group", generator.group);
        json.member ("description", generator.description);
        json.beginArray ("parameters");

        for (const auto& parameter : generator.parameters)
        {
            json.beginObject();
            json.member ("id", parameter.id);
            json.member ("description", parameter.help);
            json.member ("unit", parameter.unit);
            json.member ("minimum", parameter.minimum);
            json.member ("maximum", parameter.maximum);
            json.member ("default", parameter.defaultValue);
            json.member ("isWholeNumber", parameter.isWholeNumber);
            json.beginArray ("words"); // what the numbers from the minimum on mean

            for (const auto word : parameter.choices)
                json.value (word);

            json.end();
            json.end();
        }

        json.end();
        json.end();
    }

    json.end();
    json.end();
    auto text = json.text();
    text.pop_back(); // the end of the line is printed with what --version prints
    return text;
}

std::string toText (double number)
{
    char text[32];
    std::snprintf (text, sizeof text, "%.10g", number);
    return text;
}

std::string joined (const std::vector<std::string_view>& words)
{
    std::string text;

    for (const auto word : words)
        text += (text.empty() ? "" : ", ") + std::string (word);

    return text;
}

/** Returns help as in "Decay time, in s, 0.1..20 (default: 2)". */
std::string helpOf (const GeneratorParameter& parameter)
{
    std::string help (parameter.help);

    while (! help.empty() && help.back() == '.')
        help.pop_back();

    if (! parameter.unit.empty())
        help += ", in " + std::string (parameter.unit);

    if (! parameter.choices.empty())
    {
        help += ": " + joined (parameter.choices);
    }

    return help + ", " + toText (parameter.minimum) + ".." + toText (parameter.maximum)
           + " (default: " + toText (parameter.defaultValue) + ")";
}

NumberRange rangeOf (const GeneratorParameter& parameter)
{
    return { parameter.minimum, parameter.maximum, parameter.unit, parameter.isWholeNumber };
}

/** Returns a parameter's value: a number, or one of its words. */
double valueOf (const GeneratorParameter& parameter, const std::string& text)
{
    for (size_t n = 0; n < parameter.choices.size(); ++n)
        if (lowerCase (trimmed (text)) == parameter.choices[n])
            return parameter.minimum + static_cast<double> (n);

    const auto option = "--" + std::string (parameter.id);

    try
    {
        return parseNumber (option, text, rangeOf (parameter));
    }
    catch (const CLI::ValidationError&)
    {
        if (parameter.choices.empty())
            throw;

        throw CLI::ValidationError (option, quoted (trimmed (text)) + " is not one of " + joined (parameter.choices));
    }
}

} // namespace

void addMake (CLI::App& app, Run& run)
{
    auto* command = app.add_subcommand ("make", "Make a kernel by a generator");
    command->require_subcommand (1);
    command->add_flag_callback (
        "--json", [] { throw CLI::CallForVersion (generatorsAsJson(), 0); }, // ends like --version
        "Print the generators and their parameters as JSON");

    for (const auto& generator : generators())
    {
        const auto options = std::make_shared<MakeCommand>();
        auto* const own = command->add_subcommand (std::string (generator.id), std::string (generator.description));

        for (const auto& parameter : generator.parameters)
        {
            auto* const option = own->add_option_function<std::string> (
                "--" + std::string (parameter.id),
                [options, &parameter] (const std::string& text)
                { options->values[std::string (parameter.id)] = valueOf (parameter, text); },
                helpOf (parameter));
            option->type_name (parameter.choices.empty() ? typeName (rangeOf (parameter)) : std::string ("WORD"));

            if (! parameter.choices.empty())
                rememberWords (option, { parameter.choices.begin(), parameter.choices.end() });
        }

        addOutputOptions (*own, options->output);
        own->callback ([options, &run, id = generator.id] { run = [options, id] { return make (id, *options); }; });
    }
}

} // namespace faltwerk::tool
