#pragma once

#include "Catalogue/CatalogueEntry.h"
#include "Catalogue/Files/FileStatus.h"

#include <juce_core/juce_core.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace faltwerk
{

/** Facts of files, kept in a cache file. A record holds a hash of the path, time, size, facts and a possible sentence:
    93 bytes and the sentence. Keeps at most mostRecords, those used last. Format, little-endian: FLTC, version, run,
    number of records, records, checksum of all before it. A damaged or unknown file counts as missing. One thread at a
    time. [not audio] */
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

    /** Reads the file if it is valid. */
    void load();

    /** Replaces the file; a failure is ignored. */
    void save();

    /** Returns true if there are unsaved changes. */
    bool isNews() const noexcept { return hasNews; }

    std::optional<Known> find (const std::string& path, const FileStatus&);
    void put (const std::string& path, const FileStatus&, Known);

    size_t size() const noexcept { return records.size(); }

private:
    struct Record
    {
        int64_t modified = 0;
        uint64_t size = 0;
        uint32_t lastRun = 0; // run of the program in which it was last used
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
