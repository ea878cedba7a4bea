#include "Kernel/Writing/SoundEncoder.h"

#include "Kernel/Reading/SoundFileReader.h"
#include "Kernel/Writing/Quantiser.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

using namespace faltwerk;

namespace
{

/** A stream into memory that is full after some bytes. */
class SmallDisk : public juce::MemoryOutputStream
{
public:
    explicit SmallDisk (size_t bytesOnDisk)
        : capacity (bytesOnDisk)
    {
    }

    bool write (const void* source, size_t numBytes) override
    {
        return static_cast<size_t> (getPosition()) + numBytes <= capacity
               && juce::MemoryOutputStream::write (source, numBytes);
    }

private:
    const size_t capacity;
};

bool writeAll (juce::OutputStream& stream, OutputFormat output, SampleFormat format, const Sound& sound)
{
    const auto encoder = SoundEncoder::make (stream, output, format,
                                             { sound.channels.size(), sound.lengthInFrames(), sound.sampleRate, true });
    bool isWritten = true;

    for (size_t first = 0; first < sound.lengthInFrames(); first += 1000)
        isWritten = encoder->write (sound.channels, first, std::min<size_t> (1000, sound.lengthInFrames() - first))
                    && isWritten;

    return encoder->finish() && isWritten;
}

} // namespace

TEST_CASE ("A sound gives the same bytes each time, without the time of day", "[kernel]")
{
    const Sound sound { { test::noise (2500, 1, 0.1), test::noise (2500, 2, 0.1) }, 48000 };

    for (const auto& [container, format] : { std::pair { OutputFormat::wave, SampleFormat::float32 },
                                             { OutputFormat::wave, SampleFormat::int24 },
                                             { OutputFormat::aiff, SampleFormat::float32 },
                                             { OutputFormat::caf, SampleFormat::float32 },
                                             { OutputFormat::wave64, SampleFormat::int16 },
                                             { OutputFormat::flac, SampleFormat::int16 } })
    {
        juce::MemoryOutputStream first, second;
        REQUIRE (writeAll (first, container, format, sound));
        REQUIRE (writeAll (second, container, format, sound));
        CHECK (first.getMemoryBlock() == second.getMemoryBlock());

        const auto* bytes = static_cast<const char*> (first.getData());
        const std::string_view peak = "PEAK", all (bytes, first.getDataSize());
        CHECK (all.find (peak) == std::string_view::npos);
    }
}

TEST_CASE ("A stream that takes no more is noticed, wherever it ends", "[kernel]")
{
    const Sound sound { { test::noise (2500, 1, 0.1) }, 48000 };

    for (const auto& [container, format] : { std::pair { OutputFormat::wave, SampleFormat::float32 },
                                             { OutputFormat::aiff, SampleFormat::int24 },
                                             { OutputFormat::caf, SampleFormat::float32 },
                                             { OutputFormat::wave64, SampleFormat::float32 },
                                             { OutputFormat::oggVorbis, SampleFormat::float32 },
                                             { OutputFormat::flac, SampleFormat::int24 } })
    {
        juce::MemoryOutputStream whole;
        REQUIRE (writeAll (whole, container, format, sound));
        const size_t size = whole.getDataSize();

        for (const size_t capacity : { size_t { 0 }, size_t { 10 }, size_t { 60 }, size / 2, size - 1 })
        {
            CAPTURE (capacity, size);
            SmallDisk disk (capacity);
            CHECK_FALSE (writeAll (disk, container, format, sound));
        }

        SmallDisk disk (size);
        CHECK (writeAll (disk, container, format, sound));
    }
}

