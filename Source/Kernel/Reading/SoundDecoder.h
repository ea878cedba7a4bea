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

/** Properties of a sound that are known before it is decoded. */
struct SoundHeader
{
    size_t numChannels = 0;
    size_t numFrames = 0;        // at most; exact if the file's own length was compared with it
    double sampleRate = 0.0;     // Hz
    bool framesWereSeen = false; // the file is long enough to hold them

    size_t numFramesAnnounced = 0; // by the file; 0: it does not say
    bool isUnfinished = false;     // its length was never written, or cannot be true
    bool isCut = false;            // its end is missing
    size_t leftOver = 0;           // bytes behind the samples that are nothing known
    std::string comment {};        // to be written with it; not read
};

/** Returns what a user should know of a sound that is not as its file says, as what follows the file's name in a
    sentence: "is cut short: 364 of the 240000 frames that its header names are there". Empty if all is well.
    @param numFrames  that could be decoded [not audio] */
std::string remarkOn (const SoundHeader& header, size_t numFrames);

/** Takes the next frames of each channel of a sound; returns false to stop. */
using TakeFrames = std::function<bool (const SoundHeader&, std::span<const std::vector<float>> frames)>;

/** Decodes a sound of any of the formats in SoundFormats.h, told by its first bytes, in pieces of at most 65536 frames,
    so that a long sound takes little memory. Damaged bytes give the frames that can be decoded, or a sentence. Returns
    the sentence, empty on success.
    @param name  for sentences
    @param mostFrames  a longer sound is refused
    @param take  called at least once on success, if only with no frames; what it took before an error is part of a
    damaged sound. [not audio] */
std::string decodeInPieces (juce::InputStream& bytes,
                            const std::string& name,
                            size_t mostFrames,
                            const TakeFrames& take);

/** Like decodeInPieces(), as a whole, with its remark; takes no more memory than what the bytes hold when decoded.
    [not audio] */
Outcome<Sound> decodeSound (juce::InputStream& bytes, const std::string& name, size_t mostFrames);

/** Reads the header of a sound; decodes the sound only if its header does not tell how long it is. Parameters and
    sentences as in decodeInPieces(). [not audio] */
Outcome<SoundHeader> headerOf (juce::InputStream& bytes, const std::string& name, size_t mostFrames);

/** Returns true if bytes begin like a sound that can be decoded, and not like text. [not audio] */
bool isSound (juce::InputStream& bytes);

} // namespace faltwerk
