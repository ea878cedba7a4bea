#pragma once

#include "Catalogue/CatalogueMarks.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace faltwerk
{

/** How many marks are kept, and how long an id may be, in bytes. */
constexpr size_t mostFavourites = 10000, mostRecents = 50, longestId = 4096;

/** A change of what is marked. */
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

/** Makes a change, within the bounds; the oldest of the recents give way. Ids that are too long or no UTF-8 are passed
    over. [any, not audio] */
void apply (const MarkChange&, CatalogueMarks&);

/** What is in either; of the recents, those of the first are the newer. [any, not audio] */
CatalogueMarks merged (CatalogueMarks, const CatalogueMarks& others);

/** Marks as text: a line that names the format and its version, then one for each mark, "favourite" or "recent" and the
    id, whose control characters and percent signs are %XX. [any, not audio] */
std::string toText (const CatalogueMarks&);

/** What could be made of a text. */
struct MarksReading
{
    CatalogueMarks marks;
    size_t numDamagedLines = 0;
    bool isNewer = false; // of a version that is not known here, and not read
};

/** Lines that cannot be read are counted and passed over; so is the last one if it was cut off. [any, not audio] */
MarksReading parseMarks (std::string_view text);

} // namespace faltwerk
