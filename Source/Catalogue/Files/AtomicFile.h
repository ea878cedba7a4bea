#pragma once

#include <juce_core/juce_core.h>

#include <string>
#include <string_view>

namespace faltwerk
{

/** Returns the bytes of a file; empty if it has more than mostBytes, is not a file, or cannot be read. [not audio] */
std::string readWhole (const juce::File&, size_t mostBytes);

/** onDisk: the file survives a power failure right after writing. */
enum class Durability
{
    none,
    onDisk
};

/** Writes a temporary file and renames it to `file`, so that the file is always the complete old or the complete new
    one. Creates its folder if needed. Returns false if it could not be written. [not audio] */
bool replaceFile (const juce::File&, std::string_view bytes, Durability);

} // namespace faltwerk
