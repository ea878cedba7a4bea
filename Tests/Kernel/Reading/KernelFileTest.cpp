#include "Kernel/Reading/KernelFile.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Reading/InputFile.h"
#include "Kernel/Text/ComposedText.h"
#include "Kernel/Writing/FirstMinute.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <limits>

#if ! defined(_WIN32)
    #include <sys/stat.h>
#endif

using namespace faltwerk;
using Catch::Matchers::Contains;
using test::TemporaryFolder;
using test::writeWithSndfile;

namespace
{

Sound noiseSound (size_t numChannels, size_t length, double rate)
{
    Sound sound { {}, rate };

    for (size_t channel = 0; channel < numChannels; ++channel)
        sound.channels.push_back (test::noise (length, 40 + channel, 0.1));

    return sound;
}

float largestDifference (const Sound& a, const Sound& b)
{
    float largest = 0.0f;

    for (size_t channel = 0; channel < a.channels.size(); ++channel)
        for (size_t n = 0; n < a.lengthInFrames(); ++n)
            largest = std::max (largest, std::abs (a.channels[channel][n] - b.channels[channel][n]));

    return largest;
}

} // namespace

TEST_CASE ("Every format is read, mono and stereo", "[kernel]")
{
    const TemporaryFolder folder;

    for (const size_t numChannels : std::initializer_list<size_t> { 1, 2 })
    {
        const auto sound = noiseSound (numChannels, 5003, 44100);
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, folder / "16.wav", sound);
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_24, folder / "24.WAV", sound);
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / "float.wav", sound);
        writeWithSndfile (SF_FORMAT_AIFF | SF_FORMAT_PCM_24, folder / "24.aiff", sound);
        writeWithSndfile (SF_FORMAT_FLAC | SF_FORMAT_PCM_24, folder / "24.flac", sound);
        writeWithSndfile (SF_FORMAT_OGG | SF_FORMAT_VORBIS, folder / "best.ogg", sound);
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_24, folder / juce::String::fromUTF8 ("Dom zu K\xc3\xb6ln.wav"),
                          sound);

        const std::pair<const char*, float> files[] = { { "16.wav", 1.0f / 32768 },
                                                        { "24.WAV", 1.0f / 8388608 },
                                                        { "float.wav", 0.0f },
                                                        { "24.aiff", 1.0f / 8388608 },
                                                        { "24.flac", 1.0f / 8388608 },
                                                        { "best.ogg", 0.1f },
                                                        { "Dom zu K\xc3\xb6ln.wav", 1.0f / 8388608 } };

        for (const auto& [name, tolerance] : files)
        {
            CAPTURE (name, numChannels);
            const auto read = readSound (folder.path (juce::String::fromUTF8 (name)));
            REQUIRE (read);
            CHECK (read->sampleRate == 44100);
            REQUIRE (read->channels.size() == numChannels);
            REQUIRE (read->lengthInFrames() == sound.lengthInFrames());
            CHECK (largestDifference (*read, sound) <= tolerance);

            CHECK (sampleRateOfFile (folder.path (juce::String::fromUTF8 (name))) == 44100.0);

            const auto kernel = readKernel (folder.path (juce::String::fromUTF8 (name)));
            REQUIRE (kernel);
            CHECK (kernel->paths == read->channels);
        }
    }

    CHECK (readKernel (folder.path (juce::String::fromUTF8 ("Dom zu K\xc3\xb6ln.wav")))->name == "Dom zu K\xc3\xb6ln");
}

TEST_CASE ("Numbers are read and written as files", "[kernel]")
{
    const TemporaryFolder folder;
    (folder / "three.csv").replaceWithText ("0, 1, 0.5\n");
    const auto kernel = readKernel (folder.path ("three.csv"));
    REQUIRE (kernel);
    CHECK (kernel->paths == std::vector<std::vector<float>> { { 0, 1, 0.5f } });
    CHECK (kernel->sampleRate == 0.0);

    const Sound sound { { { 1, 0.1f, -1e-7f }, { 2, 3, 16777216 } }, 0.0 };
    CHECK (writeSound (folder.path ("out.txt"), sound, SampleFormat::float32) == "");
    CHECK ((folder / "out.txt").loadFileAsString() == "left,right\n1,2\n0.100000001,3\n-1.00000001e-07,16777216\n");
    CHECK (readSound (folder.path ("out.txt"))->channels == sound.channels);
}

