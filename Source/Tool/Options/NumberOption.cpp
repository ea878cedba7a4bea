#include "Tool/Options/NumberOption.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Text/Quantity.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace faltwerk::tool
{

namespace
{

std::string toText (double number)
{
    char text[32];
    std::snprintf (text, sizeof text, "%.10g", number);
    return text;
}

bool isTime (const NumberRange& range) { return range.unit == "s" || range.unit == "ms"; }

std::string sentence (const std::string& text, const NumberRange& range)
{
    if (isTime (range) && text.find ('/') != std::string::npos)
        return quoted (trimmed (text))
               + " is the length of a note, which needs a tempo; write a time, as 0.25s or 250ms";

    std::string words = quoted (trimmed (text)) + " is not a " + (range.isWhole ? "whole " : "") + "number from "
                        + toText (range.least) + " to " + toText (range.most);

    if (! range.unit.empty())
        words += " " + std::string (range.unit);

    return range.unit == "s" ? words + "; write it as 0.25 or 250ms" : words;
}

} // namespace

std::string typeName (const NumberRange& range)
{
    return range.unit == "Hz"   ? "HZ"
           : range.unit == "s"  ? "TIME"
           : range.unit == "dB" ? "DB"
           : range.unit == "%"  ? "PERCENT"
           : range.isWhole      ? "COUNT"
                                : "NUMBER";
}

double parseNumber (const std::string& option, const std::string& text, const NumberRange& range)
{
    if (const auto value = readQuantity (text, range.unit);
        value && *value >= range.least && *value <= range.most && (! range.isWhole || *value == std::floor (*value)))
        return *value;

    throw CLI::ValidationError (option, sentence (text, range));
}

CLI::Option* addNumber (CLI::App& command,
                        const std::string& option,
                        std::function<void (double)> use,
                        NumberRange range,
                        const std::string& help)
{
    return command
        .add_option_function<std::string> (
            option,
            [option, use = std::move (use), range] (const std::string& text)
            { use (parseNumber (option, text, range)); },
            help)
        ->type_name (typeName (range));
}

CLI::Option* addNumber (CLI::App& command,
                        const std::string& option,
                        double& value,
                        NumberRange range,
                        const std::string& help)
{
    return addNumber (
               command, option, [&value] (double number) { value = number; }, range, help)
        ->default_str (toText (value));
}

CLI::Option* addNumber (CLI::App& command,
                        const std::string& option,
                        size_t& value,
                        NumberRange range,
                        const std::string& help)
{
    range.isWhole = true;
    return addNumber (
               command, option, [&value] (double number) { value = static_cast<size_t> (number); }, range, help)
        ->default_str (toText (static_cast<double> (value)));
}

} // namespace faltwerk::tool
