#include "Kernel/Reading/InputFile.h"

#include "Kernel/Text/ComposedText.h"

#include <juce_core/juce_core.h>

#include <filesystem>
#include <system_error>

namespace faltwerk
{

namespace
{

juce::File toFile (const std::string& path)
{
    return juce::File::getCurrentWorkingDirectory().getChildFile (
        juce::String::fromUTF8 (path.data(), static_cast<int> (path.size())));
}

bool isRegularFile (const juce::File& file)
{
    const auto path = file.getFullPathName().toStdString();
    std::error_code ignored;
    return std::filesystem::is_regular_file (std::u8string (path.begin(), path.end()), ignored);
}

} // namespace

Outcome<std::unique_ptr<juce::FileInputStream>> openInput (const std::string& path)
{
    using Result = Outcome<std::unique_ptr<juce::FileInputStream>>;
    const auto file = toFile (path);
    const auto name = fileNameOf (path);

    if (! file.exists())
        return Result::failure ("'" + file.getFullPathName().toStdString()
                                + "' was not found. Check the name and the folder.");

    if (file.isDirectory())
        return Result::failure ("'" + name + "' is a folder. Choose a file in it.");

    if (! isRegularFile (file))
        return Result::failure ("'" + name + "' is a pipe or a device, not a file. Choose a file.");

    auto stream = std::make_unique<juce::FileInputStream> (file);

    if (! stream->openedOk())
        return Result::failure ("'" + name + "' could not be opened. Check that you may read it.");

    return stream;
}

std::string fileNameOf (const std::string& path) { return composed (toFile (path).getFileName().toStdString()); }

std::string nameOfFile (const std::string& path)
{
    return composed (toFile (path).getFileNameWithoutExtension().toStdString());
}

} // namespace faltwerk