TEST_CASE ("Files that cannot be a kernel get one sentence that names them", "[kernel]")
{
    const TemporaryFolder folder;
    const auto errorOf = [&folder] (const char* name) { return readKernel (folder.path (name)).error(); };
    const auto nan = std::numeric_limits<float>::quiet_NaN();

    (folder / "noise.wav").replaceWithText ("this is no sound");
    (folder / "nothing.flac").create();
    (folder / "words.csv").replaceWithText ("1,2\n3,four\n");
    (folder / "picture.png").replaceWithText ("\x89PNG");
    (folder / "folder.wav").createDirectory();
    writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, folder / "empty.wav", Sound { { {} }, 48000 });
    writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, folder / "silent.wav",
                      Sound { { std::vector<float> (100) }, 48000 });
    writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / "nan.wav", Sound { { { 1, nan } }, 48000 });
    writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, folder / "many.wav", noiseSound (17, 10, 48000));
    writeWithSndfile (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, folder / "long.flac",
                      Sound { { std::vector<float> (longestKernelInFrames + 1) }, 192000 });

    for (const char* const name :
         { "missing.wav", "noise.wav", "nothing.flac", "words.csv", "picture.png", "folder.wav" })
        CHECK (sampleRateOfFile (folder.path (name)) == 0.0);

    CHECK_THAT (errorOf ("missing.wav"), Contains ("missing.wav") && Contains ("not found"));
    CHECK_THAT (errorOf ("noise.wav"), Contains ("'noise.wav'") && Contains ("not an audio file"));
    CHECK_THAT (errorOf ("nothing.flac"), Contains ("empty"));
    CHECK_THAT (errorOf ("picture.png"), Contains ("not an audio file"));
    CHECK_THAT (errorOf ("words.csv"), Contains ("line 2, column 3"));
    CHECK_THAT (errorOf ("folder.wav"), Contains ("folder"));
    CHECK_THAT (errorOf ("empty.wav"), Contains ("no audio"));
    CHECK_THAT (errorOf ("silent.wav"), Contains ("'silent.wav'") && Contains ("silent"));
    CHECK_THAT (errorOf ("nan.wav"), Contains ("not a number"));
    CHECK_THAT (errorOf ("many.wav"), Contains ("17 channels"));
    CHECK_THAT (errorOf ("long.flac"), Contains ("60 s at 192 kHz"));
}

#if ! defined(_WIN32)
TEST_CASE ("A pipe or a device is not waited for", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (mkfifo (folder.path ("pipe.wav").c_str(), 0600) == 0); // opening it would last until somebody writes
    CHECK_THAT (readKernel (folder.path ("pipe.wav")).error(),
                Contains ("'pipe.wav'") && Contains ("is a pipe or a device, not a file"));
    CHECK (sampleRateOfFile (folder.path ("pipe.wav")) == 0.0);
    CHECK_THAT (readKernel ("/dev/zero").error(), Contains ("'zero'"));
}
#endif

TEST_CASE ("Writing rounds to nearest, clips, and leaves no half file", "[kernel]")
{
    const TemporaryFolder folder;
    const auto sound = noiseSound (2, 4001, 48000);

    CHECK (writeSound (folder.path ("f.wav"), sound, SampleFormat::float32) == "");
    CHECK (readSound (folder.path ("f.wav"))->channels == sound.channels);
    CHECK (readSound (folder.path ("f.wav"))->sampleRate == 48000);

    CHECK (writeSound (folder.path ("24.wav"), sound, SampleFormat::int24) == "");
    CHECK (largestDifference (*readSound (folder.path ("24.wav")), sound) <= 0.5f / 8388608);

    CHECK (writeSound (folder.path ("16.wav"), sound, SampleFormat::int16) == "");
    CHECK (largestDifference (*readSound (folder.path ("16.wav")), sound) <= 0.5f / 32768);

    const Sound loud { { { 2.0f, -2.0f, 1.0f, -1.0f } }, 48000 };
    CHECK (writeSound (folder.path ("loud.wav"), loud, SampleFormat::int16) == "");
    CHECK (readSound (folder.path ("loud.wav"))->channels[0]
           == std::vector<float> { 32767.0f / 32768, -1.0f, 32767.0f / 32768, -1.0f });

    CHECK_THAT (writeSound (folder.path ("missing/out.wav"), sound, SampleFormat::float32),
                Contains ("could not be written"));
    CHECK (folder.numFiles() == 4);
}

