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

/** Sort keys of a list of kernels. */
enum class CatalogueOrder
{
    name,     // in natural order: 2 before 10
    duration, // shortest first; bare numbers last
    channels, // fewest first
    rate,     // lowest first
    newest    // by time of modification; factory kernels last
};

/** A part of a catalogue, or the presets. */
struct CataloguePlace
{
    enum class Kind
    {
        all, // except single files
        favourites,
        recent, // newest first in any sort order
        category,
        folder, // with its subfolders
        presets
    };

    Kind kind = Kind::all;
    std::string name; // name of a category, or path of a folder

    bool operator== (const CataloguePlace&) const = default;
};

/** What a list of kernels shows. */
struct CatalogueQuery
{
    std::string text; // every word must occur in an entry's name, folder or tags; see folded
    CataloguePlace place;
    CatalogueOrder order = CatalogueOrder::name;
};

/** Returns the indices of the entries that a query finds, in the order of the list. In an order by name or recency,
    entries whose name has words that begin with all typed words come first, then those with such words elsewhere. In
    other orders entries without facts come last. Takes less than 1 us for each entry. [not audio] */
std::vector<size_t> search (const CatalogueEntries&, const CatalogueQuery&, const CatalogueMarks&);

/** Returns the number of kernels in a place. [not audio] */
size_t countIn (const CatalogueEntries&, const CataloguePlace&, const CatalogueMarks&);

/** Returns the kernel `step` places after another in the list, going round at both ends and skipping kernels that
    cannot be read. If the other kernel is not in the list, the first step leads to the first kernel, or back to the
    last. Null if no kernel can be read. The entries must outlive the result. [not audio] */
const CatalogueEntry* neighbourOf (const CatalogueEntries&,
                                   std::span<const size_t> shown,
                                   std::string_view id,
                                   int step);

} // namespace faltwerk
