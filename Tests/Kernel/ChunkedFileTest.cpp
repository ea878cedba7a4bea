#include "Kernel/ChunkedFile.h"

#include "Support/Bytes.h"
#include "Support/Catch.h"

#include <algorithm>
#include <limits>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using Channels = std::vector<std::vector<float>>;

namespace
{

ByteSource sourceOf (const std::vector<std::byte>& bytes)
{
    return { bytes.size(), [&bytes] (uint64_t position, std::span<std::byte> into)
             {
                 const size_t first = std::min<size_t> (position, bytes.size());
                 const size_t count = std::min (into.size(), bytes.size() - first);
                 std::copy_n (bytes.begin() + static_cast<std::ptrdiff_t> (first), count, into.begin());
                 return count;
             } };
}

Outcome<Sound> read (const Bytes& bytes)
{
    const auto source = sourceOf (bytes.data);
    const auto file = ChunkedFile::open (source);

    if (! file)
        return Outcome<Sound>::failure (file.error());

    Sound sound { Channels (file->numChannels), file->sampleRate };
    const auto problem =
        file->decode (source,
                      [&sound] (std::span<const std::vector<float>> frames)
                      {
                          for (size_t n = 0; n < frames.size(); ++n)
                              sound.channels[n].insert (sound.channels[n].end(), frames[n].begin(), frames[n].end());

                          return true;
                      });
    return problem.empty() ? Outcome<Sound> (std::move (sound)) : Outcome<Sound>::failure (problem);
}

Channels channelsOf (const Bytes& bytes)
{
    const auto sound = read (bytes);
    INFO (sound.error());
    REQUIRE (sound);
    return sound->channels;
}

/** Integers as two's complement of a width, in either order. */
Bytes integers (std::initializer_list<int64_t> numbers, size_t width, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (static_cast<uint64_t> (number), width)
                  : bytes.little (static_cast<uint64_t> (number), width);

    return bytes;
}

Bytes doubles (std::initializer_list<double> numbers, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (std::bit_cast<uint64_t> (number), 8)
                  : bytes.little (std::bit_cast<uint64_t> (number), 8);

    return bytes;
}

Bytes floats (std::initializer_list<float> numbers, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (std::bit_cast<uint32_t> (number), 4)
                  : bytes.little (std::bit_cast<uint32_t> (number), 4);

    return bytes;
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
               == Channels { { 0.1f, 0 }, { std::numeric_limits<float>::infinity(), 2 } });
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
    CHECK_THAT (read (wave (header, integers ({ 1 }, 2))).error(), Contains ("16 bits"));
}

TEST_CASE ("AIFF files of every sample format are read exactly", "[kernel]")
{
    AiffHeader header;
    header.frames = 2;
    CHECK (channelsOf (aiff (header, integers ({ 16384, -32768 }, 2, true))) == Channels { { 0.5f, -1 } });
    CHECK (read (aiff (header, integers ({ 16384, 1 }, 2, true)))->sampleRate == 44100);

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
    CHECK (channelsOf (aiff (header, integers ({ 0, 192 }, 1))) == Channels { { -1, 0.5f } });
    header.compression = "ima4";
    CHECK_THAT (read (aiff (header, integers ({ 0 }, 2))).error(), Contains ("compressed"));

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

TEST_CASE ("A header that lies about its length gives the frames that are there", "[kernel]")
{
    const auto data = integers ({ 16384, -16384, 8192 }, 2);
    const Channels expected { { 0.5f, -0.5f, 0.25f } };

    for (const int64_t claim : { int64_t { 7 }, int64_t { 0x7fffffff }, int64_t { 0xffffffff } })
    {
        WaveHeader header;
        header.dataLength = claim;
        CHECK (channelsOf (wave (header, data)) == expected);
    }

    // Other chunks are passed over, whatever they claim to be.
    WaveHeader header;
    header.before.text ("bext").little (6, 4).text ("abcdef").text ("odd ").little (3, 4).text ("abc").little (0, 1);
    header.after.text ("smpl").little (0xfffffff0, 4).text ("abc");
    CHECK (channelsOf (wave (header, data)) == expected);
    header.before.text ("bext").little (0xfffffff0, 4).text ("abc"); // nothing can be found behind this one
    CHECK_THAT (read (wave (header, data)).error(), Contains ("does not name its format"));

    // RF64: the length stands in a chunk of its own.
    header = {};
    header.outer = "RF64";
    header.dataLength = 0xffffffff;
    header.before.text ("ds64").little (28, 4).little (0, 8).little (4, 8).little (2, 8).little (0, 4);
    header.after.text ("junk");
    CHECK (channelsOf (wave (header, data)) == Channels { { 0.5f, -0.5f } });

    // Written to a pipe: neither length is known.
    header = {};
    header.dataLength = 0;
    auto piped = wave (header, data);
    CHECK (channelsOf (piped) == Channels { {} });
    std::fill_n (piped.data.begin() + 4, 4, std::byte { 0xff });
    CHECK (channelsOf (piped) == expected);
}

TEST_CASE ("A header with impossible claims gets a sentence", "[kernel]")
{
    const auto data = integers ({ 1, 2, 3, 4 }, 2);
    const auto errorWith = [&data] (auto&& change)
    {
        WaveHeader header;
        change (header);
        return read (wave (header, data)).error();
    };

    CHECK_THAT (errorWith ([] (auto& h) { h.rate = 0; }), Contains ("sample rate of 0 Hz"));
    CHECK_THAT (errorWith ([] (auto& h) { h.rate = 999; }), Contains ("999 Hz"));
    CHECK_THAT (errorWith ([] (auto& h) { h.rate = 1000001; }), Contains ("1 kHz to 1 MHz"));
    CHECK_THAT (errorWith ([] (auto& h) { h.channels = 0; }), Contains ("0 channels"));
    CHECK_THAT (errorWith ([] (auto& h) { h.channels = 257; }), Contains ("257 channels"));
    CHECK_THAT (errorWith ([] (auto& h) { h.bits = 0; }), Contains ("0 bits"));
    CHECK_THAT (errorWith ([] (auto& h) { h.bits = 64; }), Contains ("64 bits"));  // of integers
    CHECK_THAT (errorWith ([] (auto& h) { h.format = 3; }), Contains ("16 bits")); // of a float
    CHECK_THAT (errorWith ([] (auto& h) { h.format = 0x55; }), Contains ("compressed (format 85)"));
    CHECK (errorWith ([] (auto& h) { h.rate = 1000; }) == "");
    CHECK (errorWith ([] (auto& h) { h.rate = 1000000; }) == "");

    AiffHeader header;
    header.rate = 0;
    CHECK_THAT (read (aiff (header, data)).error(), Contains ("0 Hz"));

    // As many chunk headers as one likes, and nothing in them.
    Bytes chunks;
    chunks.text ("RIFF").little (0, 4).text ("WAVE");

    for (int n = 0; n < 100000; ++n)
        chunks.text ("none").little (0, 4);

    CHECK_THAT (read (chunks).error(), Contains ("does not name its format"));
}

TEST_CASE ("A file cut off anywhere gives its whole frames or a sentence", "[kernel]")
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

        for (size_t length = 0; length <= whole.data.size(); ++length)
        {
            Bytes cut;
            cut.data.assign (whole.data.begin(), whole.data.begin() + static_cast<std::ptrdiff_t> (length));
            const auto sound = read (cut);
            CAPTURE (length);
            REQUIRE (bool (sound) == (length >= start));

            if (sound)
                CHECK (sound->lengthInFrames() == (length - start) / 4);
        }
    }
}
