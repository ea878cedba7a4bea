// faltwerk make: a generated kernel into a file.

#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/NumberText.h"
#include "Tool/Commands.h"
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

    for (const auto& generator : generators())
    {
        const auto options = std::make_shared<MakeCommand>();
        auto* const own = command->add_subcommand (std::string (generator.id), std::string (generator.description));

        for (const auto& parameter : generator.parameters)
            own->add_option_function<std::string> (
                   "--" + std::string (parameter.id),
                   [options, &parameter] (const std::string& text)
                   { options->values[std::string (parameter.id)] = valueOf (parameter, text); },
                   helpOf (parameter))
                ->type_name (parameter.choices.empty() ? typeName (rangeOf (parameter)) : std::string ("WORD"));

        addOutputOptions (*own, options->output);
        own->callback ([options, &run, id = generator.id] { run = [options, id] { return make (id, *options); }; });
    }
}

} // namespace faltwerk::tool
