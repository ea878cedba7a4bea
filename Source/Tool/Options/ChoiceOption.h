#pragma once

#include "Kernel/Numbers/NumberText.h"
#include "Tool/Commands/CommandText.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace faltwerk::tool
{

/** The words that an option takes, in small letters, and what each means. */
template <typename Value>
using Choices = std::vector<std::pair<std::string, Value>>;

/** Adds an option that takes one of some words, in any case, and hands over what it means; any other ends in wrong
    arguments. */
template <typename Value>
CLI::Option* addChoice (CLI::App& command,
                        const std::string& option,
                        std::function<void (Value)> take,
                        Choices<Value> choices,
                        const std::string& help)
{
    std::vector<std::string> words;

    for (const auto& choice : choices)
        words.push_back (choice.first);

    const auto use = [option, take = std::move (take), choices = std::move (choices)] (const std::string& text)
    {
        std::string names;

        for (const auto& [name, meaning] : choices)
        {
            if (lowerCase (trimmed (text)) == name)
            {
                take (meaning);
                return;
            }

            names += (names.empty() ? "" : ", ") + name;
        }

        throw CLI::ValidationError (option, faltwerk::quoted (text) + " is not one of " + names);
    };
    auto* const added = command.add_option_function<std::string> (option, use, help);
    rememberWords (added, std::move (words));
    return added;
}

/** Adds an option that sets `value`. */
template <typename Value>
CLI::Option* addChoice (CLI::App& command,
                        const std::string& option,
                        Value& value,
                        Choices<Value> choices,
                        const std::string& help)
{
    return addChoice<Value> (
        command, option, [&value] (Value chosen) { value = chosen; }, std::move (choices), help);
}

} // namespace faltwerk::tool
