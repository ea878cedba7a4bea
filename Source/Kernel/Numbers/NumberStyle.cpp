#include "Kernel/Numbers/NumberStyle.h"

#include "Kernel/Numbers/NumberReader.h"
#include "Kernel/Numbers/NumberText.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr size_t longestExample = 40; // characters

/** The parts of a word that is grouped by thousands. */
struct Grouping
{
    size_t numGroups = 0; // behind the first digits; 0: it is not grouped
    bool hasFraction = false;
};

size_t numDigitsAt (std::string_view text, size_t begin)
{
    const auto end = std::find_if_not (text.begin() + static_cast<std::ptrdiff_t> (begin), text.end(), isDigit);
    return static_cast<size_t> (end - text.begin()) - begin;
}

/** Takes a word as 1 to 3 digits without a leading zero, groups of 3 digits, a fraction and an exponent. */
Grouping groupingOf (std::string_view word, char separator, char point)
{
    if (word.starts_with (unicodeMinus))
        word.remove_prefix (unicodeMinus.size());
    else if (word.starts_with ('-') || word.starts_with ('+'))
        word.remove_prefix (1);

    Grouping result;
    size_t position = numDigitsAt (word, 0);

    if (position < 1 || position > 3 || word.front() == '0')
        return {};

    while (position < word.size() && word[position] == separator && numDigitsAt (word, position + 1) == 3)
    {
        ++result.numGroups;
        position += 4;
    }

    if (position < word.size() && word[position] == point)
    {
        result.hasFraction = true;
        position += 1 + numDigitsAt (word, position + 1);
    }

    return position == word.size() || lowerCase (word[position]) == 'e' ? result : Grouping();
}

bool has (std::string_view word, char c) { return word.find (c) != std::string_view::npos; }

std::string without (std::string_view word, char separator)
{
    std::string result (word);
    result.erase (std::remove (result.begin(), result.end(), separator), result.end());
    return result;
}

std::string with (std::string text, char from, std::string_view to)
{
    if (const auto place = text.find (from); place != std::string::npos)
        text.replace (place, 1, to);

    return text;
}

} // namespace

std::string withoutGroups (std::string_view word, const NumberStyle& style)
{
    constexpr std::string_view spaces[] = { "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe2\x80\x99" };
    const char point = style.decimalComma ? ',' : '.';
    std::string text (word);

    for (const auto space : spaces) // no-break, narrow and thin ones, and the typographic apostrophe
        for (auto place = text.find (space); place != std::string::npos; place = text.find (space, place))
            text.replace (place, space.size(), "'");

    for (const char separator : { style.groups, '\'' })
        if (separator != 0 && has (text, separator) && groupingOf (text, separator, point).numGroups > 0)
            return without (text, separator);

    return std::string (word);
}

void StyleEvidence::take (std::string_view word)
{
    const bool hasComma = has (word, ','), hasPoint = has (word, '.');

    if (! hasComma && ! hasPoint)
        return;

    const auto byPoints = groupingOf (word, '.', ',');

    if (hasComma)
    {
        const bool isOne = word.find (',') == word.rfind (',');
        allDecimal = allDecimal && isOne && (! hasPoint || byPoints.numGroups > 0);
        allCommaGroups = allCommaGroups && groupingOf (word, ',', '.').numGroups > 0;
        example = example.empty() ? std::string (word.substr (0, longestExample)) : example;
    }

    if (hasPoint)
    {
        allDecimal = allDecimal && byPoints.numGroups > 0;
        allPointGroups = allPointGroups && byPoints.numGroups > 0;
        hasPointGroups = hasPointGroups || (byPoints.numGroups > 0 && (byPoints.hasFraction || byPoints.numGroups > 1));
    }
}

std::string StyleEvidence::groupsOrDecimal() const
{
    return "its commas may be decimal ('" + example + "' is " + with (example, ',', ".")
           + ") or stand between thousands ('" + example + "' is " + without (example, ',') + ")";
}

std::string StyleEvidence::groupsOrSeparate() const
{
    const bool byPoints = mayGroupByPoints() && ! mayGroupByCommas();
    const auto whole = byPoints ? with (without (example, '.'), ',', ".") : without (example, ',');
    const auto parted = with (example, ',', " and ");
    return std::string (byPoints ? "its commas may be decimal, behind points between thousands ('"
                                 : "its commas may stand between thousands ('")
           + example + "' is " + whole + ") or between numbers ('" + example + "' is " + parted + ")";
}

} // namespace faltwerk
