#include "Tool/Commands/ManualPage.h"

namespace faltwerk::tool
{

namespace
{

/** Returns text for roff: no backslash, minus or quote that it would read as its own, no control line. */
std::string escaped (const std::string& text)
{
    std::string result;

    for (const char c : text)
    {
        if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else if (c == '\'')
            result += "\\(aq";
        else if (c == '"')
            result += "\\(dq";
        else if (c == '^')
            result += "\\(ha";
        else if (c == '~')
            result += "\\(ti";
        else
            result += c;
    }

    return result.starts_with ('.') ? "\\&" + result : result;
}

std::string bold (const std::string& text) { return "\\fB" + escaped (text) + "\\fR"; }
std::string italic (const std::string& text) { return "\\fI" + escaped (text) + "\\fR"; }

std::string entry (const OptionText& option)
{
    std::string names;

    for (const auto& name : option.names)
        names += (names.empty() ? "" : ", ") + (option.isPositional ? italic (option.label()) : bold (name));

    if (! option.isPositional && ! option.valueName.empty())
        names += " " + italic (option.valueName);

    return ".TP\n" + names + "\n" + escaped (option.description) + "\n";
}

std::string synopsis (const CommandText& command)
{
    std::string text = bold (command.path) + " [" + italic ("OPTIONS") + "]";

    for (const auto& positional : command.positionals)
        text += positional.isRequired ? " " + italic (positional.label()) : " [" + italic (positional.label()) + "]";

    return text;
}

void appendCommand (std::string& page, const CommandText& command, const std::string& footerOfTool)
{
    if (! command.commands.empty())
    {
        page += ".SS " + escaped (command.path) + "\n" + escaped (command.description) + ". See below.\n";

        for (const auto& each : command.commands)
            appendCommand (page, each, footerOfTool);

        return;
    }

    page += ".SS " + escaped (command.path) + "\n" + synopsis (command) + "\n.PP\n" + escaped (command.description)
            + (command.description.ends_with ('.') ? "\n" : ".\n");

    for (const auto& positional : command.positionals)
        page += entry (positional);

    std::string group;

    for (const auto& option : command.options)
    {
        if (option.names.back() == "--help")
            continue;

        if (option.group != group)
            page += ".PP\n" + escaped (option.group) + ":\n";

        group = option.group;
        page += entry (option);
    }

    if (! command.footer.empty() && command.footer != footerOfTool)
        page += ".PP\n" + escaped (command.footer) + "\n";
}

} // namespace

std::string manualPage (const CommandText& tool, const std::string& version)
{
    std::string page = ".TH FALTWERK 1 \"\" \"faltwerk " + version + "\"\n.SH NAME\nfaltwerk \\- "
                       + escaped (tool.description) + "\n.SH SYNOPSIS\n" + bold (tool.name) + " " + italic ("COMMAND")
                       + " [" + italic ("OPTIONS") + "] " + italic ("ARGUMENTS") + "\n.SH DESCRIPTION\n"
                       + escaped (tool.footer) + "\n.SH OPTIONS\n";

    for (const auto& option : tool.options)
        page += entry (option);

    page += ".SH COMMANDS\n";

    for (const auto& command : tool.commands)
        appendCommand (page, command, tool.footer);

    return page + ".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nFailed.\n.TP\n2\nWrong arguments.\n";
}

} // namespace faltwerk::tool
