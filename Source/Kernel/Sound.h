#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** Sound as decoded from a file or about to be encoded: [channel][frame] and a rate. */
struct Sound
{
    std::vector<std::vector<float>> channels;
    double sampleRate = 0.0; // Hz; 0 for bare numbers
    std::string remark {};  // what follows its name in a sentence on how it was read: "is cut short: ..."; mostly empty
    bool isDamaged = false; // a part of the file is missing or doubtful, as the remark says
    std::string comment {}; // to be written with it; not read

    size_t lengthInFrames() const noexcept { return channels.empty() ? 0 : channels.front().size(); }
};

/** Returns two remarks as one, of which either may be empty: "is cut short: ..., and is read as ...". [any] */
inline std::string joinedRemarks (const std::string& first, const std::string& second)
{
    return first + (first.empty() || second.empty() ? "" : ", and ") + second;
}

/** The most channels that are read: those of a matrix with all paths. */
constexpr size_t mostSoundChannels = 256;

/** The sample rates that are read, in Hz. */
constexpr double lowestSampleRate = 1000.0, highestSampleRate = 1000000.0;

} // namespace faltwerk
