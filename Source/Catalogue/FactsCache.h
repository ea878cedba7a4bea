#pragma once

#include "Catalogue/CatalogueEntry.h"
#include "Catalogue/FileStatus.h"

#include <juce_core/juce_core.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace faltwerk
{

/** The facts of files that were looked into before, kept in a file: for each the path as a hash, time and size, 93
    bytes and its sentence if it has one, of the 131072 last wanted at most. Little-endian: FLTC, a version, the run,
    the number of records, the records, and a checksum of all before it. A file that is anything else, or damaged, is as
    if it were not there. [any, not audio; one thread at a time] */
class FactsCache
{
public:
    struct Known
    {
        CatalogueFacts facts;
        bool isProse = false;

        bool operator== (const Known&) const = default;
    };

    explicit FactsCache (const juce::File& where, size_t mostRecords = 1 << 17);

    /** Reads the file, if there is one that is sound. */
    void load();

    /** Writes it beside its place and then there; in vain if the disk will not. */
    void save();

    /** Whether there is something to save. */
    bool isNews() const noexcept { return hasNews; }

    std::optional<Known> find (const std::string& path, const FileStatus&);
    void put (const std::string& path, const FileStatus&, Known);

    size_t size() const noexcept { return records.size(); }

private:
    struct Record
    {
        int64_t modified = 0;
        uint64_t size = 0;
        uint32_t lastRun = 0; // in which it was wanted
        Known known;
    };

    bool read (juce::InputStream&);
    static bool readRecord (juce::InputStream&, Record&);
    static void writeRecord (juce::OutputStream&, uint64_t key, const Record&);
    void dropOldest();

    const juce::File file;
    const size_t mostRecords;
    std::unordered_map<uint64_t, Record> records; // by hashes of paths
    uint32_t run = 1;
    bool hasNews = false;
};

} // namespace faltwerk
