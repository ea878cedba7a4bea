#include "Tool/Output/JsonWriter.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <iterator>

namespace faltwerk::tool
{

namespace
{

template <typename Number>
std::string toShortest (Number number)
{
    number = number == Number (0) ? Number (0) : number; // no minus zero
    char text[32];
    const bool isWhole = std::abs (number) < Number (1e15) && number == std::floor (number);
    const auto end = isWhole ? std::to_chars (std::begin (text), std::end (text), static_cast<long long> (number)).ptr
                             : std::to_chars (std::begin (text), std::end (text), number).ptr;
    return { text, end };
}

/** Returns how many bytes the character at the beginning of text has; 0 if it is none (RFC 3629, section 4). */
size_t lengthOfCharacter (std::string_view text)
{
    const auto byte = [&text] (size_t n) { return n < text.size() ? static_cast<unsigned char> (text[n]) : 0u; };
    const auto first = byte (0);
    const size_t length = first < 0x80   ? 1
                          : first < 0xc2 ? 0
                          : first < 0xe0 ? 2
                          : first < 0xf0 ? 3
                          : first < 0xf5 ? 4
                                         : 0;

    for (size_t n = 1; n < length; ++n)
        if ((byte (n) & 0xc0) != 0x80)
            return 0;

    const auto second = byte (1);
    const bool isWrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0)
                         || (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
    return isWrong ? 0 : length;
}

} // namespace

std::string shortestText (double number) { return toShortest (number); }

std::string asValidUtf8 (std::string_view text)
{
    constexpr std::string_view replacement = "\xef\xbf\xbd"; // U+FFFD
    std::string result;

    while (! text.empty())
    {
        const auto length = lengthOfCharacter (text);
        result += length > 0 ? text.substr (0, length) : replacement;
        text.remove_prefix (length > 0 ? length : 1);
    }

    return result;
}

void JsonWriter::separate()
{
    if (isNamed)
    {
        isNamed = false;
        return;
    }

    if (open.empty())
        return;

    if (isInline)
    {
        written += isFirst ? " " : ", ";
        isFirst = false;
        return;
    }

    written += isFirst ? "\n" : ",\n";
    written.append (2 * open.size(), ' ');
    isFirst = false;
}

JsonWriter& JsonWriter::name (std::string_view key)
{
    separate();
    quote (key);
    written += ": ";
    isNamed = true;
    return *this;
}

void JsonWriter::begin (char bracket)
{
    separate();
    written += bracket;
    open.push_back (bracket == '{' ? '}' : ']');
    isFirst = true;
}

void JsonWriter::beginInlineObject (std::string_view key)
{
    beginObject (key);
    isInline = true;
}

void JsonWriter::end()
{
    assert (! open.empty());
    const char bracket = open.back();
    open.pop_back();

    if (isInline)
        written += ' ';
    else if (! isFirst)
    {
        written += '\n';
        written.append (2 * open.size(), ' ');
    }

    written += bracket;
    isFirst = isInline = false;
}

void JsonWriter::value (double number)
{
    separate();
    written += std::isfinite (number) ? shortestText (number) : "null";
}

void JsonWriter::value (bool isTrue)
{
    separate();
    written += isTrue ? "true" : "false";
}

void JsonWriter::value (size_t number)
{
    separate();
    written += std::to_string (number);
}

void JsonWriter::value (std::string_view text)
{
    separate();
    quote (text);
}

void JsonWriter::null()
{
    separate();
    written += "null";
}

void JsonWriter::quote (std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    written += '"';

    for (const char c : asValidUtf8 (text))
    {
        const auto code = static_cast<unsigned char> (c);

        if (c == '"' || c == '\\')
            (written += '\\') += c;
        else if (c == '\n')
            written += "\\n";
        else if (c == '\t')
            written += "\\t";
        else if (code < 0x20 || code == 0x7f)
            ((written += "\\u00") += digits[code / 16]) += digits[code % 16];
        else
            written += c;
    }

    written += '"';
}

template <typename Number>
void JsonWriter::list (std::span<const Number> numbersToWrite)
{
    separate();
    written += '[';

    for (size_t n = 0; n < numbersToWrite.size(); ++n)
    {
        written += n > 0 ? ", " : "";
        written += std::isfinite (numbersToWrite[n]) ? toShortest (numbersToWrite[n]) : "null";
    }

    written += ']';
}

void JsonWriter::numbers (std::string_view key, std::span<const float> all) { name (key).list (all); }

void JsonWriter::numbers (std::string_view key, std::span<const double> all) { name (key).list (all); }

} // namespace faltwerk::tool
