#include "Kernel/Reading/Headers/HeaderRepair.h"

#include "Kernel/Reading/Headers/WaveHeader.h"
#include "Kernel/Reading/SoundDecoder.h"
#include "Support/Catch.h"
#include "Support/Files/Bytes.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <limits>

using namespace faltwerk;
using Catch::Matchers::Contains;
using test::Bytes;
using test::decodeBytes;
using test::floats;
using test::integers;
using Channels = std::vector<std::vector<float>>;

namespace
{

/** The samples of each file below. */
const Channels expected { { 0.5f, -0.5f, 0.25f } };
Bytes data() { return integers ({ 16384, -16384, 8192 }, 2); }

Channels channelsOf (const Bytes& bytes)
{
    const auto sound = decodeBytes (bytes.data);
    INFO (sound.error());
    REQUIRE (sound);
    CHECK (sound->sampleRate == 48000);
    return sound->channels;
}

std::string errorOf (const Bytes& bytes) { return decodeBytes (bytes.data).error(); }

Bytes chunk (std::string_view name, const Bytes& content, bool isPadded = true)
{
    Bytes bytes;
    bytes.text (name).little (content.data.size(), 4).append (content);
    return isPadded ? bytes.little (0, content.data.size() % 2) : bytes;
}

/** The chunk of an extended RF64 or BW64 header. */
Bytes ds64 (uint64_t dataLength, uint64_t numFrames)
{
    return chunk ("ds64", Bytes().little (0, 8).little (dataLength, 8).little (numFrames, 8).little (0, 4));
}

} // namespace

TEST_CASE ("Chunks before and after format and samples are passed over", "[kernel]")
{
    const auto fact = chunk ("fact", Bytes().little (3, 4)), junk = chunk ("JUNK", Bytes().little (0, 28));
    const auto odd = chunk ("odd ", Bytes().text ("abc")), zeros = chunk ("LIST", Bytes().little (0, 3000));

    for (const auto& before : { fact, junk, odd, zeros, Bytes (junk).append (odd).append (fact) })
    {
        test::WaveHeader header;
        header.before = before;
        header.after = odd;
        CHECK (channelsOf (wave (header, data())) == expected);
    }

    // The format may be longer, and chunks may stand between it and the samples.
    const auto format =
        Bytes().little (1, 2).little (1, 2).little (48000, 4).little (96000, 4).little (2, 2).little (16, 2);
    Bytes file;
    file.text ("RIFF").little (0, 4).text ("WAVE").append (chunk ("fmt ", Bytes (format).little (0, 2)));
    CHECK (channelsOf (file.append (fact).append (zeros).append (chunk ("data", data()))) == expected);
}

TEST_CASE ("An odd chunk without its byte of padding hides nothing", "[kernel]")
{
    // The letters of the next chunk's name could be those of a name that begins one byte later: "ata" and a space.
    for (const auto* content : { "a", "abc", "abcdefg" })
    {
        for (const bool isPadded : { false, true })
        {
            CAPTURE (content, isPadded);
            const auto odd = chunk ("odd ", Bytes().text (content), isPadded);
            const auto format = chunk (
                "fmt ",
                Bytes().little (1, 2).little (1, 2).little (48000, 4).little (96000, 4).little (2, 2).little (16, 2));

            for (const bool isBetween : { false, true })
            {
                Bytes file;
                file.text ("RIFF").little (100, 4).text ("WAVE");
                file.append (isBetween ? format : odd)
                    .append (isBetween ? odd : format)
                    .append (chunk ("data", data()));
                CHECK (channelsOf (file) == expected);

                Bytes unknownNext; // found by the look of a chunk, not by its name
                unknownNext.text ("RIFF").little (100, 4).text ("WAVE").append (odd).append (
                    chunk ("abcd", Bytes().little (7, 4)));
                CHECK (channelsOf (unknownNext.append (format).append (chunk ("data", data()))) == expected);
            }
        }
    }

    // Samples of an odd length may lack it as well.
    test::WaveHeader header;
    header.bits = 24;
    header.after = chunk ("LIST", Bytes().text ("abcd"));
    auto file = wave (header, integers ({ 4194304, -4194304, 2097152 }, 3));
    CHECK (channelsOf (file) == expected);
    file.data.erase (file.data.end() - 13); // the byte of padding
    CHECK (channelsOf (file) == expected);
}

