#pragma once

#include "Kernel/Writing/SoundEncoder.h"

#include <memory>

namespace faltwerk
{

/** Encodes the containers that libsndfile writes: AIFF, FLAC, CAF, W64 and Ogg Vorbis. [not audio; one thread at a
    time] */
class SndfileEncoder : public SoundEncoder
{
public:
    /** Begins a file in a stream that can seek and outlives the encoder.
        @param output  FLAC needs integers and at most 8 channels, Ogg Vorbis floating point */
    SndfileEncoder (juce::OutputStream&, OutputFormat output, SampleFormat, const SoundHeader&);
    ~SndfileEncoder() override;

    bool write (std::span<const std::vector<float>> channels, size_t first, size_t size) override;
    bool finish() override;

private:
    struct File;
    std::unique_ptr<File> file;
};

} // namespace faltwerk
