#pragma once

#include <string>
#include <vector>

namespace CLI
{
class App;
class Option;
} // namespace CLI

namespace faltwerk::tool
{

/** An option or positional as help, the manual page and completions show it. */
struct OptionText
{
    enum class Value
    {
        none,
        words,  // one of `words`
        file,   // or a folder
        kernel, // a file or factory:NAME
        other
    };

    std::vector<std::string> names; // "-k", "--kernel"; the name of a positional
    std::string valueName;          // "FILE"; empty without a value
    std::string description;        // one paragraph, with what is required, default or excluded
    std::string group;              // empty if it belongs to none
    Value value = Value::none;
    std::vector<std::string> words;
    bool isPositional = false, isRequired = false, takesSeveral = false;

    /** Returns "-k, --kernel KERNEL", or "IN..." for a positional. */
    std::string label() const;
};

/** A command with all that belongs to it. */
struct CommandText
{
    std::string path; // "faltwerk make low-pass"
    std::string name, description, footer;
    std::vector<OptionText> positionals, options;
    std::vector<CommandText> commands;

    /** Returns "faltwerk render [OPTIONS] IN...". */
    std::string usage() const;
};

/** Remembers the words that an option takes. [main thread] */
void rememberWords (const CLI::Option*, std::vector<std::string> words);

/** Remembers that an option takes a kernel: a file or factory:NAME. Returns the option. [main thread] */
CLI::Option* takesKernel (CLI::Option*);

/** Describes a command and those below it. @param parents  names before its own, as in "faltwerk make" */
CommandText describe (const CLI::App&, const std::string& parents);

} // namespace faltwerk::tool
