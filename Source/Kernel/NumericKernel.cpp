#include "Kernel/NumericKernel.h"

#include "Kernel/Kernel.h"
#include "Kernel/NumberReader.h"
#include "Kernel/Sound.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace faltwerk
{

namespace
{

bool isDigit (char c) noexcept { return c >= '0' && c <= '9'; }

char lowerCase (char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c; }

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

/** UTF-16, behind its byte order mark, as UTF-8. */
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

/** What separates numbers from one another. */
struct Style
{
    bool decimalComma = false;

    std::string_view separators() const { return decimalComma ? "; \t\v\f" : ",; \t\v\f"; }
};

std::string_view withoutComment (std::string_view line)
{
    return line.substr (0, std::min (line.find ('#'), line.find ("//")));
}

/** Whether a line does not begin with something like a number, and so may be a header. */
bool mayBeHeader (std::string_view line)
{
    const auto separators = Style().separators();
    const auto first = line.find_first_not_of (separators);

    if (first == std::string_view::npos)
        return true;

    const auto word = line.substr (first, line.find_first_of (separators, first) - first);
    return ! spellsNonFinite (word) && ! isDigit (word.front()) && word.find_first_of ("-+.") != 0
           && ! word.starts_with (unicodeMinus);
}

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

/** Commas are decimal if semicolons or tabs stand between numbers, no number has a point, and each comma is followed by
    a digit and is the only one between separators. */
Style styleOf (std::string_view text)
{
    bool separated = false, possible = true, isHeader = true;

    forEachLine (text,
                 [&] (std::string_view line)
                 {
                     line = withoutComment (line);
                     isHeader = isHeader && mayBeHeader (line);
                     bool comma = false;

                     for (size_t n = 0; n < line.size() && possible && ! isHeader; ++n)
                     {
                         const char c = line[n];
                         separated = separated || c == ';' || c == '\t';
                         possible = c != '.' && (c != ',' || (! comma && n + 1 < line.size() && isDigit (line[n + 1])));
                         comma = c == ',' || (comma && Style { true }.separators().find (c) == std::string_view::npos);
                     }

                     return possible;
                 });

    return { separated && possible };
}

/** The rate that a comment or a header names, in Hz; 0 if none. */
double rateIn (std::string_view line)
{
    std::string text;

    for (const char c : line.substr (0, 200))
        text += lowerCase (c);

    for (const std::string_view key : { "samplerate", "rate", "fs" })
    {
        for (size_t found = text.find (key); found != std::string::npos; found = text.find (key, found + 1))
        {
            if (found > 0 && text[found - 1] >= 'a' && text[found - 1] <= 'z') // within another word
                continue;

            const auto first = std::min (text.find_first_not_of (" \t:=,;()[]hz\"", found + key.size()), text.size());
            const auto end = std::min (text.find_first_not_of ("0123456789.e", first), text.size());
            const auto number = NumberReader().read (std::string_view (text).substr (first, end - first), false);
            const auto unit = std::min (text.find_first_not_of (" \t", end), text.size());
            const double rate = number ? *number * (text.compare (unit, 3, "khz") == 0 ? 1000.0 : 1.0) : 0.0;

            if (rate >= lowestSampleRate && rate <= highestSampleRate)
                return rate;
        }
    }

    return 0.0;
}

/** The place of a byte in a line as a reader counts it. */
size_t columnOf (std::string_view line, size_t position)
{
    const auto before = line.substr (0, position);
    const auto isContinued = [] (char c) { return (static_cast<uint8_t> (c) & 0xc0) == 0x80; };
    return 1 + before.size() - static_cast<size_t> (std::count_if (before.begin(), before.end(), isContinued));
}

/** A word in an error: not too long, and not cut within a character. */
std::string quoted (std::string_view word)
{
    size_t length = std::min<size_t> (word.size(), 40);

    while (length < word.size() && length > 0 && (static_cast<uint8_t> (word[length]) & 0xc0) == 0x80)
        --length;

    return "'" + std::string (word.substr (0, length)) + (length < word.size() ? "...'" : "'");
}

} // namespace

Outcome<Numbers> parseNumbers (std::string_view text)
{
    std::string converted;

    if (text.starts_with ("\xff\xfe") || text.starts_with ("\xfe\xff"))
        text = converted = fromUtf16 (text.substr (2), text.front() == '\xfe');
    else if (text.starts_with ("\xef\xbb\xbf"))
        text.remove_prefix (3);

    const auto style = styleOf (text);
    const auto separators = style.separators();
    NumberReader reader;
    Numbers result;
    std::vector<double> numbers;
    std::string error;
    size_t lineNumber = 0, numRows = 0;
    bool twoColumns = true;

    forEachLine (text,
                 [&] (std::string_view line)
                 {
                     ++lineNumber;
                     const auto content = withoutComment (line);
                     const bool isHeader = numbers.empty() && mayBeHeader (content);

                     if (result.sampleRate == 0.0 && (isHeader || content.size() < line.size()))
                         result.sampleRate = rateIn (isHeader ? line : line.substr (content.size()));

                     if (isHeader)
                         return true;

                     const size_t before = numbers.size();

                     for (size_t begin = content.find_first_not_of (separators); begin < content.size();)
                     {
                         const auto end = std::min (content.find_first_of (separators, begin), content.size());
                         const auto word = content.substr (begin, end - begin);
                         const auto number = reader.read (word, style.decimalComma);

                         if (! number)
                         {
                             error = "line " + std::to_string (lineNumber) + ", column "
                                     + std::to_string (columnOf (line, begin)) + ": " + quoted (word) + " "
                                     + number.error();
                             return false;
                         }

                         numbers.push_back (*number);
                         begin = content.find_first_not_of (separators, end);
                     }

                     const size_t count = numbers.size() - before;
                     numRows += count > 0 ? 1 : 0;
                     twoColumns = twoColumns && (count == 0 || count == 2);
                     return numbers.size() <= 2 * longestKernelInFrames;
                 });

    if (! error.empty())
        return Outcome<Numbers>::failure (error);

    if (numbers.empty())
        return Outcome<Numbers>::failure ("it holds no numbers");

    const size_t numChannels = twoColumns && numRows > 1 ? 2 : 1;

    if (numbers.size() > numChannels * longestKernelInFrames)
        return Outcome<Numbers>::failure ("it holds more than " + std::to_string (longestKernelInFrames)
                                          + " numbers (60 s at 192 kHz)");

    if (numChannels == 1)
    {
        result.channels.push_back (std::move (numbers));
        return result;
    }

    result.channels.resize (2);

    for (size_t n = 0; n < numbers.size(); ++n)
        result.channels[n % 2].push_back (numbers[n]);

    return result;
}

} // namespace faltwerk
