#pragma once

#include "Kernel/ByteSource.h"
#include "Kernel/Outcome.h"
#include "Kernel/Sound.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** A file of uncompressed samples in chunks: WAV, RF64 or AIFF. What a header claims is believed only as far as the
    file reaches, and chunks other than those of format and samples are passed over unread. */
struct ChunkedFile
{
    enum class Encoding
    {
        unsignedInt,
        signedInt,
        floatingPoint
    };

    size_t numChannels = 0;
    double sampleRate = 0.0; // Hz
    Encoding encoding = Encoding::signedInt;
    size_t bytesPerSample = 0;
    bool bigEndian = false;
    uint64_t dataStart = 0, numFrames = 0; // the frames that are there, whatever the header says

    /** Whether a file begins like one. [any, not audio] */
    static bool isOne (const ByteSource&);

    /** Finds format and samples. The error is part of a sentence: "it holds no samples". [any, not audio] */
    static Outcome<ChunkedFile> open (const ByteSource&);

    /** Reads all samples, integers as fractions of full scale, in pieces of a few thousand frames of each channel. The
        error is part of a sentence; a piece that is not taken (false) ends it without one. [any, not audio] */
    std::string decode (const ByteSource&, const std::function<bool (std::span<const std::vector<float>>)>& take) const;
};

} // namespace faltwerk
