#pragma once

#include "Kernel/Outcome.h"

#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

namespace faltwerk
{

constexpr std::string_view unicodeMinus = "\xe2\x88\x92"; // U+2212

/** Returns true if a word spells a value that is not finite: nan, inf, infinity, with or without a sign. [any] */
bool spellsNonFinite (std::string_view word);

/** Turns words of text into numbers, each rounded to the nearest double, whatever the host's locale; keep one for many
    words. [not audio; one thread at a time] */
class NumberReader
{
public:
    NumberReader();

    /** Reads a word such as 3, -0.5, 1.2e-3 or the fraction 1/8. Fails, with the end of a sentence such as "is not a
        number", also for a number that a float cannot hold. */
    Outcome<double> read (std::string_view word, bool decimalComma);

private:
    Outcome<double> readFraction (std::string_view upper, std::string_view lower, bool decimalComma);
    bool scan (std::string_view word, bool decimalComma);
    bool isExact() const noexcept;
    double scaled() const noexcept;
    double convert();

    std::istringstream stream;
    std::string plain; // the word, without sign and with a point
    int64_t mantissa = 0;
    int exponent = 0, numDigits = 0;
    bool isNegative = false;
};

} // namespace faltwerk
