#include "Kernel/Numbers/NumberFile.h"

#include "Kernel/Numbers/NumberText.h"
#include "Kernel/Reading/SoundDecoder.h"

#include <juce_core/juce_core.h>

#include <algorithm>

namespace faltwerk
{

bool isNumberFileExtension (std::string_view extension)
{
    return std::find (std::begin (numberFileExtensions), std::end (numberFileExtensions), extension)
           != std::end (numberFileExtensions);
}

bool holdsNumbers (juce::InputStream& bytes, const std::string& fileName)
{
    if (isSound (bytes))
        return false;

    const auto dot = fileName.rfind ('.');

    if (dot != std::string::npos && isNumberFileExtension (lowerCase (fileName.substr (dot + 1))))
        return true;

    char beginning[4096];
    bytes.setPosition (0);
    const int size = bytes.read (beginning, static_cast<int> (sizeof beginning));
    return size > 0 && mayBeNumbers ({ beginning, static_cast<size_t> (size) });
}

Outcome<Numbers> readNumbers (juce::InputStream& bytes, const std::string& fileName, const CommaChoice& choice)
{
    constexpr juce::int64 mostBytes = 1 << 30; // even with 40 characters a number, more than a kernel holds
    const auto size = bytes.getTotalLength();
    const auto fail = [&fileName] (const std::string& what)
    { return Outcome<Numbers>::failure ("'" + fileName + "' could not be read: " + what + "."); };

    if (size > mostBytes)
        return fail ("it is larger than 1 GB. Convert it to an audio file");

    std::string text (static_cast<size_t> (std::max<juce::int64> (size, 0)), ' ');
    bytes.setPosition (0);
    text.resize (static_cast<size_t> (std::max (bytes.read (text.data(), static_cast<int> (text.size())), 0)));
    auto numbers = parseNumbers (text, choice);

    if (! numbers)
        return fail (numbers.error());

    if (! numbers->remark.empty())
        numbers->remark = "read as numbers: " + numbers->remark;

    return numbers;
}

Sound toSound (const Numbers& numbers)
{
    Sound sound;
    sound.sampleRate = numbers.sampleRate;
    sound.remark = numbers.remark;

    for (const auto& channel : numbers.channels)
        sound.channels.emplace_back (channel.begin(), channel.end());

    return sound;
}

} // namespace faltwerk
