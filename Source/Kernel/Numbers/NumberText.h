#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace faltwerk
{

// Splits and decodes the text that numbers are read from: encoding, lines, comments, positions. All functions:
// [not audio].

inline bool isDigit (char c) noexcept { return c >= '0' && c <= '9'; }
inline bool isLetter (char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool isBlank (char c) noexcept { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }
inline char lowerCase (char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c; }

std::string lowerCase (std::string_view text);

/** Returns text without a byte order mark. UTF-16 behind its mark is converted to UTF-8, which `converted` holds. */
std::string_view asUtf8 (std::string_view text, std::string& converted);

/** Returns true if the first bytes of a file can be text: no control characters but white space, or UTF-16 behind its
    mark. False for no bytes. */
bool isText (std::string_view firstBytes);

/** Returns the place of a byte as "line 2, column 3", counted from 1 in characters. Lines end as on any system. */
std::string placeOf (std::string_view text, size_t position);

/** Returns a word in quotes for a sentence, cut to 40 bytes but never within a character. */
std::string quoted (std::string_view word);

/** Returns text without blanks at both ends. */
std::string_view trimmed (std::string_view text);

/** Returns a line up to its comment: # or //, or all of it if it begins with *, % or !. */
std::string_view withoutComment (std::string_view line);

/** Returns true if text begins like a number: with a digit, a sign, a point or comma before a digit, nan or inf; a
    quote may stand before it. */
bool beginsLikeNumber (std::string_view text);

/** Calls visit (line) for each line until it returns false; lines end as on any system. */
template <typename Visit>
void forEachLine (std::string_view text, Visit&& visit)
{
    while (! text.empty())
    {
        const auto end = std::min (text.find_first_of ("\r\n"), text.size());
        const size_t ending = text.substr (end).starts_with ("\r\n") ? 2 : 1;

        if (! visit (text.substr (0, end)))
            return;

        text.remove_prefix (std::min (end + ending, text.size()));
    }
}

} // namespace faltwerk
