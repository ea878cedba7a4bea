#include "Tool/Commands/HelpText.h"

#include "Tool/Output/Console.h"

#include <CLI/CLI.hpp>
#include <juce_core/juce_core.h>

#include <algorithm>
#include <memory>
#include <sstream>

#if ! defined(_WIN32)
    #include <sys/ioctl.h>
    #include <unistd.h>
#endif

namespace faltwerk::tool
{

namespace
{

constexpr size_t firstColumn = 2, secondColumn = 28; // of names and of what they mean

/** Returns how many columns UTF-8 text takes, each character one. */
size_t columnsOf (const std::string& text)
{
    return static_cast<size_t> (std::count_if (
        text.begin(), text.end(), [] (char c) { return (static_cast<unsigned char> (c) & 0xc0) != 0x80; }));
}

/** Appends words to text, whose last line has some columns already, and begins new lines at an indent. */
void appendWrapped (std::string& text, const std::string& words, size_t column, size_t indent, size_t width)
{
    std::istringstream stream (words);
    bool isFirst = true;

    for (std::string word; stream >> word; isFirst = false)
    {
        const auto length = columnsOf (word);

        if (! isFirst && column + 1 + length > width)
        {
            text += "\n" + std::string (indent, ' ');
            column = indent;
        }
        else if (! isFirst)
        {
            text += ' ';
            ++column;
        }

        text += word;
        column += length;
    }

    text += '\n';
}

void appendEntry (std::string& text, const std::string& label, const std::string& description, size_t width)
{
    auto line = std::string (firstColumn, ' ') + label;

    if (line.size() + 2 > secondColumn)
        line += "\n" + std::string (secondColumn, ' ');
    else
        line.resize (secondColumn, ' ');

    text += line;
    appendWrapped (text, description, secondColumn, secondColumn, width);
}

void appendOptions (std::string& text, const std::vector<OptionText>& options, size_t width)
{
    std::string group;

    for (const auto& option : options)
    {
        if (option.group != group)
        {
            text += "\n";
            appendWrapped (text, option.group + ":", 0, 0, width);
            group = option.group;
        }

        appendEntry (text, option.label(), option.description, width);
    }
}

class HelpFormatter : public CLI::FormatterBase
{
public:
    std::string make_help (const CLI::App* app, std::string name, CLI::AppFormatMode) const override
    {
        const auto space = name.rfind (' '); // the name is the whole path
        return helpText (describe (*app, space == std::string::npos ? std::string() : name.substr (0, space)),
                         helpWidth());
    }
};

} // namespace

size_t helpWidth()
{
    constexpr long narrowest = 60, widest = 120, usual = 80;
    long width = usual;

    if (const auto columns = juce::SystemStats::getEnvironmentVariable ("COLUMNS", {}).getIntValue(); columns > 0)
        width = columns;
#if ! defined(_WIN32)
    else if (winsize size {};
             console::isTerminal (stdout) && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        width = size.ws_col;
#endif

    return static_cast<size_t> (std::clamp (width, narrowest, widest));
}

std::string helpText (const CommandText& command, size_t width)
{
    std::string text;
    appendWrapped (text, command.description, 0, 0, width);
    text += "\nUsage: ";
    appendWrapped (text, command.usage(), 7, 7, width);

    if (! command.positionals.empty())
    {
        text += "\n";

        for (const auto& positional : command.positionals)
            appendEntry (text, positional.label(), positional.description, width);
    }

    text += "\nOptions:\n";
    appendOptions (text, command.options, width);

    if (! command.commands.empty())
    {
        text += "\nCommands:\n";

        for (const auto& each : command.commands)
            appendEntry (text, each.name, each.description, width);
    }

    if (! command.footer.empty())
    {
        text += "\n";
        appendWrapped (text, command.footer, 0, 0, width);
    }

    return text;
}

void useHelpText (CLI::App& app) { app.formatter (std::make_shared<HelpFormatter>()); }

} // namespace faltwerk::tool
