#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Reading/ByteSource.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace faltwerk
{

/** The description of the samples in an AIFF or AIFC file, and their place. */
struct AiffHeader
{
    size_t numChannels = 0;
    uint64_t rateExponent = 0, rateMantissa = 0; // the sample rate as an 80-bit number
    std::string compression;                     // four letters
    size_t bytesPerSample = 0;                   // 0: compressed in a way that is not known here
    uint64_t dataStart = 0, numFrames = 0;       // the frames that the file holds, without those that are padding
    uint64_t numFramesClaimed = 0;               // by the header; 0: it names no length

    /** Reads the header of a file, whatever its chunks claim. The error is part of a sentence: "it holds no samples".
        [not audio] */
    static Outcome<AiffHeader> read (const ByteSource&);

    uint64_t lengthInBytes() const noexcept { return numFrames * numChannels * bytesPerSample; }

    /** Returns the shortest header with the same meaning. [any] */
    std::vector<std::byte> toBytes() const;
};

} // namespace faltwerk
