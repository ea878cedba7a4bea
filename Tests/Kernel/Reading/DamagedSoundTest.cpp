// Sounds of every format that were cut off or damaged: a sound or a sentence comes of them.

#include "Kernel/Reading/SoundDecoder.h"
#include "Support/Catch.h"
#include "Support/Files/Bytes.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <cmath>
#include <cstring>
#include <random>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

constexpr int everyFormat[] = { SF_FORMAT_WAV | SF_FORMAT_PCM_16,  SF_FORMAT_WAVEX | SF_FORMAT_FLOAT,
                                SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_FLOAT,
                                SF_FORMAT_RF64 | SF_FORMAT_PCM_24, SF_FORMAT_W64 | SF_FORMAT_PCM_16,
                                SF_FORMAT_CAF | SF_FORMAT_PCM_16,  SF_FORMAT_CAF | SF_FORMAT_ALAC_16,
                                SF_FORMAT_AU | SF_FORMAT_PCM_16,   SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                                SF_FORMAT_OGG | SF_FORMAT_VORBIS,  SF_FORMAT_OGG | SF_FORMAT_OPUS };

void checkSoundOrSentence (const Outcome<Sound>& sound, size_t mostFrames)
{
    if (! sound)
    {
        CHECK_THAT (sound.error(), Contains ("'hall.wav'"));
        CHECK (sound.error().back() == '.');
        return;
    }

    CHECK (sound->lengthInFrames() <= mostFrames);
    CHECK (! sound->channels.empty());

    for (const auto& channel : sound->channels)
        CHECK (channel.size() == sound->lengthInFrames());
}

} // namespace

TEST_CASE ("A file cut off anywhere gives a sound or a sentence, in every format", "[kernel]")
{
    const Sound sound { { noise (300, 9, 0.1), noise (300, 10, 0.1) }, 48000 };

    for (const int format : everyFormat)
    {
        const auto whole = encodeWithSndfile (format, sound);
        size_t mostRead = 0;
        CAPTURE (format);

        for (size_t length = 0; length < whole.size(); ++length)
        {
            CAPTURE (length);
            const auto read = decodeBytes (std::span (whole).first (length));
            checkSoundOrSentence (read, 300);
            mostRead = std::max (mostRead, read ? read->lengthInFrames() : 0);
        }

        // Uncompressed samples come as far as the file goes.
        const int encoding = format & SF_FORMAT_SUBMASK;

        if (encoding == SF_FORMAT_PCM_16 && (format & SF_FORMAT_TYPEMASK) != SF_FORMAT_FLAC)
            CHECK (mostRead == 299);
    }
}

TEST_CASE ("An uncompressed file cut off gives its whole frames", "[kernel]")
{
    const auto data = integers ({ 100, 200, 300, 400, 500, 600 }, 2, true);
    WaveHeader waveHeader;
    waveHeader.channels = 2;
    waveHeader.extensible = true;
    AiffHeader aiffHeader;
    aiffHeader.channels = 2;
    aiffHeader.frames = 3;

    for (const auto& whole : { wave (waveHeader, data), aiff (aiffHeader, data) })
    {
        const size_t start = whole.data.size() - data.data.size();

        for (size_t length = start; length <= whole.data.size(); ++length)
        {
            const auto sound = decodeBytes (std::span (whole.data).first (length));
            CAPTURE (length, start, sound.error());

            if (length - start < 4)
            {
                CHECK_THAT (sound.error(), Contains ("it is cut short before its first sample"));
                continue;
            }

            REQUIRE (sound);
            CHECK (sound->lengthInFrames() == (length - start) / 4);
        }
    }
}

