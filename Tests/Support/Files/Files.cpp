#include "Support/Files/Files.h"

#include "Kernel/Reading/SoundDecoder.h"
#include "Support/Catch.h"
#include "Support/Skip.h"

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

namespace
{

std::vector<std::byte> bytesOf (const juce::File& file)
{
    juce::MemoryBlock block;
    REQUIRE (file.loadFileAsData (block));
    const auto* bytes = static_cast<const std::byte*> (block.getData());
    return { bytes, bytes + block.getSize() };
}

} // namespace

void writeWithSndfile (int format, const juce::File& file, const Sound& sound)
{
    file.deleteFile();
    SF_INFO info {};
    info.format = format;
    info.channels = static_cast<int> (sound.channels.size());
    info.samplerate = static_cast<int> (sound.sampleRate);
    auto* const handle = sf_open (file.getFullPathName().toRawUTF8(), SFM_WRITE, &info);
    REQUIRE (handle != nullptr);
    sf_command (handle, SFC_SET_CLIPPING, nullptr, SF_TRUE);
    double quality = 1.0; // of formats that have one
    sf_command (handle, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    std::vector<float> interleaved;

    for (size_t n = 0; n < sound.lengthInFrames(); ++n)
        for (const auto& channel : sound.channels)
            interleaved.push_back (channel[n]);

    const auto frames = static_cast<sf_count_t> (sound.lengthInFrames());
    CHECK (sf_writef_float (handle, interleaved.data(), frames) == frames);
    REQUIRE (sf_close (handle) == 0);
}

std::vector<std::byte> encodeWithSndfile (int format, const Sound& sound)
{
    const TemporaryFolder folder;
    writeWithSndfile (format, folder / "a", sound);
    return bytesOf (folder / "a");
}

std::vector<std::byte> toneAsMp3() { return bytesOf (juce::File (FALTWERK_GOLDEN).getChildFile ("tone.mp3")); }

Outcome<Sound> decodeBytes (std::span<const std::byte> bytes, size_t mostFrames)
{
    juce::MemoryInputStream stream (bytes.data(), bytes.size(), false);
    return decodeSound (stream, "hall.wav", mostFrames);
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
