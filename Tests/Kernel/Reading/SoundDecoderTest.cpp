#include "Kernel/Reading/SoundDecoder.h"

#include "Support/Catch.h"
#include "Support/Files/Bytes.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <limits>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

constexpr int flac16 = SF_FORMAT_FLAC | SF_FORMAT_PCM_16, oggVorbis = SF_FORMAT_OGG | SF_FORMAT_VORBIS,
              wav16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

/** Sound, a long silence that is no end of it, and sound again. */
Sound soundWithGap()
{
    Sound sound { { noise (200000, 7, 0.1) }, 48000 };
    std::fill (sound.channels[0].begin() + 1000, sound.channels[0].begin() + 190000, 0.0f);
    return sound;
}

} // namespace

TEST_CASE ("A silence within a sound or at its end stays", "[kernel]")
{
    auto sound = soundWithGap();

    for (const bool endsInSilence : { false, true })
    {
        if (endsInSilence)
            sound.channels[0].resize (199999 - 12000), sound.channels[0].back() = 0.0f;

        const auto flac = encodeWithSndfile (flac16, sound);
        const auto read = decodeBytes (flac);
        REQUIRE (read);
        REQUIRE (read->lengthInFrames() == sound.lengthInFrames());
        CHECK (std::abs (read->channels[0][999] - sound.channels[0][999]) <= 1.0f / 32768);

        const auto vorbis = encodeWithSndfile (oggVorbis, sound);
        REQUIRE (decodeBytes (vorbis));
        CHECK (decodeBytes (vorbis)->lengthInFrames() == sound.lengthInFrames());
    }
}

TEST_CASE ("A FLAC header's length is believed as far as there are frames", "[kernel]")
{
    const Sound sound { { noise (10000, 8, 0.1) }, 48000 };
    auto flac = encodeWithSndfile (flac16, sound);

    // The number of frames: 36 bits, from the lower half of byte 21 on.
    for (const auto claim : { uint8_t { 0 }, uint8_t { 1 }, uint8_t { 0x7f } })
    {
        flac[22] = static_cast<std::byte> (claim);
        flac[23] = std::byte { 0xff };
        const auto read = decodeBytes (flac);
        REQUIRE (read);
        CHECK (read->lengthInFrames() == 10000);
    }

    CHECK (decodeBytes (flac, 20000)); // the claim is not credible, so that the frames are counted
    CHECK_THAT (decodeBytes (flac, 5000).error(), Contains ("at its sample rate at most 0.1 s"));

    // Cut off: what was decoded is there, and no more.
    flac.resize (flac.size() / 2);
    const auto read = decodeBytes (flac);
    REQUIRE (read);
    CHECK (read->lengthInFrames() > 3000);
    CHECK (read->lengthInFrames() < 7000);
    CHECK (std::abs (read->channels[0][2999] - sound.channels[0][2999]) <= 1.0f / 32768);
}

TEST_CASE ("A sound comes in pieces as it comes as a whole, and no further than it is wanted", "[kernel]")
{
    const Sound sound { { noise (150000, 5, 0.1), noise (150000, 6, 0.1) }, 48000 };
    const auto flac = encodeWithSndfile (flac16, sound), vorbis = encodeWithSndfile (oggVorbis, sound),
               wav = encodeWithSndfile (wav16, sound);

    for (const auto* bytes : { &flac, &vorbis, &wav })
    {
        const auto whole = decodeBytes (*bytes);
        REQUIRE (whole);
        juce::MemoryInputStream stream (bytes->data(), bytes->size(), false);
        const auto header = headerOf (stream, "hall.wav", 200000);
        REQUIRE (header);
        CHECK (header->numChannels == 2);
        CHECK (header->numFrames == 150000);
        CHECK (header->sampleRate == 48000.0);
        CHECK (header->framesWereSeen == (bytes == &wav));
        CHECK_THAT (headerOf (stream, "hall.wav", 1000).error(), Contains ("'hall.wav' lasts 3.1 s"));

        for (const size_t wanted : { size_t { 1 }, size_t { 70000 }, size_t { 1000000 } })
        {
            size_t numFrames = 0;
            const auto problem = decodeInPieces (
                stream, "hall.wav", 200000,
                [&] (const SoundHeader& each, std::span<const std::vector<float>> frames)
                {
                    CHECK (each.numFrames == 150000);
                    REQUIRE (frames.size() == 2);
                    CHECK (frames[0].size() <= 65536);

                    for (size_t channel = 0; channel < 2; ++channel)
                        CHECK (std::equal (frames[channel].begin(), frames[channel].end(),
                                           whole->channels[channel].begin() + static_cast<std::ptrdiff_t> (numFrames)));

                    CHECK (numFrames < wanted); // or it would have ended
                    numFrames += frames[0].size();
                    return numFrames < wanted;
                });
            CHECK (problem == "");
            CHECK (numFrames >= std::min<size_t> (wanted, 150000));
            CHECK (numFrames <= std::min<size_t> (wanted + 65536, 150000));
        }
    }
}

TEST_CASE ("Several Vorbis streams in one file are refused", "[kernel]")
{
    auto first = encodeWithSndfile (oggVorbis, Sound { { noise (300, 1), noise (300, 2) }, 48000 });
    const auto second = encodeWithSndfile (oggVorbis, Sound { { noise (300, 3) }, 48000 });
    REQUIRE (decodeBytes (first));
    first.insert (first.end(), second.begin(), second.end());
    CHECK_THAT (decodeBytes (first).error(), Contains ("several streams"));
}

TEST_CASE ("The first bytes decide what a file is", "[kernel]")
{
    const TemporaryFolder folder;
    const Sound sound { { { 0.5f, -0.25f } }, 48000 };

    for (const char* name : { "wav.flac", "wav.OGG", "wav.csv", "wav.txt", "wav.xyz", "wav" })
    {
        writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_FLOAT, folder / name, sound);
        const auto read = readSound (folder.path (name));
        REQUIRE (read);
        CHECK (read->channels == sound.channels);
    }

    writeWithSndfile (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, folder / "flac.wav", sound);
    CHECK (readSound (folder.path ("flac.wav"))->channels == sound.channels);
}
