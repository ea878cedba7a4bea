#include "Kernel/Reading/SoundFileReader.h"

#include "Support/Catch.h"
#include "Support/Files/Bytes.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using Channels = std::vector<std::vector<float>>;

namespace
{

Channels channelsOf (const Bytes& bytes)
{
    const auto sound = decodeBytes (bytes.data);
    INFO (sound.error());
    REQUIRE (sound);
    return sound->channels;
}

/** The RMS of what is not the sine at a level of its own (LAME takes 5 % off), relative to the sine, in dB; without the
    ends, which an MP3 blurs. */
double errorInDb (const std::vector<float>& measured)
{
    const auto sine = [] (size_t n)
    { return std::sin (2.0 * juce::MathConstants<double>::pi * 1000.0 * static_cast<double> (n) / 44100.0); };
    double product = 0.0, power = 0.0, error = 0.0;
    const size_t first = 600, end = 8000;

    for (size_t n = first; n < end; ++n)
    {
        product += static_cast<double> (measured[n]) * sine (n);
        power += sine (n) * sine (n);
    }

    const double level = product / power;
    CHECK (level == Approx (0.95 * 8000 / 32768).epsilon (0.01));

    for (size_t n = first; n < end; ++n)
        error += std::pow (static_cast<double> (measured[n]) - level * sine (n), 2.0);

    return 10.0 * std::log10 (error / (level * level * power));
}

} // namespace

TEST_CASE ("WAV files of every sample format are read exactly", "[kernel]")
{
    for (const bool extensible : { false, true })
    {
        WaveHeader header;
        header.extensible = extensible;
        CHECK (channelsOf (wave (header, integers ({ 32767, -32768, 1 }, 2)))
               == Channels { { 32767.0f / 32768, -1, 1.0f / 32768 } });

        header.bits = 8;
        CHECK (channelsOf (wave (header, integers ({ 128, 0, 255, 64 }, 1)))
               == Channels { { 0, -1, 127.0f / 128, -0.5f } });

        header.bits = 24;
        header.channels = 2;
        CHECK (channelsOf (wave (header, integers ({ 1, -8388608, 4194304, -1 }, 3)))
               == Channels { { 1.0f / 8388608, 0.5f }, { -1, -1.0f / 8388608 } });

        header.bits = 32;
        CHECK (channelsOf (wave (header, integers ({ 1 << 30, -(int64_t { 1 } << 31) }, 4)))
               == Channels { { 0.5f }, { -1 } });

        header.format = 3;
        CHECK (channelsOf (wave (header, floats ({ 0.1f, -3e38f, 1e-40f, 2 })))
               == Channels { { 0.1f, 1e-40f }, { -3e38f, 2 } });

        header.bits = 64;
        CHECK (channelsOf (wave (header, doubles ({ 0.1, -1e300, 1e-300, 2 })))
               == Channels { { 0.1f, 0 }, { -std::numeric_limits<float>::infinity(), 2 } });
    }

    // 20 bits, left-justified in three bytes; 24 bits in four.
    WaveHeader header;
    header.bits = 20;
    CHECK (channelsOf (wave (header, integers ({ 4194304 }, 3))) == Channels { { 0.5f } });
    header.bits = 24;
    header.blockSize = 4;
    CHECK (channelsOf (wave (header, integers ({ 1 << 29 }, 4))) == Channels { { 0.25f } });
    header.blockSize = 7; // which makes no sense with one channel of at most four bytes
    header.bits = 16;
    CHECK_THAT (decodeBytes (wave (header, integers ({ 1 }, 2)).data).error(), Contains ("16 bits"));
}

TEST_CASE ("AIFF files of every sample format are read exactly", "[kernel]")
{
    AiffHeader header;
    header.frames = 2;
    CHECK (channelsOf (aiff (header, integers ({ 16384, -32768 }, 2, true))) == Channels { { 0.5f, -1 } });
    CHECK (decodeBytes (aiff (header, integers ({ 16384, 1 }, 2, true)).data)->sampleRate == 44100);

    for (const auto* none : { "NONE", "twos" })
    {
        header.compression = none;
        CHECK (channelsOf (aiff (header, integers ({ 16384, -32768 }, 2, true))) == Channels { { 0.5f, -1 } });
    }

    header.compression = "sowt";
    CHECK (channelsOf (aiff (header, integers ({ 16384, -32768 }, 2))) == Channels { { 0.5f, -1 } });
    header.compression = "fl32";
    CHECK (channelsOf (aiff (header, floats ({ 0.1f, 2 }, true))) == Channels { { 0.1f, 2 } });
    header.compression = "FL64";
    CHECK (channelsOf (aiff (header, doubles ({ 0.1, 2 }, true))) == Channels { { 0.1f, 2 } });
    header.compression = "raw ";
    header.bits = 8;
    CHECK (channelsOf (aiff (header, integers ({ 0, 192 }, 1))) == Channels { { -1, 0.5f } });
    header.compression = "ima4";
    CHECK_THAT (decodeBytes (aiff (header, integers ({ 0 }, 2)).data).error(), Contains ("not read here"));

    header = {};
    header.bits = 8; // signed here
    CHECK (channelsOf (aiff (header, integers ({ 64, -128 }, 1))) == Channels { { 0.5f, -1 } });
    header.bits = 24;
    header.channels = 2;
    CHECK (channelsOf (aiff (header, integers ({ 4194304, -8388608 }, 3, true))) == Channels { { 0.5f }, { -1 } });
    header.frames = 1; // what comes after is padding
    CHECK (channelsOf (aiff (header, integers ({ 4194304, -8388608, 1, 1 }, 3, true)))
           == Channels { { 0.5f }, { -1 } });
    header.frames = 1000000; // and these are not there
    CHECK (channelsOf (aiff (header, integers ({ 4194304, -8388608 }, 3, true))) == Channels { { 0.5f }, { -1 } });
}

