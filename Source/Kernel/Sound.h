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
    std::string remark {};   // how a text of numbers was understood; else empty
    std::string comment {};  // to be written with it; not read

    size_t lengthInFrames() const noexcept { return channels.empty() ? 0 : channels.front().size(); }
};

/** The most channels that are read: those of a matrix with all paths. */
constexpr size_t mostSoundChannels = 256;

/** The sample rates that are read, in Hz. */
constexpr double lowestSampleRate = 1000.0, highestSampleRate = 1000000.0;

} // namespace faltwerk