TEST_CASE ("A header that lies about its length gives the frames that are there", "[kernel]")
{
    for (const int64_t claim : { int64_t { 7 }, int64_t { 6 + 44 }, int64_t { 0x7fffffff }, int64_t { 0xffffffff } })
    {
        test::WaveHeader header;
        header.dataLength = claim;
        CHECK (channelsOf (wave (header, data())) == expected);
    }

    // A chunk behind the samples that claims too much does not matter; behind one in front nothing can be found.
    test::WaveHeader header;
    header.after.text ("smpl").little (0xfffffff0, 4).text ("abc");
    CHECK (channelsOf (wave (header, data())) == expected);
    header.before.text ("bext").little (0xfffffff0, 4).text ("abc");
    CHECK_THAT (errorOf (wave (header, data())), Contains ("does not name its format"));

    // Lengths of a stream into a pipe, with a chunk between.
    header = {};
    header.dataLength = 0xffffffff;
    header.before = chunk ("LIST", Bytes().text ("INFOISFT"));
    auto piped = wave (header, data());
    std::fill_n (piped.data.begin() + 4, 4, std::byte { 0xff });
    CHECK (channelsOf (piped) == expected);
}

TEST_CASE ("Samples behind a length of 0 are found, and a file without samples stays empty", "[kernel]")
{
    for (const uint64_t riffLength : { uint64_t { 0 }, uint64_t { 0xffffffff }, uint64_t { 4088 } })
    {
        test::WaveHeader header;
        header.dataLength = 0;
        header.before = chunk ("FLLR", Bytes().little (0, 4000)); // as a recorder leaves it that was stopped
        auto file = wave (header, data());

        for (size_t n = 0; n < 4; ++n)
            file.data[4 + n] = static_cast<std::byte> ((riffLength >> (8 * n)) & 0xff);

        CHECK (channelsOf (file) == expected);
    }

    test::WaveHeader header;
    CHECK (channelsOf (wave (header, {})) == Channels { {} });
    header.after = chunk ("LIST", Bytes().text ("INFO")).append (chunk ("odd ", Bytes().text ("abc"), false));
    CHECK (channelsOf (wave (header, {})) == Channels { {} });
}

TEST_CASE ("RF64 and BW64 name their length in a chunk of its own", "[kernel]")
{
    for (const auto* outer : { "RF64", "BW64" })
    {
        test::WaveHeader header;
        header.outer = outer;
        header.dataLength = 0xffffffff;
        header.before = ds64 (4, 2);
        header.after.text ("junk");
        CHECK (channelsOf (wave (header, data())) == Channels { { 0.5f, -0.5f } });

        header.before = ds64 (uint64_t { 1 } << 60, uint64_t { 1 } << 59);
        header.after = {};
        CHECK (channelsOf (wave (header, data())) == expected);

        header.before = {}; // which it lacks
        CHECK (channelsOf (wave (header, data())) == expected);

        header.before = chunk ("chna", Bytes().little (0, 40)); // BW64 with a length of 32 bits
        header.dataLength = 6;
        CHECK (channelsOf (wave (header, data())) == expected);
    }
}

