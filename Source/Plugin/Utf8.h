#pragma once

#include "Kernel/InputFile.h"

#include <juce_core/juce_core.h>

#include <string>

namespace faltwerk
{

/** JUCE's text of ours, which is UTF-8. [any, not audio] */
inline juce::String toString (const std::string& utf8)
{
    return juce::String::fromUTF8 (utf8.data(), static_cast<int> (utf8.size()));
}

/** A file's name as it is shown, see fileNameOf(). [any, not audio] */
inline juce::String shownNameOf (const juce::File& file)
{
    return toString (fileNameOf (file.getFullPathName().toStdString()));
}

} // namespace faltwerk
