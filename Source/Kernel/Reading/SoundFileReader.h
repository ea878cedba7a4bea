#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Reading/ByteSource.h"
#include "Kernel/Reading/SoundDecoder.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace faltwerk
{

/** Decodes one sound file with libsndfile, from its first frame to its last. Integers are read as fractions of full
    scale; floating-point samples stay as they are, 64-bit ones rounded to 32 bits. [not audio; one thread at a
    time] */
class SoundFileReader
{
public:
    /** Opens a sound in bytes that outlive the reader. The error is part of a sentence: "it holds no samples". */
    static Outcome<SoundFileReader> open (const ByteSource& bytes);

    SoundFileReader (SoundFileReader&&) noexcept;
    SoundFileReader& operator= (SoundFileReader&&) noexcept;
    ~SoundFileReader();

    /** Returns the header. Its numFrames is `unknownLength` if the file does not tell, or not credibly. */
    const SoundHeader& header() const noexcept { return info; }
    static constexpr auto unknownLength = static_cast<size_t> (-1);

    /** Replaces a piece by the next frames of each channel: at most 65536, none at the end of what can be decoded. */
    void read (std::vector<std::vector<float>>& piece);

private:
    struct Decoder;
    SoundFileReader (std::unique_ptr<Decoder>, const SoundHeader&);

    std::unique_ptr<Decoder> decoder;
    SoundHeader info;
};

} // namespace faltwerk
