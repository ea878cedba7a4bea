#pragma once

#include "Kernel/Writing/Quantiser.h"
#include "Kernel/Writing/SoundEncoder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** Encodes a WAV file, from its first byte to its last, so that it can be written to a pipe. A file above 4 GB is RF64
    (EBU Tech 3306). Floating-point samples have the extended format chunk and the fact chunk that the format asks for
    (Microsoft, IBM: Multimedia Programming Interface and Data Specifications 1.0, with the revision of 1994).
    [not audio; one thread at a time] */
class WaveEncoder : public SoundEncoder
{
public:
    /** Writes the header. If it is not certain that all frames will come, and the stream cannot seek, its sizes are
        0xffffffff, which players take for a stream that goes on to its end.
        @param stream  outlives the encoder
        @param sound  what will be written, at most; its rate is rounded to an integer */
    WaveEncoder (juce::OutputStream& stream, SampleFormat, const SoundHeader& sound);

    bool write (std::span<const std::vector<float>> channels, size_t first, size_t size) override;

    /** Completes the file, and corrects its header if fewer frames came than were announced and the stream can seek. */
    bool finish() override;

private:
    static constexpr uint64_t unknownLength = static_cast<uint64_t> (-1);

    uint64_t headSize() const noexcept;
    uint64_t sizeInBytes (uint64_t numFrames) const noexcept;
    bool writeHeader (uint64_t numFrames);

    juce::OutputStream& stream;
    std::optional<Quantiser> quantiser; // none for float32
    const SampleFormat format;
    const size_t numChannels;
    const uint32_t sampleRate;
    const std::string comment;
    uint64_t numAnnounced;
    uint64_t numWritten = 0;
    bool isGood = true;
    std::vector<std::byte> bytes;
};

} // namespace faltwerk
