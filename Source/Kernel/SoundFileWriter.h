#pragma once

#include "Kernel/KernelFile.h"
#include "Kernel/OutputFormat.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace juce
{
class OutputStream;
}

namespace faltwerk
{

/** Encodes one sound with libsndfile. The same sound gives the same bytes, but for Ogg Vorbis, whose streams have random
    numbers. Integer formats round to nearest and clip. [any, not audio; one thread at a time] */
class SoundFileWriter
{
public:
    /** Begins a file in a stream that can seek and outlives the writer.
        @param output  not numbers; FLAC needs integers and at most 8 channels, Ogg Vorbis floating point
        @param sampleRate  in Hz; rounded to an integer */
    SoundFileWriter (juce::OutputStream&, OutputFormat output, SampleFormat, size_t numChannels, double sampleRate);
    SoundFileWriter (const SoundFileWriter&) = delete;
    SoundFileWriter& operator= (const SoundFileWriter&) = delete;
    ~SoundFileWriter();

    /** Writes a comment into the file's header; before any frames. Formats without comments ignore it. */
    void setComment (const std::string&);

    /** Appends frames first..first + size - 1 of each channel; false if that failed. */
    bool write (std::span<const std::vector<float>> channels, size_t first, size_t size);

    /** Completes the file; false if anything of it could not be written. The stream may still hold bytes to be flushed. */
    bool finish();

private:
    struct Encoder;
    std::unique_ptr<Encoder> encoder;
};

} // namespace faltwerk
