#include "Kernel/Numbers/NumericKernel.h"

#include "Kernel/Numbers/NumberColumns.h"
#include "Kernel/Numbers/NumberHeading.h"
#include "Kernel/Numbers/NumberLines.h"
#include "Kernel/Numbers/NumberLists.h"
#include "Kernel/Numbers/NumberText.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

Outcome<NumberTable> tableOf (std::string_view text, const CommaChoice& choice)
{
    if (auto lists = readLists (text))
        return *std::move (lists);

    const auto layout = layoutOf (text, choice);

    if (! layout)
        return Outcome<NumberTable>::failure (layout.error());

    auto table = readLines (text, *layout);

    if (table && layout->numHeadingLines > 0)
        table->remarks.push_back (std::to_string (layout->numHeadingLines)
                                  + (layout->numHeadingLines == 1 ? " heading line" : " heading lines"));

    return table;
}

/** Returns true if a number follows one of a line's brackets or braces. */
bool hasList (std::string_view line)
{
    for (auto place = line.find_first_of ("[{"); place != std::string_view::npos;
         place = line.find_first_of ("[{", place))
    {
        place = std::min (line.find_first_not_of ("[{", place), line.size());

        if (beginsLikeNumber (line.substr (place)))
            return true;
    }

    return false;
}

} // namespace

Outcome<Numbers> parseNumbers (std::string_view text, const CommaChoice& choice)
{
    std::string converted;
    auto table = tableOf (asUtf8 (text, converted), choice);

    if (! table)
        return Outcome<Numbers>::failure (table.error());

    if (table->values.empty())
        return Outcome<Numbers>::failure ("it holds no numbers. Write one on each line, or commas between them");

    return channelsOf (std::move (*table));
}

bool mayBeNumbers (std::string_view firstBytes)
{
    if (! isText (firstBytes))
        return false;

    std::string converted;
    bool found = false;
    forEachLine (asUtf8 (firstBytes, converted),
                 [&found] (std::string_view line)
                 {
                     const auto numLetters = std::count_if (line.begin(), line.end(), isLetter);
                     found = (beginsLikeNumber (line) && static_cast<size_t> (numLetters) * 4 <= line.size())
                             || ! otherPurposeOf (line).empty() || hasList (line);
                     return ! found;
                 });
    return found;
}

bool needsCommaChoice (std::string_view text)
{
    if (parseNumbers (text))
        return false;

    for (const auto commas : { Commas::separate, Commas::decimal, Commas::thousands })
        if (parseNumbers (text, { commas }))
            return true;

    return false;
}

} // namespace faltwerk
