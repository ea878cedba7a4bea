#include "Support/Files.h"

#include "Support/Skip.h"

#include "Support/Catch.h"

namespace faltwerk::test
{

TemporaryFolder::TemporaryFolder()
    : folder (juce::File::getSpecialLocation (juce::File::tempDirectory)
                  .getChildFile ("faltwerk-test-" + juce::Uuid().toString()))
{
    REQUIRE (folder.createDirectory().wasOk());
}

TemporaryFolder::~TemporaryFolder() { folder.deleteRecursively(); }

size_t TemporaryFolder::numFiles() const
{
    return static_cast<size_t> (folder.getNumberOfChildFiles (juce::File::findFiles));
}

void writeWithJuce (juce::AudioFormat&& format, const juce::File& file, const Sound& sound, int bits)
{
    file.deleteFile();
    auto stream = file.createOutputStream();
    REQUIRE (stream != nullptr);
    const std::unique_ptr<juce::AudioFormatWriter> writer (format.createWriterFor (
        stream.get(), sound.sampleRate, static_cast<unsigned int> (sound.channels.size()), bits, {}, 10));
    REQUIRE (writer != nullptr);
    stream.release();
    std::vector<const float*> channels;

    for (const auto& channel : sound.channels)
        channels.push_back (channel.data());

    REQUIRE (writer->writeFromFloatArrays (channels.data(), static_cast<int> (channels.size()),
                                           static_cast<int> (sound.lengthInFrames())));
}

juce::File dataFolder()
{
    const auto path = juce::SystemStats::getEnvironmentVariable ("FALTWERK_DATA", {});

    if (path.isNotEmpty() && juce::File (path).isDirectory())
        return juce::File (path);

    skip ("FALTWERK_DATA names no folder with measured kernels.");
    return {};
}

} // namespace faltwerk::test
