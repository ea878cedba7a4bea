#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace faltwerk
{

struct FactoryKernel;

/** The bars of a kernel's thumbnail. */
constexpr size_t thumbnailWidth = 44;

/** What a look into a kernel tells. */
struct CatalogueFacts
{
    uint64_t lengthInFrames = 0;
    double sampleRate = 0.0; // Hz; 0 for bare numbers
    size_t numChannels = 0;

    /** The peak of each of as many equal parts, over all channels: 0..255 is -60..0 dB relative to the largest. */
    std::array<uint8_t, thumbnailWidth> thumbnail {};
    bool hasThumbnail = false; // which may come after the rest

    std::string problem; // in a sentence, why it cannot be a kernel; else empty

    double durationInSeconds() const noexcept
    {
        return sampleRate > 0.0 ? static_cast<double> (lengthInFrames) / sampleRate : 0.0;
    }

    bool operator== (const CatalogueFacts&) const = default;
};

/** A kernel to choose, one of the factory bank or a file; or a preset. A value; all texts are UTF-8. */
struct CatalogueEntry
{
    std::string id;                // see idOf
    std::string name;              // the file's without extension
    std::string folder;            // the bank's category; the path of the file's folder; the name of a preset's kernel
    std::string path;              // absolute; empty for one of the bank and for a preset
    std::vector<std::string> tags; // the bank's, the preset's; the words of the folders between kernel folder and file

    bool hasFacts = false;
    CatalogueFacts facts;

    int64_t modifiedMs = 0; // since 1970; 0 for one of the bank
    uint64_t sizeInBytes = 0;
    bool isSingle = false; // lies in none of the kernel folders, see Catalogue::setSingles
    bool isPreset = false;

    std::string searchText; // folded: name, folder, tags; a line each
    size_t nameLength = 0;  // of the name in the search text

    bool isFactory() const noexcept { return path.empty() && ! isPreset; }
};

/** What favourites, recents and a list's selection know a kernel by: "factory:NAME" as the bank spells it, or the
    absolute path; on macOS in composed Unicode, whichever form it came in. Empty if both are. [any, not audio] */
std::string idOf (const std::string& factoryName, const std::string& path);

/** An entry of the bank. [any, not audio] */
CatalogueEntry makeEntry (const FactoryKernel&);

/** The id of a preset in a list's selection. [any, not audio] */
std::string idOfPreset (const std::string& name);

/** Makes the entry of a preset; it has no duration, channels or rate. [any, not audio] */
CatalogueEntry makePresetEntry (const std::string& name, const std::string& kernel, std::vector<std::string> tags);

/** An entry of a file, without facts.
    @param kernelFolder  that it was found below; empty for a single file. [any, not audio] */
CatalogueEntry makeEntry (const std::string& path, const std::string& kernelFolder);

/** Whether a folder is another or lies below it, by their names. [any, not audio] */
bool isWithin (const std::string& folder, const std::string& outer);

} // namespace faltwerk
