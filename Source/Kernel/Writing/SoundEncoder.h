#pragma once

#include "Kernel/Reading/SoundDecoder.h"
#include "Kernel/Writing/OutputFormat.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace juce
{
class OutputStream;
}

namespace faltwerk
{

/** Encodes one sound, piece by piece, into a stream. The same sound gives the same bytes, but for Ogg Vorbis, whose
    streams have random numbers. Integers are made by Quantiser. [not audio; one thread at a time] */
class SoundEncoder
{
public:
    virtual ~SoundEncoder() = default;

    /** Appends frames first..first + size - 1 of each channel; false if that failed. */
    virtual bool write (std::span<const std::vector<float>> channels, size_t first, size_t size) = 0;

    /** Completes the file; false if anything of it could not be written. The stream may still hold bytes to be
        flushed. */
    virtual bool finish() = 0;

    /** Begins a file of any format in a stream that outlives the encoder.
        @param sound  what will be written: at most these frames; see WaveEncoder */
    static std::unique_ptr<SoundEncoder> make (juce::OutputStream&,
                                               OutputFormat,
                                               SampleFormat,
                                               const SoundHeader& sound);

    /** Returns true if a format is written from its first byte to its last, so that the stream need not seek. [any] */
    static bool writesInOrder (OutputFormat format) noexcept
    {
        return format == OutputFormat::wave || format == OutputFormat::numbers;
    }
};

} // namespace faltwerk
