#include "Catalogue/FoldedText.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace faltwerk
{

namespace
{

/** Letters with accents and their like, by code point: those of Unicode's blocks of Latin letters that are a, b ... z
    when decomposed, and a few that are not but are looked for so; those of Greek and Cyrillic that have another letter
    within. */
struct Letters
{
    uint16_t first, last;
    const char* plain;
};

// clang-format off
constexpr Letters letters[] {
    { 0xc0, 0xc5, "a" }, { 0xc6, 0xc6, "ae" }, { 0xc7, 0xc7, "c" }, { 0xc8, 0xcb, "e" }, { 0xcc, 0xcf, "i" },
    { 0xd0, 0xd0, "d" }, { 0xd1, 0xd1, "n" }, { 0xd2, 0xd6, "o" }, { 0xd7, 0xd7, "x" }, { 0xd8, 0xd8, "o" },
    { 0xd9, 0xdc, "u" }, { 0xdd, 0xdd, "y" }, { 0xde, 0xde, "th" }, { 0xdf, 0xdf, "ss" }, { 0xe0, 0xe5, "a" },
    { 0xe6, 0xe6, "ae" }, { 0xe7, 0xe7, "c" }, { 0xe8, 0xeb, "e" }, { 0xec, 0xef, "i" }, { 0xf0, 0xf0, "d" },
    { 0xf1, 0xf1, "n" }, { 0xf2, 0xf6, "o" }, { 0xf8, 0xf8, "o" }, { 0xf9, 0xfc, "u" }, { 0xfd, 0xfd, "y" },
    { 0xfe, 0xfe, "th" }, { 0xff, 0xff, "y" }, { 0x100, 0x105, "a" }, { 0x106, 0x10d, "c" }, { 0x10e, 0x111, "d" },
    { 0x112, 0x11b, "e" }, { 0x11c, 0x123, "g" }, { 0x124, 0x127, "h" }, { 0x128, 0x131, "i" },
    { 0x132, 0x133, "ij" }, { 0x134, 0x135, "j" }, { 0x136, 0x138, "k" }, { 0x139, 0x142, "l" },
    { 0x143, 0x14b, "n" }, { 0x14c, 0x151, "o" }, { 0x152, 0x153, "oe" }, { 0x154, 0x159, "r" },
    { 0x15a, 0x161, "s" }, { 0x162, 0x167, "t" }, { 0x168, 0x173, "u" }, { 0x174, 0x175, "w" }, { 0x176, 0x178, "y" },
    { 0x179, 0x17e, "z" }, { 0x17f, 0x17f, "s" }, { 0x18f, 0x18f, "ə" }, { 0x1a0, 0x1a1, "o" }, { 0x1af, 0x1b0, "u" },
    { 0x1cd, 0x1ce, "a" }, { 0x1cf, 0x1d0, "i" }, { 0x1d1, 0x1d2, "o" }, { 0x1d3, 0x1dc, "u" }, { 0x1de, 0x1e1, "a" },
    { 0x1e2, 0x1e3, "ae" }, { 0x1e4, 0x1e7, "g" }, { 0x1e8, 0x1e9, "k" }, { 0x1ea, 0x1ed, "o" },
    { 0x1f0, 0x1f0, "j" }, { 0x1f1, 0x1f3, "dz" }, { 0x1f4, 0x1f5, "g" }, { 0x1f8, 0x1f9, "n" },
    { 0x1fa, 0x1fb, "a" }, { 0x1fc, 0x1fd, "ae" }, { 0x1fe, 0x1ff, "o" }, { 0x200, 0x203, "a" },
    { 0x204, 0x207, "e" }, { 0x208, 0x20b, "i" }, { 0x20c, 0x20f, "o" }, { 0x210, 0x213, "r" }, { 0x214, 0x217, "u" },
    { 0x218, 0x219, "s" }, { 0x21a, 0x21b, "t" }, { 0x21e, 0x21f, "h" }, { 0x226, 0x227, "a" }, { 0x228, 0x229, "e" },
    { 0x22a, 0x231, "o" }, { 0x232, 0x233, "y" }, { 0x386, 0x386, "α" }, { 0x388, 0x388, "ε" }, { 0x389, 0x389, "η" },
    { 0x38a, 0x38a, "ι" }, { 0x38c, 0x38c, "ο" }, { 0x38e, 0x38e, "υ" }, { 0x38f, 0x38f, "ω" }, { 0x390, 0x390, "ι" },
    { 0x3aa, 0x3aa, "ι" }, { 0x3ab, 0x3ab, "υ" }, { 0x3ac, 0x3ac, "α" }, { 0x3ad, 0x3ad, "ε" }, { 0x3ae, 0x3ae, "η" },
    { 0x3af, 0x3af, "ι" }, { 0x3b0, 0x3b0, "υ" }, { 0x3c2, 0x3c2, "σ" }, { 0x3ca, 0x3ca, "ι" }, { 0x3cb, 0x3cb, "υ" },
    { 0x3cc, 0x3cc, "ο" }, { 0x3cd, 0x3cd, "υ" }, { 0x3ce, 0x3ce, "ω" }, { 0x400, 0x401, "е" }, { 0x403, 0x403, "г" },
    { 0x407, 0x407, "і" }, { 0x40c, 0x40c, "к" }, { 0x40d, 0x40d, "и" }, { 0x40e, 0x40e, "у" }, { 0x419, 0x419, "и" },
    { 0x439, 0x439, "и" }, { 0x450, 0x451, "е" }, { 0x453, 0x453, "г" }, { 0x457, 0x457, "і" }, { 0x45c, 0x45c, "к" },
    { 0x45d, 0x45d, "и" }, { 0x45e, 0x45e, "у" }, { 0x476, 0x477, "ѵ" }, { 0x4c0, 0x4c0, "ӏ" }, { 0x4c1, 0x4c2, "ж" },
    { 0x4d0, 0x4d3, "а" }, { 0x4d6, 0x4d7, "е" }, { 0x4da, 0x4db, "ә" }, { 0x4dc, 0x4dd, "ж" }, { 0x4de, 0x4df, "з" },
    { 0x4e2, 0x4e5, "и" }, { 0x4e6, 0x4e7, "о" }, { 0x4ea, 0x4eb, "ө" }, { 0x4ec, 0x4ed, "э" }, { 0x4ee, 0x4f3, "у" },
    { 0x4f4, 0x4f5, "ч" }, { 0x4f8, 0x4f9, "ы" }, { 0x1e00, 0x1e01, "a" }, { 0x1e02, 0x1e07, "b" },
    { 0x1e08, 0x1e09, "c" }, { 0x1e0a, 0x1e13, "d" }, { 0x1e14, 0x1e1d, "e" }, { 0x1e1e, 0x1e1f, "f" },
    { 0x1e20, 0x1e21, "g" }, { 0x1e22, 0x1e2b, "h" }, { 0x1e2c, 0x1e2f, "i" }, { 0x1e30, 0x1e35, "k" },
    { 0x1e36, 0x1e3d, "l" }, { 0x1e3e, 0x1e43, "m" }, { 0x1e44, 0x1e4b, "n" }, { 0x1e4c, 0x1e53, "o" },
    { 0x1e54, 0x1e57, "p" }, { 0x1e58, 0x1e5f, "r" }, { 0x1e60, 0x1e69, "s" }, { 0x1e6a, 0x1e71, "t" },
    { 0x1e72, 0x1e7b, "u" }, { 0x1e7c, 0x1e7f, "v" }, { 0x1e80, 0x1e89, "w" }, { 0x1e8a, 0x1e8d, "x" },
    { 0x1e8e, 0x1e8f, "y" }, { 0x1e90, 0x1e95, "z" }, { 0x1e96, 0x1e96, "h" }, { 0x1e97, 0x1e97, "t" },
    { 0x1e98, 0x1e98, "w" }, { 0x1e99, 0x1e99, "y" }, { 0x1e9a, 0x1e9a, "a" }, { 0x1e9b, 0x1e9d, "s" },
    { 0x1e9e, 0x1e9e, "ss" }, { 0x1ea0, 0x1eb7, "a" }, { 0x1eb8, 0x1ec7, "e" }, { 0x1ec8, 0x1ecb, "i" },
    { 0x1ecc, 0x1ee3, "o" }, { 0x1ee4, 0x1ef1, "u" }, { 0x1ef2, 0x1ef9, "y" }, { 0x1f00, 0x1f0f, "α" },
    { 0x1f10, 0x1f1d, "ε" }, { 0x1f20, 0x1f2f, "η" }, { 0x1f30, 0x1f3f, "ι" }, { 0x1f40, 0x1f4d, "ο" },
    { 0x1f50, 0x1f5f, "υ" }, { 0x1f60, 0x1f6f, "ω" }, { 0x1f70, 0x1f71, "α" }, { 0x1f72, 0x1f73, "ε" },
    { 0x1f74, 0x1f75, "η" }, { 0x1f76, 0x1f77, "ι" }, { 0x1f78, 0x1f79, "ο" }, { 0x1f7a, 0x1f7b, "υ" },
    { 0x1f7c, 0x1f7d, "ω" }, { 0x1f80, 0x1f8f, "α" }, { 0x1f90, 0x1f9f, "η" }, { 0x1fa0, 0x1faf, "ω" },
    { 0x1fb0, 0x1fbc, "α" }, { 0x1fbe, 0x1fbe, "ι" }, { 0x1fc2, 0x1fc7, "η" }, { 0x1fc8, 0x1fc9, "ε" },
    { 0x1fca, 0x1fcc, "η" }, { 0x1fd0, 0x1fdb, "ι" }, { 0x1fe0, 0x1fe3, "υ" }, { 0x1fe4, 0x1fe5, "ρ" },
    { 0x1fe6, 0x1feb, "υ" }, { 0x1fec, 0x1fec, "ρ" }, { 0x1ff2, 0x1ff7, "ω" }, { 0x1ff8, 0x1ff9, "ο" },
    { 0x1ffa, 0x1ffc, "ω" },
};
// clang-format on

constexpr uint32_t noCharacter = 0; // invalid UTF-8

bool isWithin (uint32_t character, uint32_t first, uint32_t last) noexcept
{
    return character >= first && character <= last;
}

/** Removes the first character of a text and returns it. */
uint32_t takeCharacter (std::string_view& text) noexcept
{
    const auto first = static_cast<uint8_t> (text.front());
    text.remove_prefix (1);

    if (first < 0x80)
        return first;

    const size_t numMore = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;

    if (first < 0xc2 || first > 0xf4 || text.size() < numMore)
        return noCharacter;

    uint32_t character = first & (0x3fu >> numMore);

    for (size_t n = 0; n < numMore; ++n)
    {
        const auto next = static_cast<uint8_t> (text[n]);

        if ((next & 0xc0) != 0x80)
            return noCharacter;

        character = (character << 6) | (next & 0x3fu);
    }

    constexpr uint32_t least[] { 0, 0x80, 0x800, 0x10000 };

    if (character < least[numMore] || character > 0x10ffff || isWithin (character, 0xd800, 0xdfff))
        return noCharacter;

    text.remove_prefix (numMore);
    return character;
}

void append (std::string& text, uint32_t character)
{
    const auto more = [character] (int shift) { return static_cast<char> (0x80 | ((character >> shift) & 0x3f)); };

    if (character < 0x800)
        text += { static_cast<char> (0xc0 | (character >> 6)), more (0) };
    else if (character < 0x10000)
        text += { static_cast<char> (0xe0 | (character >> 12)), more (6), more (0) };
    else
        text += { static_cast<char> (0xf0 | (character >> 18)), more (12), more (6), more (0) };
}

/** Returns the lower case of a Greek or Cyrillic letter; other characters are unchanged. */
uint32_t smallLetter (uint32_t character) noexcept
{
    if (isWithin (character, 0x391, 0x3a1) || isWithin (character, 0x3a3, 0x3a9) || isWithin (character, 0x410, 0x42f))
        return character + 0x20;

    if (isWithin (character, 0x400, 0x40f))
        return character + 0x50;

    if (isWithin (character, 0x4c1, 0x4ce))
        return (character + 1) & ~1u;

    const bool isInPairs =
        isWithin (character, 0x460, 0x481) || isWithin (character, 0x48a, 0x4bf) || isWithin (character, 0x4d0, 0x52f);
    return isInPairs ? character | 1u : character;
}

/** Returns a kana without its voicing mark, which follows in decomposed text; other characters are unchanged. */
uint32_t plainKana (uint32_t character) noexcept
{
    const uint32_t block = isWithin (character, 0x30a1, 0x30fa) ? 0x60 : 0; // katakana as hiragana
    const uint32_t kana = character - block;

    if (isWithin (kana, 0x304b, 0x3062))
        return block + (kana - (kana + 1) % 2);

    if (isWithin (kana, 0x3064, 0x3069))
        return block + (kana - kana % 2);

    if (isWithin (kana, 0x306f, 0x307d))
        return block + kana - kana % 3;

    if (kana == 0x3094)
        return block + 0x3046;

    return isWithin (character, 0x30f7, 0x30fa) ? character - 8 : character;
}

/** Returns true for combining characters: accents, voicing marks of kana, and variation selectors. */
bool isMark (uint32_t character) noexcept
{
    return isWithin (character, 0x300, 0x36f) || isWithin (character, 0x483, 0x489)
           || isWithin (character, 0x3099, 0x309a) || isWithin (character, 0xfe00, 0xfe0f);
}

const char* plainLetters (uint32_t character) noexcept
{
    const auto* const found = std::lower_bound (std::begin (letters), std::end (letters), character,
                                                [] (const Letters& each, uint32_t c) { return each.last < c; });
    return found != std::end (letters) && found->first <= character ? found->plain : nullptr;
}

/** Appends a letter that is not Latin; Korean syllables are decomposed. */
void appendLetter (std::string& text, uint32_t character)
{
    constexpr uint32_t firstSyllable = 0xac00, numVowels = 21, numEnds = 28; // see the Unicode Standard, 3.12

    if (! isWithin (character, firstSyllable, 0xd7a3))
        return append (text, plainKana (smallLetter (character)));

    const uint32_t syllable = character - firstSyllable;
    append (text, 0x1100 + syllable / (numVowels * numEnds));
    append (text, 0x1161 + syllable / numEnds % numVowels);

    if (syllable % numEnds > 0)
        append (text, 0x11a7 + syllable % numEnds);
}

bool isDigit (char c) noexcept { return c >= '0' && c <= '9'; }

/** Removes the number at the front of a text and returns it without leading zeros. */
std::string_view takeNumber (std::string_view& text) noexcept
{
    size_t first = 0, end = 0;

    while (end < text.size() && isDigit (text[end]))
        ++end;

    while (first < end && text[first] == '0')
        ++first;

    const auto number = text.substr (first, end - first);
    text.remove_prefix (end);
    return number;
}

} // namespace

std::string folded (std::string_view utf8)
{
    std::string result;
    result.reserve (utf8.size());
    bool wordEnds = false;

    const auto startWord = [&]
    {
        if (wordEnds && ! result.empty())
            result += ' ';

        wordEnds = false;
    };

    while (! utf8.empty())
    {
        const auto character = takeCharacter (utf8);
        const bool isApostrophe = character == '\'' || character == 0x2019;

        if (isMark (character) || isApostrophe)
            continue;

        if (character < 0x80)
        {
            const auto c = static_cast<char> (character);
            const bool isCapital = c >= 'A' && c <= 'Z';

            if (isCapital || (c >= 'a' && c <= 'z') || isDigit (c))
            {
                startWord();
                result += isCapital ? static_cast<char> (c - 'A' + 'a') : c;
            }
            else
            {
                wordEnds = true;
            }
        }
        else if (const auto* const plain = plainLetters (character))
        {
            startWord();
            result += plain;
        }
        else if (character < 0xc0 || character == 0xf7 || isWithin (character, 0x2000, 0x206f) || character == 0x3000)
        {
            wordEnds = true; // punctuation and spaces
        }
        else
        {
            startWord();
            appendLetter (result, character);
        }
    }

    return result;
}

int naturalOrder (std::string_view a, std::string_view b) noexcept
{
    while (! a.empty() && ! b.empty())
    {
        if (isDigit (a.front()) && isDigit (b.front()))
        {
            const auto numberA = takeNumber (a), numberB = takeNumber (b);

            if (numberA.size() != numberB.size())
                return numberA.size() < numberB.size() ? -1 : 1;

            if (const int order = numberA.compare (numberB); order != 0)
                return order;

            continue;
        }

        if (a.front() != b.front())
            return static_cast<uint8_t> (a.front()) < static_cast<uint8_t> (b.front()) ? -1 : 1;

        a.remove_prefix (1);
        b.remove_prefix (1);
    }

    return a.empty() ? (b.empty() ? 0 : -1) : 1;
}

} // namespace faltwerk