TEST_CASE ("FLAC is written as exactly as it can be, or not at all", "[kernel]")
{
    const TemporaryFolder folder;
    const auto sound = noiseSound (2, 4001, 48000);
    CHECK (writeSound (folder.path ("24.flac"), sound, SampleFormat::int24) == "");
    CHECK (largestDifference (*readSound (folder.path ("24.flac")), sound) <= 0.5f / 8388608);
    CHECK (writeSound (folder.path ("16.FLAC"), sound, SampleFormat::int16) == "");
    CHECK (largestDifference (*readSound (folder.path ("16.FLAC")), sound) <= 0.5f / 32768);
    CHECK (readSound (folder.path ("16.FLAC"))->sampleRate == 48000);
    CHECK ((folder / "16.FLAC").getSize() < (folder / "24.flac").getSize());

    const Sound loud { { { 2.0f, -2.0f, 1.0f, -1.0f } }, 48000 };
    CHECK (writeSound (folder.path ("loud.flac"), loud, SampleFormat::int24) == "");
    CHECK (readSound (folder.path ("loud.flac"))->channels[0]
           == std::vector<float> { 8388607.0f / 8388608, -1.0f, 8388607.0f / 8388608, -1.0f });

    const auto errorOf = [&folder] (const Sound& wrong, SampleFormat format = SampleFormat::int24)
    { return writeSound (folder.path ("wrong.flac"), wrong, format); };
    CHECK_THAT (errorOf (sound, SampleFormat::float32), Contains ("'wrong.flac'") && Contains ("floating-point"));
    CHECK_THAT (errorOf (noiseSound (9, 10, 48000)), Contains ("8 channels, and there are 9"));

    for (const double rate : { 44100.5, 88201.0, 700000.0 })
        CHECK_THAT (errorOf (noiseSound (1, 10, rate)), Contains ("sample rate"));

    for (const double rate : { 1000.0, 65535.0, 88210.0, 655350.0 })
        CHECK (errorOf (noiseSound (1, 10, rate)) == "");

    CHECK (folder.numFiles() == 4);
}

TEST_CASE ("What a format cannot hold is refused", "[kernel]")
{
    const TemporaryFolder folder;
    CHECK_THAT (writeSound (folder.path ("0.wav"), Sound { { { 1 } }, 0 }, SampleFormat::int16),
                Contains ("sample rate"));

    // A thousand channels of two million frames, most of which are left out here.
    Sound large { std::vector<std::vector<float>> (1000), 48000 };
    large.channels.front().resize (1 << 21);
    CHECK_THAT (writeSound (folder.path ("large.aiff"), large, SampleFormat::int24), Contains ("larger than 4 GB"));
    CHECK (folder.numFiles() == 0);
}

TEST_CASE ("Files of numbers may be of any system and say their rate", "[kernel]")
{
    const TemporaryFolder folder;
    (folder / "windows.txt").replaceWithText (juce::String ("# rate 44100\n0,5;1\n2;3\n"), true, true, "\r\n");
    const auto kernel = readKernel (folder.path ("windows.txt"));
    REQUIRE (kernel);
    CHECK (*kernel == Kernel { { { 0.5f, 2 }, { 1, 3 } }, 44100, Routing::stereo, "windows", 0, kernel->remark });
    CHECK (kernel->remark
           == "read as numbers: 2 columns: left and right; 44.1 kHz from the text; decimal commas; 1 heading line");
}