TEST_CASE ("A WAV file beyond 4 GB is presented as RF64, with all its frames", "[kernel]")
{
    // The file exists as a function only: each sample is the lower part of its number.
    test::WaveHeader header;
    header.outer = "RF64";
    header.dataLength = 0xffffffff;
    const uint64_t numFrames = uint64_t { 3 } << 30, length = 2 * numFrames;
    header.before = ds64 (length, numFrames);
    const auto front = wave (header, {});
    const ByteSource source { front.data.size() + length, [&front] (uint64_t position, std::span<std::byte> into)
                              {
                                  for (size_t n = 0; n < into.size(); ++n)
                                  {
                                      const uint64_t at = position + n, behind = at - front.data.size();
                                      into[n] = at < front.data.size()
                                                    ? front.data[at]
                                                    : static_cast<std::byte> (behind % 2 == 0 ? behind / 2 : 0);
                                  }

                                  return into.size();
                              } };
    const auto read = WaveHeader::read (source);
    REQUIRE (read);
    CHECK (read->dataLength == length);

    const auto repaired = repairHeader (source, SoundContainer::wave);
    REQUIRE (repaired);
    CHECK (repaired->bytes.size == length + read->toBytes().size());
    std::vector<std::byte> begin (12), end (4);
    CHECK (repaired->bytes.read (0, begin) == 12);
    CHECK (std::string (reinterpret_cast<const char*> (begin.data()), 4) == "RF64");
    CHECK (repaired->bytes.read (repaired->bytes.size - 2, end) == 2); // and nothing behind the end
    CHECK (end[0] == std::byte { 0xff });
    CHECK (repaired->bytes.read (repaired->bytes.size, end) == 0);
    CHECK (repaired->bytes.read (repaired->bytes.size + 1000, end) == 0);
}

TEST_CASE ("A header with impossible claims gets a sentence", "[kernel]")
{
    const auto errorWith = [] (auto&& change)
    {
        test::WaveHeader header;
        change (header);
        return errorOf (wave (header, data()));
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
    CHECK (errorWith ([] (auto& h) { h.channels = 256; }) == "");

    test::AiffHeader header;

    for (const uint64_t rate : { uint64_t { 0 }, uint64_t { 999 }, uint64_t { 1000001 } })
    {
        header.rate = rate;
        CHECK_THAT (errorOf (aiff (header, data())), Contains ("'hall.wav' could not be read"));
    }

    header = {};
    header.channels = 257;
    CHECK_THAT (errorOf (aiff (header, data())), Contains ("257 channels"));

    // Chunk headers without end, and nothing in them.
    Bytes chunks;
    chunks.text ("RIFF").little (0, 4).text ("WAVE");

    for (int n = 0; n < 100000; ++n)
        chunks.text ("none").little (0, 4);

    CHECK_THAT (errorOf (chunks), Contains ("does not name its format"));
}

TEST_CASE ("Text is no sound", "[kernel]")
{
    const auto isSoundText = [] (std::string_view text)
    {
        juce::MemoryInputStream stream (text.data(), text.size(), false);
        return isSound (stream);
    };

    for (const auto* text :
         { "", "0", "1, 2, 3\n", "RIFF", "RIFF and WAVE are four letters", "ID3 is a tag", "fLaC is a codec",
           "OggS is a page", ".snd 0 1 2", "caff and more text", "FORM 1 2 3 4", "riff 1 2 3 4 5 6 7",
           "\xff\xfe"
           "1\0,\0" })
        CHECK_FALSE (isSoundText (text));

    CHECK (isSoundText ("RIFF\1\1\1\1WAVE"));
}

TEST_CASE ("An AIFF file whose lengths were never written is read to its end", "[kernel]")
{
    test::AiffHeader header;
    header.rate = 48000;
    header.frames = 3;
    auto bytes = aiff (header, integers ({ 16384, -16384, 8192 }, 2, true));

    for (const size_t position : { size_t { 4 }, size_t { 22 }, size_t { 42 } }) // of the form, in frames, of the sound
        std::fill_n (bytes.data.begin() + static_cast<std::ptrdiff_t> (position), 4, std::byte { 0 });

    CHECK (channelsOf (bytes) == expected);
}

TEST_CASE ("A CAF file of samples without a true length is read to its end", "[kernel]")
{
    const auto content = integers ({ 16384, -16384, 8192 }, 2, true);

    for (const uint64_t length : { uint64_t { 10 }, std::numeric_limits<uint64_t>::max(), uint64_t { 1000 } })
    {
        Bytes format; // 48 kHz as a double, big-endian integers of 16 bits, one channel
        format.big (0x40e7700000000000, 8).text ("lpcm").big (0, 4).big (2, 4).big (1, 4).big (1, 4).big (16, 4);
        Bytes file;
        file.text ("caff").big (1, 2).big (0, 2).text ("desc").big (format.data.size(), 8).append (format);
        file.text ("free").big (5, 8).text ("     ").text ("data").big (length, 8).big (0, 4).append (content);
        CHECK (channelsOf (file) == expected);
    }
}
