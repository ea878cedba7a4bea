#pragma once

#include "Catalogue/CatalogueEntry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** A kernel folder of the user. */
struct CatalogueFolder
{
    std::string path;
    std::string problem; // a sentence if it was not found, could not be opened or holds too much; else empty

    bool operator== (const CatalogueFolder&) const = default;
};

/** The content of a catalogue at one moment. Immutable and shared. Successive ones share equal entries, so that each
    costs a pointer for each entry. [not audio] */
class CatalogueEntries
{
public:
    using Entry = std::shared_ptr<const CatalogueEntry>;

    /** @param sameNames  entries with equal names at equal indices, whose order is copied; or null */
    CatalogueEntries (std::vector<Entry> entries,
                      std::vector<CatalogueFolder> folders,
                      uint64_t version,
                      const CatalogueEntries* sameNames = nullptr);

    /** Returns true if entries and folders are equal to these. */
    bool holds (const std::vector<Entry>&, const std::vector<CatalogueFolder>&) const;

    size_t size() const noexcept { return entries.size(); }
    const CatalogueEntry& operator[] (size_t index) const noexcept { return *entries[index]; }

    /** Returns indices in the natural order of names. */
    const std::vector<uint32_t>& byName() const noexcept { return order; }

    /** Returns the kernel folders, in the order in which they were set. */
    const std::vector<CatalogueFolder>& folders() const noexcept { return kernelFolders; }

    uint64_t version() const noexcept { return number; }

private:
    const std::vector<Entry> entries;
    const std::vector<CatalogueFolder> kernelFolders;
    const uint64_t number;
    std::vector<uint32_t> order;
};

} // namespace faltwerk
