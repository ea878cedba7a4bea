#include "Catalogue/Facts/FactsReader.h"

#include "Catalogue/CatalogueRun.h"
#include "Catalogue/Facts/Thumbnail.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Oracle.h"

#if ! JUCE_WINDOWS
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using End = FactsReading::End;

namespace
{

const auto always = [] { return true; };

FactsReading read (const juce::File& file, bool headerOnly = false)
{
    return readFacts (file.getFullPathName().toStdString(), headerOnly, always);
}

std::array<uint8_t, thumbnailWidth> barsOf (const std::vector<std::vector<float>>& channels)
{
    Thumbnail thumbnail;
    thumbnail.add (channels);
    return thumbnail.bars();
}

} // namespace

TEST_CASE ("What may be a kernel is told by its name", "[browser]")
{
    for (const char* name :
         { "a.wav", "a.WAV",      "a.b.Aiff", "a.aif", "a.aifc", "a.flac", "a.ogg", "a.mp3", "a.csv",  "a.txt",
           " .wav", "\u00fc.wav", "a.caf",    "a.w64", "a.rf64", "a.bw64", "a.au",  "a.snd", "a.Opus", "a.oga" })
        CHECK (isKernelName (name));

    for (const char* name : { "", "a", ".wav", "._a.wav", "wav", "a.wav2", "a.wav ", "a.", "a.cpp", "a.mp4" })
        CHECK_FALSE (isKernelName (name));

    CHECK (mayBeProse ("README.TXT"));
    CHECK_FALSE (mayBeProse ("a.csv"));
    CHECK (hasQuickHeader ("a.FLAC"));
    CHECK (hasQuickHeader ("a.snd"));

    for (const char* name : { "a.mp3", "a.ogg", "a.oga", "a.opus", "a.csv" })
        CHECK_FALSE (hasQuickHeader (name));
}

TEST_CASE ("Length, rate, channels and thumbnail are those of the kernel that is loaded", "[browser]")
{
    const TemporaryFolder folder;
    const Sound sound { { decayingNoise (100000, 1), decayingNoise (100000, 2), decayingNoise (100000, 3) }, 44100 };
    REQUIRE (writeSound (folder.path ("a.wav"), sound, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("b.wav"), sound, SampleFormat::int16) == "");
    REQUIRE (writeSound (folder.path ("c.flac"), sound, SampleFormat::int24) == "");
    REQUIRE (writeSound (folder.path ("d.csv"), { { { 1.0f, 0.5f, -0.25f } }, 0.0 }, SampleFormat::float32) == "");
    writeWithSndfile (SF_FORMAT_AIFF | SF_FORMAT_PCM_24, folder / "e.aiff", sound);
    writeWithSndfile (SF_FORMAT_OGG | SF_FORMAT_VORBIS, folder / "f.ogg", { { sound.channels[0] }, 48000 });
    REQUIRE ((folder / "a.wav").copyFileTo (folder / "g.ogg")); // of another name
    REQUIRE ((folder / "a.wav").copyFileTo (folder / "h.txt")); // and of quite another
    writeBytes (folder / "i.txt", "Left Right\nrate 96000\n1 2\n3 4\n0.5 -7\n");

    for (const char* name : { "a.wav", "b.wav", "c.flac", "d.csv", "e.aiff", "f.ogg", "g.ogg", "h.txt", "i.txt" })
    {
        CAPTURE (name);
        const auto kernel = readSound (folder.path (name));
        REQUIRE (kernel);
        const auto reading = read (folder / name);
        CHECK (reading.end == End::done);
        CHECK (reading.status == FileStatus::of (folder.path (name)));
        CHECK_FALSE (reading.isProse);
        CHECK (reading.facts.problem == "");
        CHECK (reading.facts.lengthInFrames == kernel->lengthInFrames());
        CHECK (reading.facts.sampleRate == kernel->sampleRate);
        CHECK (reading.facts.numChannels == kernel->channels.size());
        CHECK (reading.facts.hasThumbnail);
        CHECK (reading.facts.thumbnail == barsOf (kernel->channels));

        if (! hasQuickHeader (name))
            continue;

        const auto header = read (folder / name, true);
        CHECK (header.end == End::done);
        CHECK_FALSE (header.facts.hasThumbnail);
        CHECK (header.facts.lengthInFrames == kernel->lengthInFrames());
        CHECK (header.facts.sampleRate == kernel->sampleRate);
        CHECK (header.facts.numChannels == kernel->channels.size());
    }

    CHECK (read (folder / "i.txt").facts.sampleRate == 96000.0);
    CHECK (read (folder / "i.txt").facts.numChannels == 2);
}

