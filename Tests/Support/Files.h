#pragma once

#include "Kernel/KernelFile.h"

#include <juce_audio_formats/juce_audio_formats.h>

#include <string>

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

/** Encodes a sound with one of JUCE's own writers: a file that our reader has not made. @param bits 32: float */
void writeWithJuce (juce::AudioFormat&& format, const juce::File& file, const Sound& sound, int bits);

/** The folder of measured data named by the environment variable FALTWERK_DATA, or none, with a warning. */
juce::File dataFolder();

} // namespace faltwerk::test
