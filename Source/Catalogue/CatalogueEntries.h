#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** A kernel folder of the user's. */
struct CatalogueFolder
{
    std::string path;
    std::string problem; // in a sentence: it was not found, could not be opened, holds too much; else empty

    bool operator== (const CatalogueFolder&) const = default;
};

/** What a catalogue held at some moment. Never changed after that, and shared; those of two moments share the entries
    that are the same, so that one more costs a pointer for each. [any, not audio] */
class CatalogueEntries
{
public:
    using Entry = std::shared_ptr<const CatalogueEntry>;

    /** @param sameNames  one with the same names in the same places, whose order is taken over; or null */
    CatalogueEntries (std::vector<Entry> entries,
                      std::vector<CatalogueFolder> folders,
                      uint64_t version,
                      const CatalogueEntries* sameNames = nullptr);

    /** Whether it holds just these. */
    bool holds (const std::vector<Entry>&, const std::vector<CatalogueFolder>&) const;

    size_t size() const noexcept { return entries.size(); }
    const CatalogueEntry& operator[] (size_t index) const noexcept { return *entries[index]; }

    /** Indices in the natural order of names. */
    const std::vector<uint32_t>& byName() const noexcept { return order; }

    /** As they were set, with the folders' order. */
    const std::vector<CatalogueFolder>& folders() const noexcept { return kernelFolders; }

    uint64_t version() const noexcept { return number; }

private:
    const std::vector<Entry> entries;
    const std::vector<CatalogueFolder> kernelFolders;
    const uint64_t number;
    std::vector<uint32_t> order;
};

} // namespace faltwerk
