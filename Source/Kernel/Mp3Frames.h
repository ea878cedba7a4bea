#pragma once

#include "Kernel/ByteSource.h"
#include "Kernel/Outcome.h"

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** The frames of an MP3 (MPEG 1, 2 or 2.5, layer 3), one after another, without tags or anything else that stood
    between them: all of one rate and number of channels, none cut off, none with what the decoder cannot be trusted
    with. */
struct Mp3Frames
{
    std::vector<std::byte> bytes;
    size_t numSamples = 0;                 // that the frames hold
    size_t firstSample = 0, endSample = 0; // those of the sound that was encoded, as its encoder noted

    /** Finds the frames. The error is part of a sentence: "it holds no whole frame".
        @param mostSamples  What is surely longer is refused unread. [any, not audio] */
    static Outcome<Mp3Frames> gather (const ByteSource&, size_t mostSamples);
};

} // namespace faltwerk