TEST_CASE ("A sound that is cut short says how much of it is there, in every format", "[kernel]")
{
    const Sound sound { { noise (20000, 9, 0.1), noise (20000, 10, 0.1) }, 48000 };

    for (const int format : everyFormat)
    {
        const auto whole = encodeWithSndfile (format, sound);
        const auto read = decodeBytes (whole);
        CAPTURE (format, read.error());
        REQUIRE (read);
        CHECK (read->remark == "");

        for (const double share : { 0.5, 0.9, 0.999 })
        {
            const auto cut = decodeBytes (
                std::span (whole).first (static_cast<size_t> (share * static_cast<double> (whole.size()))));
            CAPTURE (share, cut.error());

            const bool isAlac =
                (format & SF_FORMAT_SUBMASK) == SF_FORMAT_ALAC_16; // the sizes of packets are at its end

            if (isAlac && ! cut)
                continue;

            const auto frames = std::to_string (cut->lengthInFrames());
            const bool isOgg = (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG; // whose header names no length
            CHECK (cut->remark
                   == (isOgg || isAlac
                           ? "is cut short: its end is missing, and " + frames + " frames are there"
                           : "is cut short: " + frames + " of the 20000 frames that its header names are there"));
        }
    }

    const auto mp3 = toneAsMp3();
    CHECK (decodeBytes (mp3)->remark == "");
    const auto cut = decodeBytes (std::span (mp3).first (mp3.size() / 2));
    REQUIRE (cut);
    CHECK_THAT (cut->remark, Contains ("is cut short: ") && Contains (" frames that its header names are there"));
}

TEST_CASE ("An MP3 whose length is an estimate is not called cut short", "[kernel]")
{
    auto mp3 = toneAsMp3();
    mp3.erase (mp3.begin(), mp3.begin() + 0xd0); // the frame that names the length

    // Bytes behind the last frame raise the estimate.
    mp3.resize (mp3.size() + 1000);
    const auto read = decodeBytes (mp3);
    REQUIRE (read);
    CHECK (read->lengthInFrames() > 9000);
    CHECK (read->remark == "");

    // Behind a player's tag, the length is found.
    auto tagged = toneAsMp3();
    tagged.resize (tagged.size() / 2);
    const auto tag = Bytes().text ("ID3").big (0x030000, 3).big (0x0100, 4).little (0, 128).data;
    tagged.insert (tagged.begin(), tag.begin(), tag.end());
    CHECK_THAT (decodeBytes (tagged)->remark, Contains ("is cut short: "));
}

TEST_CASE ("A sound whose header names no length says so, and one with more behind it too", "[kernel]")
{
    const auto data = integers ({ 16384, -16384, 8192 }, 2);
    const auto unfinished = "is unfinished: its header names no true length, and all 3 frames up to its end are used";
    const auto remarkOf = [] (const Bytes& bytes)
    {
        const auto sound = decodeBytes (bytes.data);
        INFO (sound.error());
        REQUIRE (sound);
        CHECK (sound->channels == std::vector<std::vector<float>> { { 0.5f, -0.5f, 0.25f } });
        return sound->remark;
    };

    for (const int64_t length : { int64_t { 0 }, int64_t { 0xffffffff } })
    {
        WaveHeader header;
        header.dataLength = length;
        CHECK (remarkOf (wave (header, data)) == unfinished);
    }

    WaveHeader header;
    header.dataLength = 2 * 240000;
    CHECK (remarkOf (wave (header, data)) == "is cut short: 3 of the 240000 frames that its header names are there");

    header.dataLength = 7; // a byte too many
    CHECK (remarkOf (wave (header, data)) == "");

    // Samples behind what the header names, and a player's tag, which is no news.
    header.dataLength = 6;
    header.after = Bytes().little (0x8000, 2);

    for (int n = 0; n < 1000; ++n)
        header.after.little (1, 2);

    CHECK (remarkOf (wave (header, data))
           == "may be unfinished: its header names 3 frames, and 2002 bytes of something else follow them");
    header.after = Bytes().text ("TAG").little (0, 125);
    CHECK (remarkOf (wave (header, data)) == "");

    // AU with the length of a stream, and one of more than is there.
    const auto au = [&] (uint64_t length)
    {
        Bytes bytes;
        bytes.text (".snd").big (24, 4).big (length, 4).big (3, 4).big (48000, 4).big (1, 4);
        return bytes.append (integers ({ 16384, -16384, 8192 }, 2, true));
    };
    CHECK (remarkOf (au (0xffffffff)) == unfinished);
    CHECK (remarkOf (au (20)) == "is cut short: 3 of the 10 frames that its header names are there");
    CHECK (remarkOf (au (6)) == "");

    AiffHeader aiffHeader;
    aiffHeader.frames = 3;
    auto aiffBytes = aiff (aiffHeader, integers ({ 16384, -16384, 8192 }, 2, true));
    CHECK (remarkOf (aiffBytes) == "");

    for (const size_t position : { size_t { 4 }, size_t { 22 }, size_t { 42 } }) // of the form, in frames, of the sound
        std::fill_n (aiffBytes.data.begin() + static_cast<std::ptrdiff_t> (position), 4, std::byte { 0 });

    CHECK (remarkOf (aiffBytes) == unfinished);
}

TEST_CASE ("Damaged bytes give a sound or a sentence, in every format", "[kernel]")
{
    const Sound sound { { noise (300, 11, 0.1), noise (300, 12, 0.1) }, 48000 };
    std::mt19937 random (20240607);

    for (const int format : everyFormat)
    {
        const auto whole = encodeWithSndfile (format, sound);
        CAPTURE (format);

        for (int round = 0; round < 300; ++round)
        {
            auto damaged = whole;
            const size_t end = round % 2 == 0 ? std::min<size_t> (damaged.size(), 100) : damaged.size();

            for (auto count = 1 + random() % 4; count > 0; --count)
                damaged[random() % end] = static_cast<std::byte> (random() % 3 == 0 ? 0xff : random() & 0xff);

            CAPTURE (round);
            checkSoundOrSentence (decodeBytes (damaged, 1000000), 1000000);
        }
    }
}

TEST_CASE ("Headers that claim billions of frames or thousands of channels cost nothing", "[kernel]")
{
    AiffHeader aiffHeader;
    aiffHeader.frames = 0xffffffff;
    CHECK (decodeBytes (aiff (aiffHeader, integers ({ 1, 2, 3 }, 2, true)).data)->lengthInFrames() == 3);
    aiffHeader.channels = 65535;
    CHECK_FALSE (decodeBytes (aiff (aiffHeader, integers ({ 1, 2, 3 }, 2, true)).data));

    // AU: the length is the third field, the channels the sixth.
    const auto au = [] (uint64_t length, uint64_t channels)
    {
        Bytes bytes;
        bytes.text (".snd").big (24, 4).big (length, 4).big (3, 4).big (48000, 4).big (channels, 4);
        return bytes.append (integers ({ 16384, -16384, 8192 }, 2, true));
    };

    for (const uint64_t length : { uint64_t { 6 }, uint64_t { 0x7ffffff0 }, uint64_t { 0xffffffff } })
    {
        const auto read = decodeBytes (au (length, 1).data);
        CAPTURE (length, read.error());
        REQUIRE (read);
        CHECK (read->channels == std::vector<std::vector<float>> { { 0.5f, -0.5f, 0.25f } });
    }

    CHECK_FALSE (decodeBytes (au (6, 1000).data));
    CHECK_FALSE (decodeBytes (au (6, 0x7fffffff).data));

    // CAF and W64: lengths of 64 bits, at the positions where their writers put them.
    for (const int format : { SF_FORMAT_CAF | SF_FORMAT_PCM_16, SF_FORMAT_W64 | SF_FORMAT_PCM_16 })
    {
        auto bytes = encodeWithSndfile (format, Sound { { noise (100, 1, 0.1) }, 48000 });
        const auto* name = "data";
        const auto at = std::search (bytes.begin(), bytes.end(), name, name + 4,
                                     [] (std::byte a, char b) { return a == static_cast<std::byte> (b); });
        REQUIRE (at != bytes.end());
        const bool isCaf = (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_CAF;
        const auto length = at + (isCaf ? 4 : 16);

        for (const auto first : { std::byte { 0x00 }, std::byte { 0x7f }, std::byte { 0xff } })
        {
            std::fill_n (length, 8, std::byte { 0xff });
            *(isCaf ? length : length + 7) = first;
            CAPTURE (format, static_cast<int> (first));
            checkSoundOrSentence (decodeBytes (bytes), 100);
        }
    }
}

TEST_CASE ("An MP3 is read whatever files there are in the working directory", "[kernel]")
{
    const TemporaryFolder folder;
    const auto before = juce::File::getCurrentWorkingDirectory();
    REQUIRE ((folder / ".").setAsCurrentWorkingDirectory());
    (folder / "._").replaceWithText ("Mac OS X"); // libsndfile takes it for a resource fork
    (folder / ".AppleDouble").createDirectory();
    const auto sound = decodeBytes (toneAsMp3());
    before.setAsCurrentWorkingDirectory();
    CHECK (sound.error() == "");
    REQUIRE (sound);
    CHECK (sound->lengthInFrames() == 8820);
}

TEST_CASE ("A file that is cut before its first sample says so", "[kernel]")
{
    auto ogg =
        encodeWithSndfile (SF_FORMAT_OGG | SF_FORMAT_VORBIS, Sound { { std::vector<float> (300, 0.25f) }, 48000 });
    ogg.resize (ogg.size() - 30);
    CHECK_THAT (decodeBytes (ogg).error(), Contains ("it is cut short before its first sample"));

    auto wave =
        encodeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, Sound { { std::vector<float> (300, 0.25f) }, 48000 });
    wave.resize (44);
    CHECK_THAT (decodeBytes (wave).error(), Contains ("it is cut short before its first sample"));
}

TEST_CASE ("Tags and damage in an MP3 do not matter to its frames", "[kernel]")
{
    const auto original = toneAsMp3();
    const auto expected = decodeBytes (original)->channels;

    auto lying = original; // of a billion frames
    const auto* name = "Info";
    const auto tag = std::search (lying.begin(), lying.end(), name, name + 4,
                                  [] (std::byte a, char b) { return a == static_cast<std::byte> (b); });
    REQUIRE (tag != lying.end());
    tag[8] = std::byte { 0x40 };
    const auto ofLying = decodeBytes (lying, 100000);
    INFO (ofLying.error());
    REQUIRE (ofLying);
    CHECK (ofLying->lengthInFrames() >= expected[0].size());
    CHECK (std::equal (expected[0].begin(), expected[0].end(), ofLying->channels[0].begin()));

    std::vector<std::byte> tagged (10 + 300); // an ID3 tag with what looks like a frame in it, and one at the end
    std::memcpy (tagged.data(), "ID3\4\0\0\0\0\2\x2c", 10);
    std::copy_n (original.begin(), 200, tagged.begin() + 20);
    tagged.insert (tagged.end(), original.begin(), original.end());
    CHECK (decodeBytes (tagged)->channels == expected);
    auto twice = tagged;
    twice.insert (twice.begin(), tagged.begin(), tagged.begin() + 310);
    std::vector<std::byte> ending (128, std::byte { ' ' });
    std::memcpy (ending.data(), "TAG", 3);
    twice.insert (twice.end(), ending.begin(), ending.end());
    CHECK (decodeBytes (twice)->channels == expected);

    auto huge = std::vector<std::byte> (tagged.begin(), tagged.begin() + 400); // a tag of 256 MB
    std::memcpy (huge.data() + 6, "\x7f\x7f\x7f\x7f", 4);
    CHECK_THAT (decodeBytes (huge).error(), Contains ("'hall.wav' could not be read"));

    size_t numRead = 0;

    for (size_t length = 0; length < original.size(); length += 7)
    {
        const auto cut = decodeBytes (std::span (original).first (length));
        CAPTURE (length);
        checkSoundOrSentence (cut, 8820);
        numRead += cut ? 1u : 0u;
    }

    CHECK (numRead > 100);
}
