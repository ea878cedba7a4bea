#include "Tool/Commands/Completion.h"

#include "Kernel/Generators/FactoryBank.h"

#include <string_view>

namespace faltwerk::tool
{

namespace
{

/** Returns text in single quotes for a shell. */
std::string inQuotes (std::string_view text)
{
    std::string result = "'";

    for (const char c : text)
        result += c == '\'' ? std::string ("'\\''") : std::string (1, c);

    return result + "'";
}

std::string joined (const std::vector<std::string>& words)
{
    std::string text;

    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;

    return text;
}

std::string namesOfKernels()
{
    std::string names;

    for (const auto& kernel : factoryKernels())
        names += " " + inQuotes (kernel.name);

    return "_faltwerk_kernels=(" + names + " )\n\n";
}

/** Calls visit (command) for a command and all below it. */
template <typename Visit>
void forEachCommand (const CommandText& command, Visit&& visit)
{
    visit (command);

    for (const auto& each : command.commands)
        forEachCommand (each, visit);
}

/** Returns the branch of a case statement for what an option or positional takes; nothing for a flag. */
std::string branchFor (const CommandText& command, const OptionText& option)
{
    if (option.value == OptionText::Value::none)
        return {};

    std::string patterns;

    if (option.isPositional)
        patterns = inQuotes (command.path + " ");
    else
        for (const auto& name : option.names)
            patterns += (patterns.empty() ? "" : " | ") + inQuotes (command.path + " " + name);

    const std::string kind = option.value == OptionText::Value::words    ? "words"
                             : option.value == OptionText::Value::file   ? "file"
                             : option.value == OptionText::Value::kernel ? "kernel"
                                                                         : "other";
    const auto choices = option.words.empty() ? std::string() : " choices=" + inQuotes (joined (option.words));
    return "        " + patterns + ") kind=" + kind + choices + " ;;\n";
}

/** Returns the function that sets `kind` and `choices` for a command and one of its options, or "" for positionals. */
std::string valueFunction (const CommandText& tool)
{
    std::string text = "_faltwerk_value()\n{\n    kind=none choices=''\n\n    case \"$1 $2\" in\n";
    forEachCommand (tool,
                    [&text] (const CommandText& command)
                    {
                        for (const auto& option : command.options)
                            text += branchFor (command, option);

                        if (! command.positionals.empty()) // the first stands for those that follow
                            text += branchFor (command, command.positionals.front());
                    });
    return text + "    esac\n}\n\n";
}

/** Returns "name:description" for zsh. */
std::string described (const std::string& name, const std::string& description)
{
    std::string escaped;

    for (const char c : name)
        escaped += c == ':' ? std::string ("\\:") : std::string (1, c);

    return inQuotes (escaped + ":" + description);
}

constexpr std::string_view bashMain = R"(_faltwerk()
{
    local IFS=$' \t\n' command=faltwerk commands options kind choices option='' quote='' current word n
    local arguments=()
    COMPREPLY=()

    # Bash breaks words at : and =.
    for ((n = 1; n <= COMP_CWORD; ++n)); do
        word="${COMP_WORDS[n]}"

        if [[ $word == '=' ]]; then
            ((n == COMP_CWORD)) && arguments+=('')
        elif ((${#arguments[@]} > 0)) && [[ $word == :* || ${COMP_WORDS[n - 1]} == ':' ]]; then
            arguments[${#arguments[@]} - 1]+="$word"
        else
            arguments+=("$word")
        fi
    done

    current="${arguments[${#arguments[@]} - 1]}"
    _faltwerk_list "$command"

    for ((n = 0; n < ${#arguments[@]} - 1; ++n)); do
        word="${arguments[n]}"

        if [[ -n $option ]]; then
            option=''
        elif [[ $word == -* ]]; then
            _faltwerk_value "$command" "$word"
            [[ $kind != none ]] && option="$word"
        elif [[ -n $commands && " $commands " == *" $word "* ]]; then
            command="$command $word"
            _faltwerk_list "$command"
        fi
    done

    if [[ -z $option && $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
        return
    fi

    if [[ -z $option && -n $commands ]]; then
        COMPREPLY=($(compgen -W "$commands" -- "$current"))
        return
    fi

    _faltwerk_value "$command" "$option"

    if [[ $kind == words ]]; then
        COMPREPLY=($(compgen -W "$choices" -- "$current"))
        return
    fi

    [[ $kind == file || $kind == kernel ]] || return

    if [[ $kind == kernel ]]; then
        case "$current" in
            \'* | \"*) quote="${current:0:1}" word="${current:1}" ;;
            *) word="$current" ;;
        esac

        if [[ $word == factory:* ]]; then
            for n in "${_faltwerk_kernels[@]}"; do
                n="factory:$n"
                [[ -n $quote ]] || printf -v n '%q' "$n"
                [[ $n == "$word"* ]] || continue
                [[ -z $quote && $COMP_WORDBREAKS == *:* ]] && n="${n#factory:}"
                COMPREPLY+=("$n")
            done
            return
        fi

        if [[ -n $word && factory: == "$word"* ]]; then
            compopt -o nospace 2> /dev/null
            COMPREPLY=(factory:)
        fi
    fi

    compopt -o filenames 2> /dev/null

    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -f -- "$current")
}

complete -F _faltwerk faltwerk
)";

constexpr std::string_view zshMain = R"(_faltwerk()
{
    local command=faltwerk kind choices option='' word
    local -a commands options
    integer n
    _faltwerk_list "$command"

    for ((n = 2; n < CURRENT; ++n)); do
        word="${words[n]}"

        if [[ -n $option ]]; then
            option=''
        elif [[ $word == -* ]]; then
            _faltwerk_value "$command" "$word"
            [[ $kind != none ]] && option="$word"
        elif (( ${commands[(I)${word}:*]} )); then
            command="$command $word"
            _faltwerk_list "$command"
        fi
    done

    if [[ -z $option && ${words[CURRENT]} == -* ]]; then
        _describe -o option options
        return
    fi

    if [[ -z $option ]] && (( ${#commands} )); then
        _describe command commands
        return
    fi

    _faltwerk_value "$command" "$option"

    case $kind in
        words) compadd -- ${=choices} ;;
        file) _files ;;
        kernel) compadd -- "factory:"${^_faltwerk_kernels}; _files ;;
    esac
}

if [[ ${funcstack[1]} == _faltwerk ]]; then
    _faltwerk "$@"
else
    compdef _faltwerk faltwerk
fi
)";

} // namespace

std::string bashCompletion (const CommandText& tool)
{
    auto text = "# Completion of faltwerk for bash. Use: source <(faltwerk completion bash)\n\n" + namesOfKernels();
    text += "_faltwerk_list()\n{\n    commands='' options=''\n\n    case \"$1\" in\n";
    forEachCommand (tool,
                    [&text] (const CommandText& command)
                    {
                        std::vector<std::string> commands, options;

                        for (const auto& each : command.commands)
                            commands.push_back (each.name);

                        for (const auto& option : command.options)
                            options.push_back (option.names.back());

                        text += "        " + inQuotes (command.path) + ") commands=" + inQuotes (joined (commands))
                                + " options=" + inQuotes (joined (options)) + " ;;\n";
                    });
    text += "    esac\n}\n\n";
    return text + valueFunction (tool) + std::string (bashMain);
}

std::string zshCompletion (const CommandText& tool)
{
    auto text = "#compdef faltwerk\n# Completion of faltwerk for zsh. Use: source <(faltwerk completion zsh)\n\n"
                + namesOfKernels();
    text += "_faltwerk_list()\n{\n    commands=() options=()\n\n    case \"$1\" in\n";
    forEachCommand (tool,
                    [&text] (const CommandText& command)
                    {
                        text += "        " + inQuotes (command.path) + ")\n            commands=(";

                        for (const auto& each : command.commands)
                            text += " " + described (each.name, each.description);

                        text += " )\n            options=(";

                        for (const auto& option : command.options)
                            text += " " + described (option.names.back(), option.description);

                        text += " )\n            ;;\n";
                    });
    text += "    esac\n}\n\n";
    return text + valueFunction (tool) + std::string (zshMain);
}

} // namespace faltwerk::tool
