#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

// Reads the headings, labels and comments around numbers. All functions: [any, not audio].

/** What a column holds by its label. */
enum class ColumnMeaning
{
    unknown,
    index,
    seconds,
    milliseconds,
    frequency
};

ColumnMeaning meaningOf (std::string_view label);

/** Returns the labels in a heading line, in lower case: between commas, semicolons or tabs, else between blanks. */
std::vector<std::string> labelsIn (std::string_view line);

/** Returns true if labels are those of a level or phase beside a frequency. */
bool isFrequencyResponse (const std::vector<std::string>& labels);

/** Returns the rate that a comment or a heading line says, in Hz, as in "fs = 44.1 kHz", "rate 48000" or
    "2.0833E-5 // Sample interval (seconds)"; 0 if none. */
double rateIn (std::string_view line);

/** Returns a rate that was computed of rounded times: a usual rate that is within 0.05 %, else the nearest whole number
    within a millionth, else itself. 0 if it is outside of the rates that are read. */
double roundedRate (double hertz);

/** Returns what a line shows its text to be if that cannot be a kernel, as "an equaliser's setting (GraphicEQ)"; empty if
    it shows nothing. */
std::string_view otherPurposeOf (std::string_view line);

} // namespace faltwerk
