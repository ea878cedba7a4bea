#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Sound.h"

#include <cstddef>
#include <string>

namespace juce
{
class InputStream;
}

namespace faltwerk
{

/** Decodes WAV, AIFF, FLAC, Ogg Vorbis or MP3, whichever the first bytes show it to be.
   However damaged the bytes are, they give a sound or a sentence, and take no more memory than what they hold when
   decoded.
    @param name  for sentences
    @param mostFrames  What is longer is refused. [any, not audio] */
Outcome<Sound> decodeSound (juce::InputStream& bytes, const std::string& name, size_t mostFrames);

/** The sample rate that a header names, in Hz, without decoding the sound; 0 if the bytes are no sound.
    [any, not audio] */
double sampleRateOf (juce::InputStream& bytes);

/** Whether bytes begin like a sound that can be decoded, beyond doubt. [any, not audio] */
bool isSound (juce::InputStream& bytes);

} // namespace faltwerk
