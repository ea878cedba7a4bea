#pragma once

#include "Kernel/Outcome.h"

#include <string_view>
#include <vector>

namespace faltwerk
{

/** Numbers from a text. */
struct Numbers
{
    std::vector<std::vector<double>> channels; // [channel][sample], all of one length
    double sampleRate = 0.0;                   // Hz; 0 if the text does not say it
};

/** Reads numbers from text, in UTF-8 or, with a byte order mark, UTF-16.

    Numbers are separated by commas, semicolons, white space or new lines, and written as 3, -0.5 or 1.2e-3; where
    semicolons or tabs separate them and no number has a point, a comma is a decimal comma. Lines before the first
    number are a header, and what follows # or // is a comment; either may say "rate 48000" or "Sample rate: 44.1 kHz".
    Several lines of two numbers each are two channels; anything else is one channel in reading order. What is not a
    finite number is refused with its line and column, and so are more numbers than the longest kernel has frames.
    [any, not audio] */
Outcome<Numbers> parseNumbers (std::string_view text);

} // namespace faltwerk
