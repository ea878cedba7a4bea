#include "Tool/OutputNames.h"

#include "Kernel/InputFile.h"
#include "Kernel/NumberText.h"

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

/** Returns what two names of one file have in common; on some disks, capitals make no other name. */
std::string identityOf (const std::string& path)
{
    std::error_code ignored;
    const auto text = fs::weakly_canonical (fs::absolute (toPath (path), ignored), ignored).u8string();
    return lowerCase (std::string (text.begin(), text.end()));
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
    std::map<std::string, std::string> inputOf;

    for (const auto& input : inputs)
    {
        outputs.push_back (replaced (pattern, nameOfFile (input)));
        const auto [known, isNew] = inputOf.emplace (identityOf (outputs.back()), input);

        if (! isNew)
            return Result::failure ("'" + known->second + "' and '" + input + "' would both be written to '"
                                    + outputs.back() + "'. Render one of them into another folder.");
    }

    return outputs;
}

} // namespace faltwerk::tool
