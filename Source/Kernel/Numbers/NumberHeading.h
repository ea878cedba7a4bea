#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

// Reads the headings, labels and comments around numbers. All functions: [not audio].

/** The content of a column by its label. */
enum class ColumnMeaning
{
    unknown,
    index,
    time,
    frequency
};

ColumnMeaning meaningOf (std::string_view label);

/** Returns the unit of times that a label names, in seconds, as 1e-6 for "t [us]"; 0 if none. */
double timeUnitIn (std::string_view label);

/** Returns the labels in a heading line, in lower case: between commas, semicolons or tabs, else between blanks. */
std::vector<std::string> labelsIn (std::string_view line);

/** Returns true if labels are those of a level or phase beside a frequency. */
bool isFrequencyResponse (const std::vector<std::string>& labels);

/** Returns the rate that a comment or a heading line says, in Hz, as in "fs = 44.1 kHz", "rate 48000" or
    "2.0833E-5 // Sample interval (seconds)"; 0 if none. */
double rateIn (std::string_view line);

/** Returns a rate that was computed of rounded times: the nearest usual rate within 0.05 % or within the interval from
    `least` to `most`, else the nearest whole number within a millionth, else itself. 0 if it is outside of the rates
    that are read. All in Hz. */
double roundedRate (double hertz, double least, double most);

bool isUsualRate (double hertz);

/** Returns what a line shows its text to be if that cannot be a kernel, as "an equaliser's setting (GraphicEQ)"; empty
    if it shows nothing. */
std::string_view otherPurposeOf (std::string_view line);

} // namespace faltwerk
