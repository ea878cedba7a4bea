#pragma once

#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Sound.h"

#include <string>
#include <string_view>

namespace juce
{
class InputStream;
}

namespace faltwerk
{

/** The extensions of files that hold numbers, in lower case; readers take numbers under any other as well. [any] */
constexpr std::string_view numberFileExtensions[] = { "csv", "txt", "tsv", "fir" };

/** Returns true if a file's extension, in lower case, is one of numberFileExtensions. [any] */
bool isNumberFileExtension (std::string_view extension);

/** Returns true if bytes are to be read as numbers: they are no sound, and are text with numbers, or have an extension
    of numberFileExtensions. [not audio] */
bool holdsNumbers (juce::InputStream& bytes, const std::string& fileName);

/** Parses the bytes of a file of numbers. An error is a whole sentence that names the file. [not audio] */
Outcome<Numbers> readNumbers (juce::InputStream& bytes, const std::string& fileName, const CommaChoice& choice = {});

/** Converts numbers to sound of the same channels, rate and remark. [not audio] */
Sound toSound (const Numbers& numbers);

} // namespace faltwerk
