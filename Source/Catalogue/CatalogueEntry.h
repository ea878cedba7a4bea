#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace faltwerk
{

struct FactoryKernel;

/** Number of bars of a kernel's thumbnail. */
constexpr size_t thumbnailWidth = 44;

/** Properties of a kernel that are known after its file was read. */
struct CatalogueFacts
{
    uint64_t lengthInFrames = 0;
    double sampleRate = 0.0; // Hz; 0 for bare numbers
    size_t numChannels = 0;

    /** Peak of each of thumbnailWidth equal parts, over all channels: 0..255 for -60..0 dB relative to the largest. */
    std::array<uint8_t, thumbnailWidth> thumbnail {};
    bool hasThumbnail = false; // false if only the header has been read

    std::string problem; // a sentence that says why it cannot be a kernel; else empty

    double durationInSeconds() const noexcept
    {
        return sampleRate > 0.0 ? static_cast<double> (lengthInFrames) / sampleRate : 0.0;
    }

    bool operator== (const CatalogueFacts&) const = default;
};

/** A factory kernel, a file, or a preset in a list. All texts are UTF-8. */
struct CatalogueEntry
{
    std::string id;                // see idOf
    std::string name;              // of a file: without extension
    std::string folder;            // category of a factory kernel; folder of a file; name of a preset's kernel
    std::string path;              // absolute; empty for factory kernels and presets
    std::vector<std::string> tags; // of a file: the words of the folders between kernel folder and file

    bool hasFacts = false;
    CatalogueFacts facts;

    int64_t modifiedMs = 0; // since 1970; 0 for factory kernels
    uint64_t sizeInBytes = 0;
    bool isSingle = false; // outside the kernel folders, see Catalogue::setSingles
    bool isPreset = false;

    std::string searchText; // folded name, folder and tags, one line each
    size_t nameLength = 0;  // bytes of the name in searchText

    bool isFactory() const noexcept { return path.empty() && ! isPreset; }
};

/** Returns the id of a kernel in favourites, recents and selections: "factory:NAME" or the absolute path, on macOS in
    composed Unicode. Empty if both arguments are. [not audio] */
std::string idOf (const std::string& factoryName, const std::string& path);

/** Returns the entry of a factory kernel. [not audio] */
CatalogueEntry makeEntry (const FactoryKernel&);

/** Returns the id of a preset in selections. [not audio] */
std::string idOfPreset (const std::string& name);

/** Returns the entry of a preset, which has no duration, channels or rate. [not audio] */
CatalogueEntry makePresetEntry (const std::string& name, const std::string& kernel, std::vector<std::string> tags);

/** Returns the entry of a file, without facts. @param kernelFolder  the kernel folder it was found in; empty for a
    single file. [not audio] */
CatalogueEntry makeEntry (const std::string& path, const std::string& kernelFolder);

/** Returns true if a path is `outer` or lies below it; compares paths only. [not audio] */
bool isWithin (const std::string& folder, const std::string& outer);

} // namespace faltwerk
