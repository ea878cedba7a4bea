// faltwerk help, completion and man: what the commands are, for people and for shells.

#include "Tool/Commands/Commands.h"
#include "Tool/Commands/Completion.h"
#include "Tool/Commands/HelpText.h"
#include "Tool/Commands/ManualPage.h"
#include "Tool/Options/ChoiceOption.h"
#include "Tool/Options/UsageError.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace faltwerk::tool
{

namespace
{

std::string print (const std::string& text)
{
    std::fwrite (text.data(), 1, text.size(), stdout);
    return {};
}

/** Returns the command of some names, as make low-pass. Throws a usage error for an unknown one. */
CommandText commandNamed (const std::vector<std::string>& words, const CommandText& tool)
{
    const auto* command = &tool;

    for (const auto& word : words)
    {
        const CommandText* found = nullptr;
        std::vector<std::string> names;

        for (const auto& each : command->commands)
        {
            names.push_back (each.name);

            if (each.name == lowerCase (word))
                found = &each;
        }

        if (found == nullptr)
            throw CLI::ValidationError ("Unknown command " + faltwerk::quoted (word) + "." + suggestion (word, names));

        command = found;
    }

    return *command;
}

} // namespace

void addHelp (CLI::App& app, Run& run)
{
    const auto words = std::make_shared<std::vector<std::string>>();
    auto* const help = app.add_subcommand ("help", "Explain a command");
    auto* const positional =
        help->add_option ("COMMAND", *words, "The command, as render or make low-pass (default: all of them)");
    help->callback (
        [words, &app, &run] {
            run = [command = commandNamed (*words, describe (app, {}))]
            { return print (helpText (command, helpWidth())); };
        });

    using Script = std::string (*) (const CommandText&);
    const auto script = std::make_shared<Script> (bashCompletion);
    auto* const completion = app.add_subcommand ("completion", "Print a script by which a shell completes arguments");
    addChoice<Script> (*completion, "SHELL", *script, { { "bash", bashCompletion }, { "zsh", zshCompletion } },
                       "bash or zsh")
        ->required();
    completion->footer ("For bash: source <(faltwerk completion bash), for zsh: source <(faltwerk completion zsh).");
    completion->callback ([script, &app, &run]
                          { run = [script, &app] { return print ((*script) (describe (app, {}))); }; });

    auto* const man = app.add_subcommand ("man", "Print the manual page, as in: faltwerk man > faltwerk.1");
    man->callback ([&app, &run]
                   { run = [&app] { return print (manualPage (describe (app, {}), FALTWERK_VERSION)); }; });

    std::vector<std::string> names;

    for (const auto* each : app.get_subcommands ([] (const CLI::App*) { return true; }))
        names.push_back (each->get_name());

    rememberWords (positional, std::move (names));
}

} // namespace faltwerk::tool