TEST_CASE ("What cannot be a kernel gets the sentence of a load", "[browser]")
{
    const TemporaryFolder folder;
    writeBytes (folder / "empty.wav", "");
    writeBytes (folder / "cut.wav", waveText (100).substr (0, 30));
    writeBytes (folder / "text.wav", "This is no sound at all, but a text of some length.");
    writeBytes (folder / "zeros.flac", std::string (5000, '\0'));
    writeBytes (folder / "empty.csv", "");
    writeBytes (folder / "words.csv", "1,2,three,4");
    writeWave (folder / "none.wav", 0);
    writeWave (folder / "many.wav", 10, 17);
    writeBytes (folder / "huge.csv", "1,1e300,2");
    REQUIRE (writeSound (folder.path ("silent.wav"), { { std::vector<float> (100) }, 48000 }, SampleFormat::int16)
             == "");
    REQUIRE (writeSound (folder.path ("nan.wav"), { { { 1.0f, std::nanf ("") } }, 48000 }, SampleFormat::float32)
             == "");

    for (const char* name : { "empty.wav", "cut.wav", "text.wav", "zeros.flac", "empty.csv", "words.csv", "none.wav",
                              "many.wav", "huge.csv", "silent.wav", "nan.wav" })
    {
        CAPTURE (name);
        const auto reading = read (folder / name);
        CHECK (reading.end == End::done);
        CHECK_FALSE (reading.isProse);
        CHECK_FALSE (reading.facts.hasThumbnail);
        CHECK_THAT (reading.facts.problem, Contains ("'" + std::string (name) + "'"));
        CHECK (reading.facts.problem.size() > 30);

        // That of the kernel, by its name without extension where the sound itself is sound.
        const auto kernel = readKernel (folder.path (name));
        REQUIRE_FALSE (kernel);
        const auto reason = kernel.error().substr (kernel.error().find ("' ") + 1);
        CHECK (reading.facts.problem.substr (reading.facts.problem.find ("' ") + 1) == reason);
    }

    CHECK (read (folder / "none").end == End::closed);
    CHECK_THAT (read (folder / "none").facts.problem, Contains ("could not be opened"));

#if ! JUCE_WINDOWS
    REQUIRE (::mkfifo (folder.path ("pipe.wav").c_str(), 0600) == 0);
    CHECK (read (folder / "pipe.wav").end == End::closed);

    if (! isRoot())
    {
        writeWave (folder / "mine.wav");
        REQUIRE (::chmod (folder.path ("mine.wav").c_str(), 0) == 0);
        CHECK (read (folder / "mine.wav").end == End::closed);
        CHECK_THAT (read (folder / "mine.wav").facts.problem, Contains ("'mine.wav' could not be opened"));
    }
#endif
}

TEST_CASE ("A text of words is no kernel and none that failed", "[browser]")
{
    const TemporaryFolder folder;
    writeBytes (folder / "README.txt", "Recorded in 2019 at 48 kHz with two microphones.\nUse as you like.\n");
    writeBytes (folder / "empty.txt", "");
    writeBytes (folder / "large.txt", std::string (9 << 20, '1'));
    writeBytes (folder / "wrong.txt", "0.1 0.2 0.3 0.4 0.5x 0.6");
    CHECK (read (folder / "README.txt").isProse);
    CHECK (read (folder / "empty.txt").isProse);
    CHECK (read (folder / "large.txt").isProse);
    CHECK_FALSE (read (folder / "wrong.txt").isProse);
    CHECK_THAT (read (folder / "wrong.txt").facts.problem, Contains ("'wrong.txt' could not be read"));
}

TEST_CASE ("A look ends when it is not wanted, and notices a change", "[browser]")
{
    const TemporaryFolder folder;
    writeWave (folder / "a.wav", 2000000);
    int questions = 0;
    CHECK (readFacts (folder.path ("a.wav"), false, [&questions] { return ++questions < 4; }).end == End::notWanted);
    CHECK (questions < 5000); // no further than the piece that is being decoded
    CHECK (readFacts (folder.path ("a.wav"), true, [] { return false; }).end == End::notWanted);

    questions = 0;
    const auto change = [&]
    {
        if (++questions == 3)
            CHECK ((folder / "a.wav").appendText ("more"));

        return true;
    };
    CHECK (readFacts (folder.path ("a.wav"), false, change).end == End::changed);
}
