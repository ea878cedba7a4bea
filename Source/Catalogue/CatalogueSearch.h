#pragma once

#include "Catalogue/CatalogueEntries.h"
#include "Catalogue/CatalogueMarks.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** What a list of kernels is sorted by. */
enum class CatalogueOrder
{
    name,     // numbers in it count as such
    duration, // shortest first; bare numbers behind
    channels, // fewest first
    rate,     // lowest first
    newest    // by the files' time; the bank behind
};

/** Which kernels of a catalogue are meant, or that presets are. */
struct CataloguePlace
{
    enum class Kind
    {
        all, // but for single files
        favourites,
        recent, // newest first, whatever the order
        category,
        folder, // with all below it
        presets
    };

    Kind kind = Kind::all;
    std::string name; // of the category, or the folder's path

    bool operator== (const CataloguePlace&) const = default;
};

/** What a list of kernels is to show. */
struct CatalogueQuery
{
    std::string text; // whose words must each occur in an entry's name, folder or tags; see folded
    CataloguePlace place;
    CatalogueOrder order = CatalogueOrder::name;
};

/** The indices of what a query finds, as it is to be shown. Of what is sorted by name or recency, those come first in
    whose names words begin with all that was typed, then those in which any words do. What has no facts yet is behind.
    Takes well below a microsecond for each entry: as you type. [any, not audio] */
std::vector<size_t> search (const CatalogueEntries&, const CatalogueQuery&, const CatalogueMarks&);

/** How many kernels a place holds. [any, not audio] */
size_t countIn (const CatalogueEntries&, const CataloguePlace&, const CatalogueMarks&);

/** The kernel that is a number of steps behind or before another in the order shown, round both ends, passing over
    those that cannot be read. Where the other is not shown, the first step goes to the first, or the last. Null if none
    can be read. The entries must outlive it. [any, not audio] */
const CatalogueEntry* neighbourOf (const CatalogueEntries&,
                                   std::span<const size_t> shown,
                                   std::string_view id,
                                   int step);

} // namespace faltwerk
