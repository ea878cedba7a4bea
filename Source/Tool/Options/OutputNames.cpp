#include "Tool/Options/OutputNames.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Writing/UnfinishedFile.h"

#include <juce_core/juce_core.h>

#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>

namespace faltwerk::tool
{

namespace
{

namespace fs = std::filesystem;

fs::path toPath (const std::string& utf8) { return std::u8string (utf8.begin(), utf8.end()); }

#if defined(_WIN32)
constexpr auto separators = "/\\";
#else
constexpr auto separators = "/";
#endif

bool endsAsFolder (const std::string& path)
{
    return ! path.empty() && path.find_last_of (separators) == path.size() - 1;
}

std::string identityOf (const std::string& path)
{
    std::error_code ignored;
    const auto text = fs::weakly_canonical (fs::absolute (toPath (path), ignored), ignored).u8string();
    return { text.begin(), text.end() };
}

/** Returns true if capitals make another name on the disk where a file is to be written: a file is made in its folder,
    or in the nearest one that exists, and looked for in capitals. False if none can be made there. */
bool tellsCapitals (const std::string& path)
{
    std::error_code error;
    auto folder = fs::absolute (toPath (path), error).parent_path();

    while (! fs::is_directory (folder, error) && folder.has_relative_path())
        folder = folder.parent_path();

    const auto folderText = folder.u8string();
    const auto parent =
        juce::File (juce::String::fromUTF8 (std::string (folderText.begin(), folderText.end()).c_str()));
    const juce::TemporaryFile probe (parent.getChildFile ("faltwerk"));
    const UnfinishedFile removedOnSignals (probe.getFile().getFullPathName().toStdString());
    const auto inCapitals = parent.getChildFile (probe.getFile().getFileName().toUpperCase());
    return probe.getFile().create().wasOk() && ! inCapitals.exists();
}

std::string replaced (std::string pattern, const std::string& name)
{
    const std::string_view placeholder (namePlaceholder);

    for (auto place = pattern.find (placeholder); place != std::string::npos;
         place = pattern.find (placeholder, place + name.size()))
        pattern.replace (place, placeholder.size(), name);

    return pattern;
}

} // namespace

bool namesFolder (const std::string& path)
{
    std::error_code ignored;
    return endsAsFolder (path) || fs::is_directory (toPath (path), ignored);
}

std::string complaintAboutOutput (const std::string& path)
{
    return namesFolder (path) ? std::string() : complaintAboutEnding (path);
}

Outcome<std::vector<std::string>> nameOutputs (const std::vector<std::string>& inputs,
                                               const std::string& output,
                                               std::optional<OutputFormat> format)
{
    using Result = Outcome<std::vector<std::string>>;
    const bool isFolder = namesFolder (output), isPattern = output.find (namePlaceholder) != std::string::npos;

    if (! isFolder && ! isPattern)
    {
        if (inputs.size() == 1)
            return std::vector { output };

        return Result::failure (
            "several sounds need a folder, as '-o wet/', or a pattern, as '-o wet/{name}-hall.wav', "
            "in which {name} stands for the name of each.");
    }

    const auto ending = "." + std::string (endingOf (format.value_or (OutputFormat::wave)));
    const auto pattern = ! isFolder ? output : output + (endsAsFolder (output) ? "" : "/") + namePlaceholder + ending;
    std::vector<std::string> outputs;
    std::map<std::string, std::string> inputOf, inputOfLower; // by the output, and by it in small letters

    for (const auto& input : inputs)
    {
        outputs.push_back (replaced (pattern, nameOfFile (input)));
        const auto identity = identityOf (outputs.back());
        const auto [known, isNew] = inputOf.emplace (identity, input);
        const auto [alike, isUnlike] = inputOfLower.emplace (lowerCase (identity), input);

        if (! isNew || (! isUnlike && ! tellsCapitals (outputs.back())))
            return Result::failure ("'" + (isNew ? alike : known)->second + "' and '" + input
                                    + "' would both be written to '" + outputs.back()
                                    + "'. Render one of them into another folder.");
    }

    return outputs;
}

} // namespace faltwerk::tool
