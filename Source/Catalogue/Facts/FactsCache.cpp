#include "Catalogue/Facts/FactsCache.h"

#include "Catalogue/Files/AtomicFile.h"
#include "Catalogue/Files/Paths.h"
#include "Kernel/Sound.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr int magic = 0x43544c46; // FLTC
constexpr int currentVersion = 1; // to be raised when the computation of facts changes
constexpr size_t leastRecordSize = 93, mostProblemSize = 1000, checksumSize = 8;
constexpr size_t headerSize = 16;

enum Flags : int
{
    hasThumbnail = 1,
    isProse = 2
};

/** Returns the FNV-1a hash of 64 bits. */
uint64_t hashOf (std::string_view bytes) noexcept
{
    uint64_t hash = 0xcbf29ce484222325;

    for (const char byte : bytes)
        hash = (hash ^ static_cast<uint8_t> (byte)) * 0x100000001b3;

    return hash;
}

bool isSane (const CatalogueFacts& facts)
{
    return facts.numChannels <= mostSoundChannels && facts.sampleRate >= 0.0 && facts.sampleRate <= highestSampleRate
           && isUtf8 (facts.problem);
}

} // namespace

FactsCache::FactsCache (const juce::File& where, size_t most)
    : file (where)
    , mostRecords (most)
{
}

void FactsCache::load()
{
    records.clear();
    run = 1;
    const auto bytes = readWhole (file, headerSize + mostRecords * (leastRecordSize + mostProblemSize) + checksumSize);

    if (bytes.size() < headerSize + checksumSize)
        return;

    const auto content = std::string_view (bytes).substr (0, bytes.size() - checksumSize);
    juce::MemoryInputStream checksum (bytes.data() + content.size(), checksumSize, false);

    if (static_cast<uint64_t> (checksum.readInt64()) != hashOf (content))
        return;

    juce::MemoryInputStream stream (content.data(), content.size(), false);

    if (! read (stream))
        records.clear();
}

bool FactsCache::read (juce::InputStream& stream)
{
    if (stream.readInt() != magic || stream.readInt() != currentVersion)
        return false;

    run = static_cast<uint32_t> (stream.readInt()) + 1;
    const auto count = static_cast<uint32_t> (stream.readInt());

    if (count > mostRecords || stream.getNumBytesRemaining() < juce::int64 { count } * juce::int64 { leastRecordSize })
        return false;

    records.reserve (count);

    for (uint32_t n = 0; n < count; ++n)
    {
        const auto key = static_cast<uint64_t> (stream.readInt64());

        if (! readRecord (stream, records[key]))
            return false;
    }

    return stream.isExhausted();
}

bool FactsCache::readRecord (juce::InputStream& stream, Record& record)
{
    if (stream.getNumBytesRemaining() < juce::int64 { leastRecordSize } - 8)
        return false;

    auto& facts = record.known.facts;
    record.modified = stream.readInt64();
    record.size = static_cast<uint64_t> (stream.readInt64());
    record.lastRun = static_cast<uint32_t> (stream.readInt());
    facts.lengthInFrames = static_cast<uint64_t> (stream.readInt64());
    facts.sampleRate = stream.readDouble();
    facts.numChannels = static_cast<uint16_t> (stream.readShort());
    const int flags = stream.readByte();
    record.known.isProse = (flags & isProse) != 0;
    facts.hasThumbnail = (flags & hasThumbnail) != 0;
    stream.read (facts.thumbnail.data(), static_cast<int> (facts.thumbnail.size()));
    facts.problem.resize (static_cast<uint16_t> (stream.readShort()));

    if (facts.problem.size() > mostProblemSize
        || stream.getNumBytesRemaining() < static_cast<juce::int64> (facts.problem.size()))
        return false;

    stream.read (facts.problem.data(), static_cast<int> (facts.problem.size()));
    return isSane (facts);
}

void FactsCache::writeRecord (juce::OutputStream& stream, uint64_t key, const Record& record)
{
    const auto& facts = record.known.facts;
    stream.writeInt64 (static_cast<juce::int64> (key));
    stream.writeInt64 (record.modified);
    stream.writeInt64 (static_cast<juce::int64> (record.size));
    stream.writeInt (static_cast<int> (record.lastRun));
    stream.writeInt64 (static_cast<juce::int64> (facts.lengthInFrames));
    stream.writeDouble (facts.sampleRate);
    stream.writeShort (static_cast<short> (facts.numChannels));
    stream.writeByte (
        static_cast<char> ((facts.hasThumbnail ? hasThumbnail : 0) | (record.known.isProse ? isProse : 0)));
    stream.write (facts.thumbnail.data(), facts.thumbnail.size());
    stream.writeShort (static_cast<short> (facts.problem.size()));
    stream.write (facts.problem.data(), facts.problem.size());
}

void FactsCache::save()
{
    hasNews = false; // even if it failed: a retry would fail too
    dropOldest();

    juce::MemoryOutputStream stream;
    stream.writeInt (magic);
    stream.writeInt (currentVersion);
    stream.writeInt (static_cast<int> (run));
    stream.writeInt (static_cast<int> (records.size()));

    for (const auto& [key, record] : records)
        writeRecord (stream, key, record);

    stream.writeInt64 (
        static_cast<juce::int64> (hashOf ({ static_cast<const char*> (stream.getData()), stream.getDataSize() })));
    replaceFile (file, { static_cast<const char*> (stream.getData()), stream.getDataSize() }, Durability::none);
}

void FactsCache::dropOldest()
{
    if (records.size() <= mostRecords)
        return;

    std::vector<std::pair<uint32_t, uint64_t>> ages;

    for (const auto& [key, record] : records)
        ages.emplace_back (record.lastRun, key);

    const auto kept = ages.end() - static_cast<std::ptrdiff_t> (mostRecords);
    std::nth_element (ages.begin(), kept, ages.end());

    for (auto each = ages.begin(); each != kept; ++each)
        records.erase (each->second);
}

std::optional<FactsCache::Known> FactsCache::find (const std::string& path, const FileStatus& status)
{
    const auto found = records.find (hashOf (path));

    if (found == records.end() || found->second.modified != status.modified || found->second.size != status.size)
        return std::nullopt;

    found->second.lastRun = run;
    return found->second.known;
}

void FactsCache::put (const std::string& path, const FileStatus& status, Known known)
{
    if (known.facts.problem.size() > mostProblemSize || ! isSane (known.facts))
        return;

    if (records.size() >= mostRecords + mostRecords / 4) // and when it is saved
        dropOldest();

    records[hashOf (path)] = { status.modified, status.size, run, std::move (known) };
    hasNews = true;
}

} // namespace faltwerk
