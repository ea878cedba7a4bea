#include "Catalogue/Facts/FactsCache.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"

#include <limits>
#include <random>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

FileStatus statusOf (int64_t modified, uint64_t size)
{
    return { FileStatus::Kind::file, modified, 0, size, { 1, 2 } };
}

FactsCache::Known someFacts (uint32_t number)
{
    FactsCache::Known known;
    known.facts.lengthInFrames = 1000 + number;
    known.facts.sampleRate = number % 3 == 0 ? 0.0 : 44100.0 + number;
    known.facts.numChannels = 1 + number % 256;
    known.facts.hasThumbnail = number % 2 == 0;

    for (size_t bar = 0; bar < thumbnailWidth && known.facts.hasThumbnail; ++bar)
        known.facts.thumbnail[bar] = static_cast<uint8_t> (number * 7 + bar * 5);

    if (number % 5 == 1)
        known.facts.problem = "'\u00e4" + std::string (number % 100, 'x') + "' could not be read.";

    known.isProse = number % 7 == 2;
    return known;
}

std::string pathOf (uint32_t number) { return "/k/\u00fc " + std::to_string (number) + ".wav"; }

juce::MemoryBlock bytesOf (const juce::File& file)
{
    juce::MemoryBlock block;
    REQUIRE (file.loadFileAsData (block));
    return block;
}

/** FNV-1a, written anew. */
uint64_t hashOf (const void* data, size_t size)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t n = 0; n < size; ++n)
    {
        hash ^= static_cast<const uint8_t*> (data)[n];
        hash *= 1099511628211u;
    }

    return hash;
}

void setChecksum (juce::MemoryBlock& block)
{
    const uint64_t hash = hashOf (block.getData(), block.getSize() - 8);

    for (size_t n = 0; n < 8; ++n)
        block[block.getSize() - 8 + n] = static_cast<char> (hash >> (8 * n));
}

/** Whether a file is taken. */
bool isTaken (const juce::File& file, const juce::MemoryBlock& block)
{
    REQUIRE (file.replaceWithData (block.getData(), block.getSize()));
    FactsCache cache (file);
    cache.load();
    return cache.size() > 0;
}

} // namespace

TEST_CASE ("Facts are found again in another run, for the same time and size", "[browser]")
{
    const TemporaryFolder folder;

    {
        FactsCache cache (folder / "cache");
        cache.load(); // there is none
        CHECK_FALSE (cache.isNews());

        for (uint32_t n = 0; n < 500; ++n)
            cache.put (pathOf (n), statusOf (n, 10 * n), someFacts (n));

        CHECK (cache.isNews());
        cache.save();
        CHECK_FALSE (cache.isNews());
    }

    CHECK (folder.numFiles() == 1);
    FactsCache cache (folder / "cache");
    cache.load();
    CHECK (cache.size() == 500);

    for (uint32_t n = 0; n < 500; ++n)
    {
        CAPTURE (n);
        CHECK (cache.find (pathOf (n), statusOf (n, 10 * n)) == someFacts (n));
        CHECK (cache.find (pathOf (n), statusOf (n + 1, 10 * n)) == std::nullopt);
        CHECK (cache.find (pathOf (n), statusOf (n, 10 * n + 1)) == std::nullopt);
    }

    CHECK (cache.find (pathOf (500), statusOf (0, 0)) == std::nullopt);
    CHECK_FALSE (cache.isNews());
    cache.put (pathOf (3), statusOf (77, 78), someFacts (4));
    CHECK (cache.find (pathOf (3), statusOf (77, 78)) == someFacts (4));
    CHECK (cache.find (pathOf (3), statusOf (3, 30)) == std::nullopt);
    CHECK (cache.size() == 500);
}

TEST_CASE ("The file of facts is as it is described", "[browser]")
{
    const TemporaryFolder folder;
    FactsCache cache (folder / "cache");
    auto known = someFacts (6);
    known.facts.problem = "no";
    cache.put ("/a", statusOf (0x0102030405060708, 9), known);
    cache.save();
    const auto block = bytesOf (folder / "cache");
    REQUIRE (block.getSize() == 16 + 93 + 2 + 8);
    CHECK (std::string (block.begin(), 4) == "FLTC");
    CHECK (block[12] == 1); // one record
    CHECK (std::string (block.begin() + 24, 8) == "\x08\x07\x06\x05\x04\x03\x02\x01");
    CHECK (std::string (block.begin() + 16 + 93, 2) == "no");
    auto same = block;
    setChecksum (same);
    CHECK (same == block);
    const uint64_t key = hashOf ("/a", 2);
    CHECK (std::memcmp (block.begin() + 16, &key, 8) == 0);
}

