#include "Kernel/Numbers/NumberText.h"

#include "Kernel/Numbers/NumberReader.h"

#include <cstdint>

namespace faltwerk
{

namespace
{

void appendUtf8 (std::string& text, uint32_t point)
{
    const auto continuation = [point] (int shift) { return static_cast<char> (0x80 | ((point >> shift) & 0x3f)); };

    if (point < 0x80)
        text += static_cast<char> (point);
    else if (point < 0x800)
        (text += static_cast<char> (0xc0 | (point >> 6))) += continuation (0);
    else if (point < 0x10000)
        ((text += static_cast<char> (0xe0 | (point >> 12))) += continuation (6)) += continuation (0);
    else
        (((text += static_cast<char> (0xf0 | (point >> 18))) += continuation (12)) += continuation (6)) +=
            continuation (0);
}

/** Returns UTF-16, taken from behind its byte order mark, as UTF-8. */
std::string fromUtf16 (std::string_view bytes, bool bigEndian)
{
    constexpr uint32_t replacement = 0xfffd;
    std::string text;
    uint32_t upper = 0; // half of a pair

    for (size_t n = 0; n + 1 < bytes.size(); n += 2)
    {
        const auto first = static_cast<uint8_t> (bytes[n]), second = static_cast<uint8_t> (bytes[n + 1]);
        const uint32_t unit = bigEndian ? (uint32_t { first } << 8) | second : (uint32_t { second } << 8) | first;
        const bool isUpper = unit >= 0xd800 && unit < 0xdc00, isLower = unit >= 0xdc00 && unit < 0xe000;

        if (upper != 0)
            appendUtf8 (text, isLower ? 0x10000 + ((upper - 0xd800) << 10) + (unit - 0xdc00) : replacement);

        if (! isUpper && ! isLower)
            appendUtf8 (text, unit);
        else if (isLower && upper == 0)
            appendUtf8 (text, replacement);

        upper = isUpper ? unit : 0;
    }

    return text;
}

bool isContinued (char c) noexcept { return (static_cast<uint8_t> (c) & 0xc0) == 0x80; }

bool isUtf16 (std::string_view text) { return text.starts_with ("\xff\xfe") || text.starts_with ("\xfe\xff"); }

} // namespace

std::string lowerCase (std::string_view text)
{
    std::string result;

    for (const char c : text)
        result += lowerCase (c);

    return result;
}

std::string_view asUtf8 (std::string_view text, std::string& converted)
{
    if (isUtf16 (text))
        return converted = fromUtf16 (text.substr (2), text.front() == '\xfe');

    return text.starts_with ("\xef\xbb\xbf") ? text.substr (3) : text;
}

bool isText (std::string_view firstBytes)
{
    const auto isControl = [] (char c) { return (c >= 0 && c < 32 && (c < '\t' || c > '\r')) || c == 127; };
    return ! firstBytes.empty()
           && (isUtf16 (firstBytes) || std::none_of (firstBytes.begin(), firstBytes.end(), isControl));
}

std::string placeOf (std::string_view text, size_t position)
{
    size_t lineNumber = 0, column = 0;
    const char* const place = text.data() + position;

    forEachLine (text,
                 [&] (std::string_view line)
                 {
                     ++lineNumber;
                     const auto before =
                         line.substr (0, static_cast<size_t> (std::max<std::ptrdiff_t> (
                                             std::min (place - line.data(), std::ptrdiff_t (line.size())), 0)));
                     column = 1 + before.size()
                              - static_cast<size_t> (std::count_if (before.begin(), before.end(), isContinued));
                     return line.data() + line.size() < place;
                 });

    return "line " + std::to_string (lineNumber) + ", column " + std::to_string (column);
}

std::string quoted (std::string_view word)
{
    size_t length = std::min<size_t> (word.size(), 40);

    while (length < word.size() && length > 0 && isContinued (word[length]))
        --length;

    return "'" + std::string (word.substr (0, length)) + (length < word.size() ? "...'" : "'");
}

std::string_view trimmed (std::string_view text)
{
    while (! text.empty() && isBlank (text.front()))
        text.remove_prefix (1);

    while (! text.empty() && isBlank (text.back()))
        text.remove_suffix (1);

    return text;
}

std::string_view withoutComment (std::string_view line)
{
    const auto first = line.find_first_not_of (" \t\v\f");

    if (first != std::string_view::npos && (line[first] == '*' || line[first] == '%' || line[first] == '!'))
        return line.substr (0, first);

    return line.substr (0, std::min (line.find ('#'), line.find ("//")));
}

bool beginsLikeNumber (std::string_view text)
{
    text = trimmed (text);

    if (text.starts_with ('"'))
        text = trimmed (text.substr (1));

    const auto word = text.substr (0, std::min (text.find_first_of (",; \t\v\f\"])}"), text.size()));

    if (text.starts_with (unicodeMinus) || spellsNonFinite (word))
        return true;

    if (text.empty())
        return false;

    const char c = text.front(), next = text.size() > 1 ? text[1] : ' ';
    return isDigit (c) || c == '+' || c == '-' || c == '.' || (c == ',' && isDigit (next));
}

} // namespace faltwerk
