#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Reading/ByteSource.h"
#include "Kernel/Reading/SoundFormats.h"

namespace faltwerk
{

/** A sound file as a decoder is to see it, and how much of it is there. */
struct RepairedSound
{
    ByteSource bytes;
    bool isUnfinished = false; // its length was never written
    bool isCut = false;        // its end is missing
    uint64_t announced = 0;    // the bytes of samples that its header names; 0: not known
    uint64_t leftOver = 0;     // bytes behind the samples that are neither samples nor anything else known
};

/** Presents the bytes of a sound file to a decoder with a header that decoders agree on; the file stays as it is.

    - WAV, RF64, BW64, AIFF: a header of a format and a chunk of samples only, with the length that is there. It reads
      what recorders and pipes leave behind: lengths of 0, of 0xffffffff or too large, and odd chunks without their byte
      of padding. What a WAV's header claims of channels, rate and sample width is checked here.
    - AU, W64: as they are, with a length that the file can hold.
    - MP3: the frames without the ID3 tags in front of them.
    - Ogg: as it is, if it is one stream.
    - Others: as they are.

    The result refers to the given source, which must outlive it. The error is part of a sentence: "it holds no
    samples". [not audio] */
Outcome<RepairedSound> repairHeader (const ByteSource& bytes, SoundContainer container);

} // namespace faltwerk
