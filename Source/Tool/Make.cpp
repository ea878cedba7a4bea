// faltwerk make: a generated kernel into a file.

#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/NumberText.h"
#include "Tool/CommandText.h"
#include "Tool/Commands.h"
#include "Tool/JsonWriter.h"
#include "Tool/NumberOption.h"
#include "Tool/Output.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>
#include <memory>

namespace faltwerk::tool
{

namespace
{

struct MakeCommand
{
    std::map<std::string, double> values;
    Output output;
};

std::string make (std::string_view generator, const MakeCommand& command)
{
    if (auto complaint = complaintAbout (command.output); ! complaint.empty())
        return complaint;

    const auto kernel = generate (generator, command.values);

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

/** As in "Decay time in s, 0.1..20 (default: 2)". */
std::string helpOf (const GeneratorParameter& parameter)
{
    std::string help (parameter.help);

    while (! help.empty() && help.back() == '.')
        help.pop_back();

    if (! parameter.unit.empty())
        help += ", in " + std::string (parameter.unit);

    if (! parameter.choices.empty())
    {
        std::string words;

        for (const auto choice : parameter.choices)
            words += (words.empty() ? "" : ", ") + std::string (choice);

        help += ": " + words;
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

    return parseNumber ("--" + std::string (parameter.id), text, rangeOf (parameter));
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
