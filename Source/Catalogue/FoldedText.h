#pragma once

#include <string>
#include <string_view>

namespace faltwerk
{

/** Returns a text in the form in which searches compare it: lower case, without accents (é becomes e, й и, ß ss,
    æ ae, composed or decomposed), kana without voicing marks, Korean syllables as their parts, and one space for each
    run of other characters. Other letters are unchanged. Invalid UTF-8 becomes spaces. [not audio] */
std::string folded (std::string_view utf8);

/** Compares folded names in natural order: "hall 2" comes before "hall 10". Returns a number below 0 if a comes first,
    0 if they differ at most in leading zeros, else a number above 0. [any] */
int naturalOrder (std::string_view a, std::string_view b) noexcept;

} // namespace faltwerk
