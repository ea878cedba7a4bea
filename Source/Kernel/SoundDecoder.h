#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Sound.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace juce
{
class InputStream;
}

namespace faltwerk
{

/** What is known of a sound before it is decoded. */
struct SoundHeader
{
    size_t numChannels = 0;
    size_t numFrames = 0;    // at most; as many, if they were seen
    double sampleRate = 0.0; // Hz
    bool framesWereSeen = false;
};

/** Takes the next frames of each channel of a sound; false if no more are wanted. */
using TakeFrames = std::function<bool (const SoundHeader&, std::span<const std::vector<float>> frames)>;

/** Decodes WAV, AIFF, FLAC, Ogg Vorbis or MP3, whichever the first bytes show it to be, in pieces of at most 65536
    frames, so that a long sound takes little memory. However damaged the bytes are, they give a sound or a sentence.
    @param name  for sentences
    @param mostFrames  What is longer is refused.
    @param take  is called at least once, if only with no frames at all; what has been taken before a sentence is given
    is part of a damaged sound. [any, not audio] */
std::string decodeInPieces (juce::InputStream& bytes,
                            const std::string& name,
                            size_t mostFrames,
                            const TakeFrames& take);

/** The same, as a whole; takes no more memory than what the bytes hold when decoded. [any, not audio] */
Outcome<Sound> decodeSound (juce::InputStream& bytes, const std::string& name, size_t mostFrames);

/** What a header says, without decoding the sound; the same parameters, and sentences. [any, not audio] */
Outcome<SoundHeader> headerOf (juce::InputStream& bytes, const std::string& name, size_t mostFrames);

/** Whether bytes begin like a sound that can be decoded, beyond doubt. [any, not audio] */
bool isSound (juce::InputStream& bytes);

} // namespace faltwerk
