#pragma once

#include <string>
#include <unordered_set>
#include <vector>

namespace faltwerk
{

/** Favourite and recently used kernels, by id; see idOf. */
struct CatalogueMarks
{
    std::unordered_set<std::string> favourites;
    std::vector<std::string> recents; // newest first

    bool operator== (const CatalogueMarks&) const = default;
};

} // namespace faltwerk
