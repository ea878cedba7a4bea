#include "Catalogue/CatalogueEntries.h"

#include "Catalogue/FoldedText.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

namespace faltwerk
{

namespace
{

std::string_view foldedNameOf (const CatalogueEntry& entry) noexcept
{
    return std::string_view (entry.searchText).substr (0, entry.nameLength);
}

bool isBefore (const CatalogueEntry& a, const CatalogueEntry& b) noexcept
{
    if (const int natural = naturalOrder (foldedNameOf (a), foldedNameOf (b)); natural != 0)
        return natural < 0;

    if (const int plain = a.name.compare (b.name); plain != 0)
        return plain < 0;

    return a.id < b.id;
}

} // namespace

CatalogueEntries::CatalogueEntries (std::vector<Entry> held,
                                    std::vector<CatalogueFolder> folders,
                                    uint64_t version,
                                    const CatalogueEntries* sameNames)
    : entries (std::move (held))
    , kernelFolders (std::move (folders))
    , number (version)
{
    if (sameNames != nullptr)
    {
        order = sameNames->order;
        return;
    }

    order.resize (entries.size());
    std::iota (order.begin(), order.end(), 0u);
    std::sort (order.begin(), order.end(),
               [this] (uint32_t a, uint32_t b) { return isBefore (*entries[a], *entries[b]); });
}

bool CatalogueEntries::holds (const std::vector<Entry>& others, const std::vector<CatalogueFolder>& folders) const
{
    return entries == others && kernelFolders == folders;
}

} // namespace faltwerk
