#pragma once

#include <juce_core/juce_core.h>

#include <filesystem>
#include <string>

namespace faltwerk
{

/** Converts text, which is UTF-8 here, to JUCE's, and paths to and from those of the standard library. [not audio] */
inline juce::String toString (const std::string& utf8)
{
    return juce::String::fromUTF8 (utf8.data(), static_cast<int> (utf8.size()));
}

inline std::filesystem::path toPath (const std::string& utf8) { return { std::u8string (utf8.begin(), utf8.end()) }; }

inline std::string toUtf8 (const std::filesystem::path& path)
{
    const auto text = path.u8string();
    return { text.begin(), text.end() };
}

inline bool isUtf8 (const std::string& text)
{
    return text.size() < 0x7fffffff
           && juce::CharPointer_UTF8::isValidString (text.data(), static_cast<int> (text.size()));
}

constexpr char pathSeparator =
#if JUCE_WINDOWS
    '\\';
#else
    '/';
#endif

/** Returns the part of a path after the last separator. */
inline std::string lastPartOf (const std::string& path) { return path.substr (path.rfind (pathSeparator) + 1); }

} // namespace faltwerk
