#pragma once

#include "Catalogue/CatalogueMarks.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace faltwerk
{

/** Limits of the number of marks, and of the length of an id in bytes. */
constexpr size_t mostFavourites = 10000, mostRecents = 50, longestId = 4096;

/** A change of a mark. */
struct MarkChange
{
    enum class Kind
    {
        favourite,
        noFavourite,
        recent
    };

    Kind kind;
    std::string id;
};

/** Applies a change within the limits; the oldest recents are dropped. Ignores ids that are too long or not UTF-8.
    [not audio] */
void apply (const MarkChange&, CatalogueMarks&);

/** Returns the union of marks; the recents of the first count as newer. [not audio] */
CatalogueMarks merged (CatalogueMarks, const CatalogueMarks& others);

/** Returns marks as text: a line with the name and version of the format, then for each mark a line of "favourite" or
    "recent" and the id, whose control characters and percent signs are written as %XX. [not audio] */
std::string toText (const CatalogueMarks&);

/** The result of reading a text. */
struct MarksReading
{
    CatalogueMarks marks;
    size_t numDamagedLines = 0;
    bool isNewer = false; // the version is unknown; nothing was read
};

/** Reads marks. Counts and skips invalid lines, and a last line without a line break. [not audio] */
MarksReading parseMarks (std::string_view text);

} // namespace faltwerk
