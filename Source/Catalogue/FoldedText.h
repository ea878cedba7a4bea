#pragma once

#include <string>
#include <string_view>

namespace faltwerk
{

/** A text as a search sees it: small letters, without accents (é is e, й is и, ß is ss, æ is ae, whether composed or
    not), kana without the marks that voice them, the parts of Korean syllables, and one space for whatever stands
    between words. Other letters stay as they are. Bytes that are no UTF-8 are spaces. [any, not audio] */
std::string folded (std::string_view utf8);

/** The order of folded names in which numbers count as such: "hall 2" is before "hall 10". Below 0: a is first; 0: both
    are the same but for zeros in front. [any] */
int naturalOrder (std::string_view a, std::string_view b) noexcept;

} // namespace faltwerk