TEST_CASE ("Integers are rounded to nearest and clipped, never wrapped", "[kernel]")
{
    const float step = 1.0f / 32768, nan = std::numeric_limits<float>::quiet_NaN();
    const Sound sound { { { 0.49f * step, 0.51f * step, -0.49f * step, -0.51f * step, 1, 1e30f, -1, -1e30f,
                            32767.4f * step, 32767.6f * step, nan } },
                        48000 };
    const std::vector<float> expected { 0, step, 0, -step, 1 - step, 1 - step, -1, -1, 1 - step, 1 - step, 0 };

    for (const auto container :
         { OutputFormat::wave, OutputFormat::aiff, OutputFormat::caf, OutputFormat::wave64, OutputFormat::flac })
    {
        juce::MemoryOutputStream stream;
        REQUIRE (writeAll (stream, container, SampleFormat::int16, sound));
        const auto* bytes = static_cast<const std::byte*> (stream.getData());
        const auto read = test::decodeBytes ({ bytes, stream.getDataSize() });
        REQUIRE (read);
        CHECK (read->channels[0] == expected);
    }
}

namespace
{

/** A stream into memory that cannot seek. */
class Pipe : public juce::MemoryOutputStream
{
public:
    bool setPosition (juce::int64) override { return false; }
};

std::string textOf (const juce::MemoryOutputStream& stream)
{
    return { static_cast<const char*> (stream.getData()), stream.getDataSize() };
}

/** Bytes of small numbers as text. */
std::string bytesOf (std::initializer_list<int> numbers)
{
    std::string text;

    for (const int number : numbers)
        text += static_cast<char> (number);

    return text;
}

} // namespace

TEST_CASE ("A WAV file of floating-point samples has the long format chunk and a fact chunk", "[kernel]")
{
    const std::vector<std::vector<float>> channels { { 0.5f, 1 }, { -1, 0 } };
    juce::MemoryOutputStream floats, integers;
    REQUIRE (writeAll (floats, OutputFormat::wave, SampleFormat::float32, { channels, 48000 }));
    const std::string format = bytesOf ({ 3, 0, 2, 0, 0x80, 0xbb, 0, 0, 0, 0xdc, 5, 0, 8, 0, 32, 0, 0, 0 });
    const std::string samples =
        bytesOf ({ 0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf, 0, 0, 0x80, 0x3f, 0, 0, 0, 0 }); // 0.5, -1, 1, 0
    CHECK (textOf (floats)
           == "RIFF" + bytesOf ({ 66, 0, 0, 0 }) + "WAVEfmt " + bytesOf ({ 18, 0, 0, 0 }) + format + "fact"
                  + bytesOf ({ 4, 0, 0, 0, 2, 0, 0, 0 }) + "data" + bytesOf ({ 16, 0, 0, 0 }) + samples);

    // An odd number of bytes is padded.
    REQUIRE (writeAll (integers, OutputFormat::wave, SampleFormat::int24, { { { 1.0f / 8388608 } }, 1000 }));
    CHECK (textOf (integers)
           == "RIFF" + bytesOf ({ 40, 0, 0, 0 }) + "WAVEfmt "
                  + bytesOf ({ 16, 0, 0, 0, 1, 0, 1, 0, 0xe8, 3, 0, 0, 0xb8, 0xb, 0, 0, 3, 0, 24, 0 }) + "data"
                  + bytesOf ({ 3, 0, 0, 0, 1, 0, 0, 0 }));
}

TEST_CASE ("A WAV file of fewer frames than were announced says what it holds", "[kernel]")
{
    const std::vector<std::vector<float>> channels { { 0.5f, 1 } };
    const auto write = [&channels] (juce::MemoryOutputStream& stream, size_t numAnnounced, bool isCertain)
    {
        const auto encoder =
            SoundEncoder::make (stream, OutputFormat::wave, SampleFormat::int16, { 1, numAnnounced, 48000, isCertain });
        REQUIRE (encoder->write (channels, 0, 2));
        REQUIRE (encoder->finish());
        const auto* bytes = static_cast<const std::byte*> (stream.getData());
        CHECK (test::decodeBytes ({ bytes, stream.getDataSize() })->channels[0].size() == 2);
        return textOf (stream);
    };
    juce::MemoryOutputStream seeking, certain;
    Pipe pipe, known;
    CHECK (write (seeking, 7, false) == write (certain, 2, true));
    CHECK (write (known, 2, true) == textOf (certain));
    const auto endless = write (pipe, 7, false);
    CHECK (endless.substr (4, 4) == bytesOf ({ 255, 255, 255, 255 }));
    CHECK (endless.substr (40, 4) == bytesOf ({ 255, 255, 255, 255 }));
}

