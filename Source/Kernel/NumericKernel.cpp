#include "Kernel/NumericKernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <locale>
#include <sstream>
#include <string>

namespace faltwerk
{

namespace
{

constexpr std::string_view separators = ",; \t\r\v\f";

struct Line
{
    std::vector<double> numbers;
    std::string error; // of the first word that is not a number
};

/** Whether a word spells a value that is not finite: nan, inf, infinity, with or without a sign. */
bool spellsNonFinite (std::string_view word)
{
    std::string letters;

    for (const char c : word)
        if (c != '+' && c != '-')
            letters += c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c;

    return letters == "nan" || letters == "inf" || letters == "infinity";
}

Outcome<double> parseNumber (std::string_view word)
{
    if (spellsNonFinite (word))
        return Outcome<double>::failure ("is not a finite number");

    if (word.find_first_not_of ("0123456789+-.eE") != std::string_view::npos)
        return Outcome<double>::failure ("is not a number");

    // A stream with the classic locale: std::from_chars is not everywhere yet, and strtod obeys the host's locale.
    std::istringstream stream { std::string (word) };
    stream.imbue (std::locale::classic());
    double number = 0.0;
    stream >> number;

    if (stream.fail() && std::abs (number) == std::numeric_limits<double>::max())
        return Outcome<double>::failure ("is too large a number");

    if (stream.fail() || ! stream.eof())
        return Outcome<double>::failure ("is not a number");

    if (std::abs (number) > static_cast<double> (std::numeric_limits<float>::max()))
        return Outcome<double>::failure ("is too large a number");

    return number;
}

Line parseLine (std::string_view text, size_t lineNumber)
{
    Line line;
    text = text.substr (0, text.find ('#'));

    for (size_t begin = text.find_first_not_of (separators); begin != std::string_view::npos;)
    {
        const auto end = std::min (text.find_first_of (separators, begin), text.size());
        const auto word = text.substr (begin, end - begin);
        const auto number = parseNumber (word);

        if (! number)
        {
            line.error = "line " + std::to_string (lineNumber) + ", column " + std::to_string (begin + 1) + ": '"
                         + std::string (word.substr (0, 40)) + "' " + number.error();
            return line;
        }

        line.numbers.push_back (*number);
        begin = text.find_first_not_of (separators, end);
    }

    return line;
}

/** Whether a line that begins with a word and not with a number may be a header. */
bool mayBeHeader (std::string_view text)
{
    const auto first = text.find_first_not_of (separators);

    if (first == std::string_view::npos)
        return true;

    const auto word = text.substr (first, text.find_first_of (separators, first) - first);
    return ! spellsNonFinite (word) && word.find_first_of ("0123456789") != 0 && word.front() != '-'
           && word.front() != '+' && word.front() != '.';
}

} // namespace

Outcome<std::vector<std::vector<double>>> parseNumbers (std::string_view text)
{
    using Numbers = std::vector<std::vector<double>>;
    std::vector<std::vector<double>> rows;
    size_t lineNumber = 0;

    if (text.substr (0, 3) == "\xef\xbb\xbf") // a byte order mark
        text.remove_prefix (3);

    while (! text.empty())
    {
        const auto end = std::min (text.find ('\n'), text.size());
        const auto lineText = text.substr (0, end);
        text.remove_prefix (std::min (end + 1, text.size()));
        auto line = parseLine (lineText, ++lineNumber);

        if (! line.error.empty())
        {
            if (rows.empty() && line.numbers.empty() && mayBeHeader (lineText))
                continue;

            return Outcome<Numbers>::failure (line.error);
        }

        if (! line.numbers.empty())
            rows.push_back (std::move (line.numbers));
    }

    if (rows.empty())
        return Outcome<Numbers>::failure ("it holds no numbers");

    bool twoColumns = rows.size() > 1;

    for (const auto& row : rows)
        twoColumns = twoColumns && row.size() == 2;

    Numbers channels (twoColumns ? 2 : 1);

    for (const auto& row : rows)
        for (size_t column = 0; column < row.size(); ++column)
            channels[twoColumns ? column : 0].push_back (row[column]);

    return channels;
}

} // namespace faltwerk
