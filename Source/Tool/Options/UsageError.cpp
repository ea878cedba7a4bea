#include "Tool/Options/UsageError.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Text/NearestWord.h"

#include <CLI/CLI.hpp>

#include <string_view>
#include <vector>

namespace faltwerk::tool
{

namespace
{

/** Calls visit (option) for the options of a command, also those in groups. */
template <typename Visit>
void forEachOption (const CLI::App& command, Visit&& visit)
{
    for (const auto* option : command.get_options())
        visit (*option);

    for (const auto* group : command.get_subcommands ([] (const CLI::App* each) { return each->get_name().empty(); }))
        for (const auto* option : group->get_options())
            visit (*option);
}

std::vector<std::string> namesOfCommands (const CLI::App& command)
{
    std::vector<std::string> names;

    for (const auto* each : command.get_subcommands ([] (const CLI::App* app) { return ! app->get_name().empty(); }))
        names.push_back (each->get_name());

    return names;
}

std::vector<std::string> namesOfOptions (const CLI::App& command)
{
    std::vector<std::string> names;
    forEachOption (command,
                   [&names] (const CLI::Option& option)
                   {
                       for (const auto& name : option.get_lnames())
                           names.push_back ("--" + name);
                   });
    return names;
}

bool isOption (const std::string& word) { return word.size() > 1 && word[0] == '-'; }

/** Returns the sentence for an option with too many values or none. */
std::string mismatchSentence (const CLI::App& command, const std::string& fromLibrary)
{
    std::string sentence;
    forEachOption (command,
                   [&sentence] (const CLI::Option& option)
                   {
                       if (static_cast<int> (option.results().size()) > option.get_items_expected_max())
                           sentence = option.get_name() + " is given more than once";
                   });

    return sentence.empty() ? fromLibrary.substr (0, fromLibrary.find (':')) + " needs a value" : sentence;
}

std::string sentenceFor (const CLI::App& command, const CLI::ParseError& error)
{
    const auto rest = command.remaining();
    const bool needsCommand = command.get_require_subcommand_min() > 0;
    if (needsCommand && rest.empty())
        return "A command is missing.";

    if (needsCommand && ! isOption (rest.front()))
        return "Unknown command " + faltwerk::quoted (rest.front()) + "."
               + suggestion (rest.front(), namesOfCommands (command));

    if (dynamic_cast<const CLI::ExtrasError*> (&error) != nullptr && ! rest.empty())
    {
        if (isOption (rest.front()))
            return "Unknown option " + faltwerk::quoted (rest.front()) + "."
                   + suggestion (rest.front(), namesOfOptions (command));

        return quoted (trimmed (rest.front())) + " is one argument too many.";
    }

    if (dynamic_cast<const CLI::ArgumentMismatch*> (&error) != nullptr)
        return mismatchSentence (command, error.what()) + ".";

    std::string words = error.what();
    constexpr std::string_view excludes = " excludes ";

    if (const auto place = words.find (excludes);
        dynamic_cast<const CLI::ExcludesError*> (&error) != nullptr && place != std::string::npos)
        words.replace (place, excludes.size(), " cannot be used with ");

    return words.ends_with ('.') || words.ends_with ('?') ? words : words + ".";
}

} // namespace

std::string suggestion (const std::string& word, const std::vector<std::string>& known)
{
    const auto nearest = nearestWord (word, known);
    return nearest.empty() ? std::string() : " Did you mean '" + nearest + "'?";
}

bool isUnknownCommand (const CLI::App& app)
{
    const CLI::App* last = &app;

    for (auto chosen = last->get_subcommands(); ! chosen.empty(); chosen = last->get_subcommands())
        last = chosen.front();

    const auto rest = last->remaining();
    return last->get_require_subcommand_min() > 0 && ! rest.empty() && ! isOption (rest.front());
}

std::string usageSentence (const CLI::App& app, const CLI::ParseError& error)
{
    const CLI::App* last = &app;
    std::string words = app.get_name();

    for (auto chosen = last->get_subcommands(); ! chosen.empty(); chosen = last->get_subcommands())
    {
        last = chosen.front();
        words += " " + last->get_name();
    }

    return sentenceFor (*last, error) + " See '" + words + " --help'.";
}

} // namespace faltwerk::tool
