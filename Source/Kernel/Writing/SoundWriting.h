#pragma once

#include "Kernel/Reading/SoundDecoder.h"
#include "Kernel/Sound.h"
#include "Kernel/Writing/OutputFormat.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace juce
{
class OutputStream;
}

namespace faltwerk
{

/** Takes frames first..first + size - 1 of each channel; returns false if no more are wanted. */
using TakePiece = std::function<bool (std::span<const std::vector<float>> channels, size_t first, size_t size)>;

/** Gives a sound piece by piece to what takes it, until that returns false. Returns the sentence of an error of its
    own. */
using GivePieces = std::function<std::string (const TakePiece&)>;

/** Returns what will be written of a sound that is there. [not audio] */
SoundHeader headerFor (const Sound& sound);

/** Writes a sound as writeFile() does, while it is made. Integer formats clip; FLAC has no other, Ogg Vorbis none.
    Returns the error's sentence, empty on success.
    @param sound  what `give` will give: at most these frames
    @param give  called once the file is open; if it fails, nothing is left behind. [not audio] */
std::string writeSoundInPieces (const std::string& path,
                                OutputFormat output,
                                SampleFormat format,
                                const SoundHeader& sound,
                                const GivePieces& give);

/** Writes a whole sound like writeSoundInPieces(), in the format of its name's ending (see outputFormatOf()).
    @param goesOn  asked now and then with the share that is done, 0..1; if it says no, nothing is left behind and
    the sentence says so. [not audio] */
std::string writeSound (const std::string& path,
                        const Sound& sound,
                        SampleFormat format,
                        const std::function<bool (double done)>& goesOn = {});

/** Encodes a whole sound into a stream that can seek; false if that failed. [not audio] */
bool encodeSound (juce::OutputStream&, OutputFormat, SampleFormat, const Sound&);

/** Returns true if FLAC can hold a number of channels at a sample rate in Hz. [not audio] */
bool canHoldInFlac (size_t numChannels, double sampleRate);

} // namespace faltwerk
