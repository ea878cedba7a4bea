#pragma once

#include <string>
#include <unordered_set>
#include <vector>

namespace faltwerk
{

/** What the user has marked, and used: ids of kernels, see idOf. */
struct CatalogueMarks
{
    std::unordered_set<std::string> favourites;
    std::vector<std::string> recents; // newest first

    bool operator== (const CatalogueMarks&) const = default;
};

} // namespace faltwerk
