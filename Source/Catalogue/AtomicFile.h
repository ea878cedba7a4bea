#pragma once

#include <juce_core/juce_core.h>

#include <string>
#include <string_view>

namespace faltwerk
{

/** The bytes of a file of at most so many; none if it is larger, no file, or cannot be read. [any, not audio] */
std::string readWhole (const juce::File&, size_t mostBytes);

/** Whether what was written must outlive the machine's power. */
enum class Durability
{
    none,
    onDisk
};

/** Writes a file beside its place, and then moves it there: whatever happens, it is the old one or the new one. Makes
    its folder if there is none. False if it could not be written. [any, not audio] */
bool replaceFile (const juce::File&, std::string_view bytes, Durability);

} // namespace faltwerk
