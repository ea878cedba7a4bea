#include "Kernel/SoundFileWriter.h"

#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <limits>
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
    SoundFileWriter writer (stream, output, format, sound.channels.size(), sound.sampleRate);
    bool isWritten = true;

    for (size_t first = 0; first < sound.lengthInFrames(); first += 1000)
        isWritten =
            writer.write (sound.channels, first, std::min<size_t> (1000, sound.lengthInFrames() - first)) && isWritten;

    return writer.finish() && isWritten;
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
