#pragma once

#include "Kernel/ByteSource.h"
#include "Kernel/Outcome.h"
#include "Kernel/SoundFormats.h"

namespace faltwerk
{

/** Presents the bytes of a sound file to a decoder with a header that decoders agree on; the file stays as it is.

    - WAV, RF64, BW64, AIFF: a header of a format and a chunk of samples only, with the length that is there. It reads
      what recorders and pipes leave behind: lengths of 0, of 0xffffffff or too large, and odd chunks without their byte
      of padding. What a WAV's header claims of channels, rate and sample width is checked here.
    - AU: as it is, with a length that the file can hold.
    - MP3: the frames without the ID3 tags in front of them.
    - Ogg: as it is, if it is one stream.
    - Others: as they are.

    Returns a source that refers to the given one, which must outlive it. The error is part of a sentence: "it holds no
    samples". [any, not audio] */
Outcome<ByteSource> repairHeader (const ByteSource& bytes, SoundContainer container);

} // namespace faltwerk
