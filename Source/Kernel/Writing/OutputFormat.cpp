#include "Kernel/Writing/OutputFormat.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Writing/OutputFile.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr std::pair<std::string_view, OutputFormat> formats[] = {
    { "wav", OutputFormat::wave },    { "aiff", OutputFormat::aiff },     { "aif", OutputFormat::aiff },
    { "aifc", OutputFormat::aiff },   { "flac", OutputFormat::flac },     { "caf", OutputFormat::caf },
    { "w64", OutputFormat::wave64 },  { "ogg", OutputFormat::oggVorbis }, { "oga", OutputFormat::oggVorbis },
    { "csv", OutputFormat::numbers }, { "txt", OutputFormat::numbers }
};

std::string_view fileNameIn (std::string_view path) { return path.substr (path.find_last_of ("/\\") + 1); }

/** Returns what is behind the last point of a file's name; empty if there is none. */
std::string_view endingOf (std::string_view path)
{
    const auto name = fileNameIn (path);
    const auto point = name.rfind ('.');
    return point == std::string_view::npos ? std::string_view() : name.substr (point + 1);
}

} // namespace

std::optional<OutputFormat> outputFormatOf (const std::string& path)
{
    const auto ending = lowerCase (endingOf (path));

    for (const auto& [known, format] : formats)
        if (ending == known)
            return format;

    return path == standardOutput || isPipeOrDevice (path) ? std::optional (OutputFormat::wave) : std::nullopt;
}

std::string_view endingOf (OutputFormat format)
{
    return std::find_if (std::begin (formats), std::end (formats),
                         [format] (const auto& known) { return known.second == format; })
        ->first;
}

std::string complaintAboutEnding (const std::string& path)
{
    if (outputFormatOf (path))
        return {};

    const auto ending = endingOf (path);
    const auto name = quoted (fileNameIn (path));
    return (ending.empty() ? name + " has no ending that names a format"
                           : name + " ends in ." + std::string (ending) + ", a format that is not written")
           + ". Use " + std::string (writtenEndings) + ".";
}

} // namespace faltwerk