TEST_CASE ("A kernel's embedded copy is lossless", "[kernel]")
{
    auto kernel = defaultKernel();
    const auto asFloat = encodeKernel (kernel);
    auto back = decodeKernel (asFloat, kernel.name);
    REQUIRE (back);
    CHECK (*back == kernel);

    for (auto& path : kernel.paths) // as a 24-bit file would hold it: with one zero only
        for (auto& sample : path)
            sample = std::nearbyint (sample * 8388608.0f) / 8388608.0f + 0.0f;

    const auto asFlac = encodeKernel (kernel);
    CHECK (asFlac.size() < asFloat.size() * 3 / 4);
    back = decodeKernel (asFlac, kernel.name);
    REQUIRE (back);
    CHECK (*back == kernel);

    // One sample at full scale does not fit in 24 bits and must not be clipped.
    kernel.paths[0][0] = 1.0f;
    CHECK (*decodeKernel (encodeKernel (kernel), kernel.name) == kernel);

    // What FLAC cannot hold goes into a WAV: many channels, and rates that it has no code for.
    for (const auto& [numChannels, rate] : { std::pair<size_t, double> { 16, 48000 }, { 1, 88201 }, { 1, 44100 } })
    {
        const auto many = *makeKernel (std::vector<std::vector<float>> (numChannels, { 0.5f, -1, 0.25f }), rate, "m");
        const auto again = decodeKernel (encodeKernel (many), "m");
        REQUIRE (again);
        CHECK (*again == many);
    }

    CHECK_FALSE (decodeKernel (std::span (asFlac).first (3), "hall"));
    CHECK_FALSE (decodeKernel ({}, "hall"));
}

TEST_CASE ("The content hash is of rate, channels and samples", "[kernel]")
{
    const Kernel kernel { { { 1.0f, 0.5f }, { 0.25f, 0.0f } }, 48000, Routing::stereo, "a" };

    // Made with: python3 -c "import hashlib, struct;
    //   print (hashlib.sha256 (struct.pack ('<di4f', 48000, 2, 1, .5, .25, 0)).hexdigest())"
    CHECK (contentHash (kernel) == "6e4f46277b284f1140c9ec6e504e4f396219f7213b61d1595c732af86cfaeebe");

    auto other = kernel;
    other.name = "b";
    CHECK (contentHash (other) == contentHash (kernel));
    other.sampleRate = 44100;
    CHECK (contentHash (other) != contentHash (kernel));
}

TEST_CASE ("Names are composed where they are shown, and files are found by either form", "[kernel]")
{
    const TemporaryFolder folder;
    const std::string composedName = "caf\u00e9 n\u00ba1", decomposed = "cafe\u0301 n\u00ba1";
    REQUIRE (writeSound (folder.path (decomposed + ".wav"), { { { 1.0f, 0.5f } }, 48000 }, SampleFormat::float32)
             == "");
    CHECK (nameOfFile (folder.path (decomposed + ".wav")) == composedName);
    CHECK (fileNameOf (folder.path (decomposed + ".wav")) == composedName + ".wav");
    const auto kernel = readKernel (folder.path (decomposed + ".wav"));
    REQUIRE (kernel);
    CHECK (kernel->name == composedName);

    // What is no accent on a letter, and what is no text, stays.
    CHECK (composed ("\u03a9 hall (2)") == "\u03a9 hall (2)");
    CHECK (composed ("a\xff\xfe") == "a\xff\xfe");
    CHECK (composed ({}).empty());
}

TEST_CASE ("The first minute of a sound that is too long is written beside it", "[kernel]")
{
    const TemporaryFolder folder;
    std::vector<float> samples (longestKernelInFrames + 1);

    for (size_t n = 0; n < samples.size(); ++n)
        samples[n] = static_cast<float> (n % 30000) / 32768.0f;

    const auto path = folder.path ("long.wav");
    REQUIRE (writeSound (path, { { samples }, 8000 }, SampleFormat::int16) == "");
    CHECK (isTooLongForKernel (path));
    CHECK (! readKernel (path));
    const auto part = writeFirstMinute (path);
    REQUIRE (part);
    CHECK (*part == folder.path ("long, first 60 s.wav"));
    CHECK (! isTooLongForKernel (*part));
    const auto kernel = readKernel (*part);
    REQUIRE (kernel);
    REQUIRE (kernel->lengthInFrames() == 480000);
    CHECK (std::equal (kernel->paths[0].begin(), kernel->paths[0].end(), samples.begin()));

    // A second one gets another name, and what cannot be read a sentence.
    const auto again = writeFirstMinute (path);
    REQUIRE (again);
    CHECK (*again != *part);
    CHECK (! writeFirstMinute (folder.path ("none.wav")));
    CHECK (! isTooLongForKernel (folder.path ("none.wav")));
}
