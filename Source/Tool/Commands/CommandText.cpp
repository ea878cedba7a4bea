#include "Tool/Commands/CommandText.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace faltwerk::tool
{

namespace
{

std::map<const CLI::Option*, std::vector<std::string>>& rememberedWords()
{
    static std::map<const CLI::Option*, std::vector<std::string>> words;
    return words;
}

std::set<const CLI::Option*>& rememberedKernels()
{
    static std::set<const CLI::Option*> kernels;
    return kernels;
}

/** Joins lines to one paragraph. */
std::string joined (std::string text)
{
    std::replace (text.begin(), text.end(), '\n', ' ');
    return text;
}

OptionText::Value valueOf (const CLI::Option& option, const std::string& valueName)
{
    if (option.get_items_expected_max() == 0)
        return OptionText::Value::none;

    if (rememberedWords().contains (&option))
        return OptionText::Value::words;

    if (rememberedKernels().contains (&option))
        return OptionText::Value::kernel;

    return valueName == "FILE" || valueName == "FOLDER" ? OptionText::Value::file : OptionText::Value::other;
}

/** Returns the description with what else must be known of an option. */
std::string describeOption (const CLI::Option& option)
{
    auto text = joined (option.get_description());
    std::string notes;
    const auto note = [&notes] (const std::string& words) { notes += (notes.empty() ? "" : ", ") + words; };

    if (option.get_required() && ! option.get_positional())
        note ("required");

    if (const auto value = option.get_default_str(); ! value.empty())
        note ("default: " + value);

    std::string others;

    // In the order of the names, as the library keeps them by address.
    std::set<std::string> excluded;

    for (const auto* other : option.get_excludes())
        excluded.insert (other->get_name());

    for (const auto& name : excluded)
        others += (others.empty() ? "" : ", ") + name;

    if (! others.empty())
        note ("not with " + others);

    return notes.empty() ? text : text + " (" + notes + ")";
}

OptionText describe (const CLI::Option& option, const std::string& group)
{
    OptionText text;

    for (const auto& name : option.get_snames())
        text.names.push_back ("-" + name);

    for (const auto& name : option.get_lnames())
        text.names.push_back ("--" + name);

    text.isPositional = option.get_positional();

    if (text.isPositional)
        text.names = { option.get_name() };

    if (option.get_items_expected_max() > 0)
        text.valueName = option.get_type_name();

    text.value = valueOf (option, text.valueName);
    const auto words = rememberedWords().find (&option);

    if (words != rememberedWords().end())
        text.words = words->second;

    text.description = describeOption (option);
    text.group = group;
    text.isRequired = option.get_required();
    text.takesSeveral = option.get_items_expected_max() > 1;
    return text;
}

void addOptions (const CLI::App& app, const std::string& group, CommandText& text)
{
    for (const auto* option : app.get_options())
    {
        if (! group.empty() && option == app.get_help_ptr()) // the command has it already
            continue;

        auto described = describe (*option, group);

        if (described.isPositional)
        {
            if (described.value == OptionText::Value::other)
                described.value = OptionText::Value::file;

            text.positionals.push_back (std::move (described));
        }
        else
            text.options.push_back (std::move (described));
    }
}

} // namespace

std::string OptionText::label() const
{
    if (isPositional)
        return names.front() + (takesSeveral ? "..." : "");

    std::string text = names.front().starts_with ("--") ? "    " : "";

    for (const auto& name : names)
        text += (&name == &names.front() ? "" : ", ") + name;

    return valueName.empty() ? text : text + " " + valueName;
}

std::string CommandText::usage() const
{
    auto text = path + " [OPTIONS]";

    for (const auto& positional : positionals)
        text += positional.isRequired ? " " + positional.label() : " [" + positional.label() + "]";

    return commands.empty() ? text : text + " COMMAND";
}

void rememberWords (const CLI::Option* option, std::vector<std::string> words)
{
    rememberedWords()[option] = std::move (words);
}

CLI::Option* takesKernel (CLI::Option* option)
{
    rememberedKernels().insert (option);
    return option->type_name ("KERNEL");
}

CommandText describe (const CLI::App& app, const std::string& parents)
{
    CommandText text;
    text.name = app.get_name();
    text.path = parents.empty() ? text.name : parents + " " + text.name;
    text.description = joined (app.get_description());
    text.footer = joined (app.get_footer());
    addOptions (app, {}, text);

    for (const auto* each : app.get_subcommands ([] (const CLI::App*) { return true; }))
    {
        if (! each->get_name().empty())
            text.commands.push_back (describe (*each, text.path));
        else
            addOptions (*each, each->get_group() + " (" + each->get_description() + ")", text);
    }

    return text;
}

} // namespace faltwerk::tool