TEST_CASE ("A damaged file of facts, or one of another version, is as if it were not there", "[browser]")
{
    const TemporaryFolder folder;
    const auto file = folder / "cache";

    {
        FactsCache cache (file);

        for (uint32_t n = 0; n < 20; ++n)
            cache.put (pathOf (n), statusOf (n, n), someFacts (n));

        cache.save();
    }

    const auto good = bytesOf (file);
    REQUIRE (isTaken (file, good));

    for (size_t length = 0; length < good.getSize(); ++length)
    {
        CAPTURE (length);
        CHECK_FALSE (isTaken (file, { good.getData(), length }));
    }

    auto longer = good;
    longer.append ("x", 1);
    CHECK_FALSE (isTaken (file, longer));
    setChecksum (longer);
    CHECK_FALSE (isTaken (file, longer));

    // A bit anywhere.
    constexpr uint32_t seed = 41;
    std::mt19937 random (seed);

    for (int round = 0; round < 300; ++round)
    {
        auto damaged = good;
        const auto place = random() % good.getSize();
        damaged[place] = static_cast<char> (damaged[place] ^ (1 << random() % 8));
        CAPTURE (seed, round, place);
        CHECK_FALSE (isTaken (file, damaged));
    }

    // Wrong, but with the right checksum: other formats and versions, lengths, counts, rates that are no numbers.
    const auto isTakenWith = [&] (size_t place, std::string_view bytes)
    {
        auto changed = good;
        changed.copyFrom (bytes.data(), static_cast<int> (place), bytes.size());
        setChecksum (changed);
        return isTaken (file, changed);
    };

    CHECK (isTakenWith (0, "FLTC"));
    CHECK_FALSE (isTakenWith (0, "FLTX"));
    CHECK_FALSE (isTakenWith (4, { "\x02\0\0\0", 4 }));
    CHECK_FALSE (isTakenWith (4, { "\0\0\0\0", 4 }));
    CHECK_FALSE (isTakenWith (12, { "\xff\xff\xff\xff", 4 }));
    CHECK_FALSE (isTakenWith (12, { "\x15\0\0\0", 4 }));
    CHECK_FALSE (isTakenWith (12, { "\x13\0\0\0", 4 }));
    const double notANumber = std::numeric_limits<double>::quiet_NaN(), negative = -1.0;
    CHECK_FALSE (isTakenWith (16 + 36, { reinterpret_cast<const char*> (&notANumber), 8 }));
    CHECK_FALSE (isTakenWith (16 + 36, { reinterpret_cast<const char*> (&negative), 8 }));
    CHECK_FALSE (isTakenWith (16 + 44, "\xff\xff")); // channels
    CHECK_FALSE (isTakenWith (16 + 91, "\xff\xff")); // the sentence's length

    // Any bytes with the right checksum, and what comes of them is sane.
    for (int round = 0; round < 2000; ++round)
    {
        auto changed = good;

        for (int n = 0; n < 3; ++n)
            changed[8 + random() % (good.getSize() - 16)] = static_cast<char> (random());

        setChecksum (changed);
        isTaken (file, changed);
    }

    REQUIRE (file.deleteFile());
    REQUIRE (file.createDirectory());
    FactsCache cache (file);
    cache.load();
    cache.put ("/a", statusOf (1, 1), someFacts (1));
    cache.save(); // in vain
    CHECK (cache.find ("/a", statusOf (1, 1)) == someFacts (1));
}

TEST_CASE ("Of too many facts, those last wanted are kept", "[browser]")
{
    const TemporaryFolder folder;
    constexpr uint32_t most = 100;

    {
        FactsCache cache (folder / "cache", most);

        for (uint32_t n = 0; n < most; ++n)
            cache.put (pathOf (n), statusOf (n, n), someFacts (n));

        cache.save();
    }

    {
        FactsCache cache (folder / "cache", most);
        cache.load();

        for (uint32_t n = 0; n < 40; ++n)
            REQUIRE (cache.find (pathOf (n), statusOf (n, n)));

        for (uint32_t n = 1000; n < 1060; ++n)
            cache.put (pathOf (n), statusOf (n, n), someFacts (n));

        CHECK (cache.size() <= most + most / 4);
        cache.save();
    }

    FactsCache cache (folder / "cache", most);
    cache.load();
    CHECK (cache.size() == most);

    for (uint32_t n = 0; n < 40; ++n)
        CHECK (cache.find (pathOf (n), statusOf (n, n)));

    for (uint32_t n = 1000; n < 1060; ++n)
        CHECK (cache.find (pathOf (n), statusOf (n, n)));
}

TEST_CASE ("A sentence on the longest of names is kept", "[browser]")
{
    const TemporaryFolder folder;
    FactsCache cache (folder / "cache");
    auto known = someFacts (1);
    known.facts.problem = "'" + std::string (255, 'n') + "' could not be read: " + std::string (300, 's');
    cache.put ("/a", statusOf (1, 1), known);
    cache.save();
    cache.load();
    CHECK (cache.find ("/a", statusOf (1, 1)) == known);
}
