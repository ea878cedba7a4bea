#pragma once

#include "Kernel/Outcome.h"

#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** Numbers from a text. */
struct Numbers
{
    std::vector<std::vector<double>> channels; // [channel][sample], all of one length
    double sampleRate = 0.0;                   // Hz; 0 if the text does not say it
    std::string remark; // on how it was read, as "2 columns: left and right; 48 kHz from the time column"; may be empty
    bool isDamaged = false; // read from a sound of which a part is missing or doubtful
};

/** The meaning of commas in a text of numbers. */
enum class Commas
{
    automatic, // what the text shows, or an error if it shows nothing
    separate,  // they stand between numbers
    decimal,   // they are decimal points
    thousands  // they stand between thousands, as in 1,234.5
};

/** The meaning of commas, and how a user chooses it. */
struct CommaChoice
{
    Commas commas = Commas::automatic;
    std::string_view advice = "Paste its text (Ctrl+V), and choose there which"; // ends the sentence that asks
};

constexpr std::string_view frequencyResponseComplaint =
    "it is a frequency response (levels by frequency), not an impulse response. Export the impulse response instead";

/** Reads numbers from text, in UTF-8 or, with a byte order mark, UTF-16, in two steps: its layout is found out first,
    then its numbers are read by it.

    | part | forms |
    |---|---|
    | number | 3, -0.5, 1.2e-3, 1/8, 1'234; in quotes or not; 0,5 or 1,234.5 or 1.234,5 where the text shows it |
    | between numbers | comma, semicolon, white space; a gap as in 1,,2 is an error |
    | comment | from # or // on; lines that begin with *, % or ! |
    | heading | lines of words before the numbers, and REW's "6 // Response length" |
    | rate | "rate 48000", "fs = 44.1 kHz", REW's sample interval, or a first column of times |
    | lines | a single line is one channel; several have a column for each channel, all in each line |
    | lists | brackets and braces of Python, C, MATLAB and JSON: see readLists() |

    A first column of indices or times is no channel. A frequency response, an equaliser's setting or a configuration is
    refused by its name, and so are commas with two meanings, with both. An error is a sentence without its last full
    stop, and says line and column of what is wrong. [not audio] */
Outcome<Numbers> parseNumbers (std::string_view text, const CommaChoice& choice = {});

/** Returns true if text cannot be read as it is, but could be if it were known what its commas are. [not audio] */
bool needsCommaChoice (std::string_view text);

/** Returns true if the first bytes of a file that is no sound can be those of a text for parseNumbers(), to be read or
    to be refused by its name. [not audio] */
bool mayBeNumbers (std::string_view firstBytes);

} // namespace faltwerk
