#pragma once

#include <string>
#include <string_view>

namespace faltwerk
{

/** The meaning of commas and points within a number. */
struct NumberStyle
{
    bool decimalComma = false;
    char groups = 0; // between thousands: ',' as in 1,234.5, '.' as in 1.234,5, or none

    /** Returns true if a comma ends a number. */
    bool commaSeparates() const noexcept { return ! decimalComma && groups != ','; }
};

/** Returns a word without what stands between its thousands: groups of the style, apostrophes and spaces that do not
    break. A word whose groups are not of three digits is returned as it is. [not audio] */
std::string withoutGroups (std::string_view word, const NumberStyle& style);

/** Collects what the words of a text tell about their commas and points. [not audio] */
class StyleEvidence
{
public:
    void take (std::string_view word);

    bool hasCommas() const noexcept { return ! example.empty(); }

    /** Returns true if every comma can be a decimal one. */
    bool mayBeDecimal() const noexcept { return allDecimal; }

    /** Returns true if every comma can stand between thousands, as in 1,234.5. */
    bool mayGroupByCommas() const noexcept { return allCommaGroups && hasCommas(); }

    /** Returns true if every number can be written as 1.234,5, and one surely has a point between thousands. */
    bool mayGroupByPoints() const noexcept { return allPointGroups && hasPointGroups; }

    /** Returns true if no further word can make a difference. */
    bool isSettled() const noexcept { return ! allDecimal && ! allCommaGroups && ! allPointGroups; }

    /** Returns "its commas may be decimal ('1,234' is 1.234) or stand between thousands ('1,234' is 1234)". */
    std::string groupsOrDecimal() const;

    /** Returns "its commas may stand between thousands ('1,234.5' is 1234.5) or between numbers ('1,234.5' is 1 and
        234.5)", or the same of decimal commas behind thousands as in 1.234,5. */
    std::string groupsOrSeparate() const;

private:
    bool allDecimal = true, allCommaGroups = true, allPointGroups = true, hasPointGroups = false;
    std::string example; // the first word with a comma
};

} // namespace faltwerk
