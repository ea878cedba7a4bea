#pragma once

#include "Kernel/Numbers/NumberStyle.h"
#include "Kernel/Numbers/NumberTable.h"
#include "Kernel/Numbers/NumericKernel.h"

#include <string_view>

namespace faltwerk
{

/** Where the numbers begin in a text of lines, and what a comma means there. */
struct LineLayout
{
    size_t begin = 0;                // position of the first line of numbers; the text's size if it has none
    NumberStyle bare;                // of numbers that are not in quotes
    NumberStyle inQuotes { true };   // a comma within quotes is part of its number
    std::vector<std::string> labels; // in lower case, of the heading's last line
    double sampleRate = 0.0;         // Hz, as the heading says it; 0 if it does not
    size_t numHeadingLines = 0;
};

/** Finds out how a text of lines is laid out, before any number is read. Fails if the text shows another purpose, or if
    commas can be meant in two ways and `choice` does not say in which. [not audio] */
Outcome<LineLayout> layoutOf (std::string_view text, const CommaChoice& choice);

/** Reads the numbers of a text by its layout: a line is a row; a single line, or lines that end with a separator up to
    the last, are one column. Fails, with line and column, at what is no finite number, at a gap between separators and
    at rows of different length. [not audio] */
Outcome<NumberTable> readLines (std::string_view text, const LineLayout& layout);

} // namespace faltwerk
