#pragma once

#include <optional>
#include <string_view>

namespace faltwerk
{

/** Returns how many of a unit one of another is, as people write it in any case: 1000 of "Hz" in "k" or "kHz", 0.001 of
    "s" in "ms"; 1 of nothing written; none if they are not related. [not audio] */
std::optional<double> factorBetween (std::string_view written, std::string_view unit);

/** Reads a number with its unit or without, as it is typed: "2k", "250 ms" for seconds, a true minus, and, if a comma
    may stand for the point, "2,5 kHz". In the unit asked for. None if it cannot be read, and none for a time as in
    "1/8", which is the length of a note and needs a tempo. [not audio] */
std::optional<double> readQuantity (std::string_view text, std::string_view unit, bool decimalComma = false);

} // namespace faltwerk