TEST_CASE ("Samples compressed by a logarithm are read", "[kernel]")
{
    WaveHeader header;
    header.bits = 8;
    header.format = 7;
    CHECK (channelsOf (wave (header, integers ({ 0xff, 0x80, 0x00 }, 1))) // ITU-T G.711: 0, +-32124 of 32768
           == Channels { { 0, 32124.0f / 32768, -32124.0f / 32768 } });
    header.format = 6;
    CHECK (channelsOf (wave (header, integers ({ 0xd5, 0xaa, 0x2a }, 1))) // 8, +-32256
           == Channels { { 8.0f / 32768, 32256.0f / 32768, -32256.0f / 32768 } });
}

TEST_CASE ("Every format is read with the samples that were written", "[kernel]")
{
    const Sound sound { { noise (70001, 3, 0.1), noise (70001, 4, 0.1) }, 48000 };

    const struct
    {
        int container, encoding;
        float tolerance;
        bool tellsLength = true;
    } formats[] = {
        { SF_FORMAT_WAV, SF_FORMAT_PCM_U8, 1.0f / 128 },
        { SF_FORMAT_WAV, SF_FORMAT_PCM_32, 1e-7f },
        { SF_FORMAT_WAVEX, SF_FORMAT_PCM_24, 1.0f / 8388608 },
        { SF_FORMAT_WAVEX, SF_FORMAT_FLOAT, 0 },
        { SF_FORMAT_RF64, SF_FORMAT_PCM_16, 1.0f / 32768 },
        { SF_FORMAT_RF64, SF_FORMAT_FLOAT, 0 },
        { SF_FORMAT_W64, SF_FORMAT_PCM_24, 1.0f / 8388608 },
        { SF_FORMAT_W64, SF_FORMAT_DOUBLE, 0 },
        { SF_FORMAT_CAF, SF_FORMAT_PCM_16, 1.0f / 32768 },
        { SF_FORMAT_CAF, SF_FORMAT_FLOAT, 0 },
        { SF_FORMAT_CAF, SF_FORMAT_ALAC_24, 1.0f / 8388608 },
        { SF_FORMAT_AU, SF_FORMAT_PCM_24, 1.0f / 8388608 },
        { SF_FORMAT_AU, SF_FORMAT_FLOAT, 0 },
        { SF_FORMAT_AIFF, SF_FORMAT_DOUBLE, 0 },
        { SF_FORMAT_FLAC, SF_FORMAT_PCM_S8, 1.0f / 128 },
        { SF_FORMAT_FLAC, SF_FORMAT_PCM_24, 1.0f / 8388608 },
        { SF_FORMAT_OGG, SF_FORMAT_VORBIS, 0.2f },
        { SF_FORMAT_OGG, SF_FORMAT_OPUS, 0.3f },
    };

    for (const auto& format : formats)
    {
        CAPTURE (format.container, format.encoding);
        const auto read = decodeBytes (encodeWithSndfile (format.container | format.encoding, sound));
        INFO (read.error());
        REQUIRE (read);
        CHECK (read->sampleRate == 48000);
        REQUIRE (read->channels.size() == 2);
        REQUIRE (read->lengthInFrames() == 70001);
        float largest = 0;

        for (size_t channel = 0; channel < 2; ++channel)
            for (size_t n = 0; n < 70001; ++n)
                largest = std::max (largest, std::abs (read->channels[channel][n] - sound.channels[channel][n]));

        CHECK (largest <= format.tolerance);
    }
}

TEST_CASE ("Samples beyond full scale are kept where a format can hold them", "[kernel]")
{
    const Sound loud { { { 2.5f, -100.0f, 1e30f, -0.0f, 1e-40f } }, 48000 };

    for (const int container :
         { SF_FORMAT_WAV, SF_FORMAT_AIFF, SF_FORMAT_CAF, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_AU })
        for (const int encoding : { SF_FORMAT_FLOAT, SF_FORMAT_DOUBLE })
        {
            CAPTURE (container, encoding);
            const auto read = decodeBytes (encodeWithSndfile (container | encoding, loud));
            REQUIRE (read);
            CHECK (read->channels == loud.channels);
            CHECK (std::signbit (read->channels[0][3]));
        }
}

TEST_CASE ("An MP3 is read without what its encoder put around the sound", "[kernel]")
{
    const auto sound = decodeBytes (toneAsMp3());
    INFO (sound.error());
    REQUIRE (sound);
    CHECK (sound->sampleRate == 44100);
    REQUIRE (sound->channels.size() == 1);
    REQUIRE (sound->lengthInFrames() == 8820);

    // At 64 kbit/s a sine comes back at -60 dB; one sample of delay alone would be -17 dB.
    CHECK (errorInDb (sound->channels[0]) < -55.0);
    CHECK (decodeBytes (toneAsMp3(), 8820));
    CHECK_THAT (decodeBytes (toneAsMp3(), 8819).error(), Contains ("lasts 0.2 s"));
}
