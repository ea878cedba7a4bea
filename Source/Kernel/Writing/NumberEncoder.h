#pragma once

#include "Kernel/Writing/SoundEncoder.h"

namespace faltwerk
{

/** Encodes sound as text: a line for each frame, a column for each channel, and for several of them a heading. Numbers
    have nine digits, with which a float survives. [not audio; one thread at a time] */
class NumberEncoder : public SoundEncoder
{
public:
    /** Writes the heading into a stream that outlives the encoder. */
    NumberEncoder (juce::OutputStream&, size_t numChannels);

    bool write (std::span<const std::vector<float>> channels, size_t first, size_t size) override;
    bool finish() override { return isGood; }

private:
    juce::OutputStream& stream;
    bool isGood;
};

} // namespace faltwerk
