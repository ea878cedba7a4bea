#pragma once

#include "Kernel/Reading/KernelFile.h"

#include <juce_core/juce_core.h>

#include <sndfile.h>

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace faltwerk::test
{

/** A folder that is there while the object lives. */
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder (const TemporaryFolder&) = delete;
    TemporaryFolder& operator= (const TemporaryFolder&) = delete;

    juce::File operator/ (const juce::String& name) const { return folder.getChildFile (name); }
    std::string path (const juce::String& name) const { return (*this / name).getFullPathName().toStdString(); }
    size_t numFiles() const;

private:
    juce::File folder;
};

/** Encodes a sound with libsndfile alone: a file that our writer has not made.
    @param format  container and encoding, as in SF_FORMAT_WAV | SF_FORMAT_PCM_16 */
void writeWithSndfile (int format, const juce::File& file, const Sound& sound);

/** Like writeWithSndfile(), into memory. */
std::vector<std::byte> encodeWithSndfile (int format, const Sound& sound);

/** Decodes bytes as a file named 'hall.wav' with decodeSound(). */
Outcome<Sound> decodeBytes (std::span<const std::byte> bytes, size_t mostFrames = std::numeric_limits<size_t>::max());

/** The golden MP3: 8820 samples of a sine of 1 kHz at 44.1 kHz with a peak of 8000/32768, by LAME 3.100
    (lame -b 64 tone.wav tone.mp3). */
std::vector<std::byte> toneAsMp3();

/** The folder of measured data named by the environment variable FALTWERK_DATA, or none, with a warning. */
juce::File dataFolder();

} // namespace faltwerk::test