TEST_CASE ("A WAV file above 4 GB is RF64", "[kernel]")
{
    // The header tells; the samples are not written here.
    for (const auto format : { SampleFormat::float32, SampleFormat::int16 })
    {
        const uint64_t frameSize = format == SampleFormat::float32 ? 8 : 4,
                       head = format == SampleFormat::float32 ? 58 : 44;
        const uint64_t mostFrames = (0xffffffffu - 1 - (head - 8)) / frameSize;

        for (const uint64_t numFrames : { uint64_t { 1000 }, mostFrames, mostFrames + 1, uint64_t { 3'000'000'000 } })
        {
            CAPTURE (numFrames);
            juce::MemoryOutputStream stream;
            const auto encoder = SoundEncoder::make (stream, OutputFormat::wave, format,
                                                     { 2, static_cast<size_t> (numFrames), 48000, true });
            const auto header = textOf (stream);
            const bool isLarge = numFrames > mostFrames;
            CHECK (header.substr (0, 4) == (isLarge ? "RF64" : "RIFF"));
            CHECK (header.size() == head + (isLarge ? 36 : 0));

            const ByteSource file { header.size() + numFrames * frameSize,
                                    [&header] (uint64_t position, std::span<std::byte> into)
                                    {
                                        for (size_t n = 0; n < into.size(); ++n)
                                            into[n] = position + n < header.size()
                                                          ? static_cast<std::byte> (header[position + n])
                                                          : std::byte {};

                                        return into.size();
                                    } };
            const auto reader = SoundFileReader::open (file);
            REQUIRE (reader);
            CHECK (reader->header().numFrames == numFrames);
            CHECK (reader->header().framesWereSeen);

            if (isLarge)
            {
                const auto number = [&header] (size_t place)
                {
                    uint64_t value = 0;

                    for (size_t n = 8; n-- > 0;)
                        value = value * 256 + static_cast<unsigned char> (header[place + n]);

                    return value;
                };
                CHECK (header.substr (12, 4) == "ds64");
                CHECK (number (20) == file.size - 8);
                CHECK (number (28) == numFrames * frameSize);
                CHECK (number (36) == numFrames);
            }
        }
    }
}

TEST_CASE ("Dither makes the error of 16 bits independent of the sound", "[kernel]")
{
    const double step = 1.0 / 32768;
    constexpr int count = 20000;

    // At any place between two integers, the error has no mean, and the variance of noise and rounding: 1/4 step^2.
    for (const double offset : { 0.1, 0.25, 0.5, 0.9 })
    {
        Quantiser dithered (SampleFormat::dithered16);
        double sum = 0.0, sumOfSquares = 0.0;

        for (int n = 0; n < count; ++n)
        {
            const double error = dithered (static_cast<float> ((100.0 + offset) * step)) - (100.0 + offset);
            sum += error;
            sumOfSquares += error * error;
        }

        CAPTURE (offset);
        CHECK (sum / count == Approx (0.0).margin (4.0 * 0.5 / std::sqrt (count)));
        CHECK (sumOfSquares / count == Approx (0.25).epsilon (0.05));
    }

    // What is an integer already stays one.
    Quantiser dithered (SampleFormat::dithered16);

    for (int n = -32768; n < 32768; ++n)
        REQUIRE (dithered (static_cast<float> (n * step)) == n);

    // Near full scale, noise clips and does not wrap.
    for (int n = 0; n < 1000; ++n)
        REQUIRE (dithered (static_cast<float> (32766.9 * step)) >= 32765);
}
