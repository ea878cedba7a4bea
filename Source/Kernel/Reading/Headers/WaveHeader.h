#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Reading/ByteSource.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace faltwerk
{

/** The description of the samples in a WAV, RF64 or BW64 file, and their place. */
struct WaveHeader
{
    uint64_t format = 0; // 1: integers, 3: floating point, 6: A-law, 7: mu-law
    size_t numChannels = 0;
    uint64_t sampleRate = 0; // Hz
    size_t bytesPerSample = 0;
    uint64_t dataStart = 0, dataLength = 0; // bytes; the whole frames that the file holds
    uint64_t announced = 0;                 // bytes of samples that the header names; 0: it names no length
    uint64_t leftOver = 0;                  // bytes behind the samples that are no chunks

    /** Reads the header of a file, whatever its chunks claim. The error is part of a sentence: "it holds no samples".
        [not audio] */
    static Outcome<WaveHeader> read (const ByteSource&);

    /** Returns the shortest header with the same meaning: RF64 from 4 GB of samples on, else RIFF. [any] */
    std::vector<std::byte> toBytes() const;
};

} // namespace faltwerk
