#include "Tool/UsageError.h"

#include "Kernel/NumberText.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <numeric>
#include <string_view>
#include <vector>

namespace faltwerk::tool
{

namespace
{

/** Returns how many letters must be put in, left out or changed to make one word of another (V. I. Levenshtein,
    Binary codes capable of correcting deletions, insertions and reversals, Soviet Physics Doklady 10, 1966). */
size_t distance (std::string_view from, std::string_view to)
{
    std::vector<size_t> row (to.size() + 1);
    std::iota (row.begin(), row.end(), size_t { 0 });

    for (size_t i = 0; i < from.size(); ++i)
    {
        size_t diagonal = row[0];
        row[0] = i + 1;

        for (size_t j = 0; j < to.size(); ++j)
        {
            const size_t changed = diagonal + (from[i] == to[j] ? 0u : 1u);
            diagonal = row[j + 1];
            row[j + 1] = std::min ({ changed, row[j] + 1, diagonal + 1 });
        }
    }

    return row.back();
}

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
    const auto isOption = [] (const std::string& word) { return word.size() > 1 && word[0] == '-'; };

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
    const auto lower = lowerCase (word);
    const std::string* nearest = nullptr;
    size_t least = 1 + std::max<size_t> (1, word.size() / 3); // as many wrong letters are too many

    for (const auto& each : known)
        if (const auto wrong = distance (lower, each); wrong < least)
            least = wrong, nearest = &each;

    return nearest != nullptr ? " Did you mean '" + *nearest + "'?" : std::string();
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
