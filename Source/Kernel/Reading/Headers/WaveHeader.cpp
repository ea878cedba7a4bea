#include "Kernel/Reading/Headers/WaveHeader.h"

#include "Kernel/Reading/Headers/Chunks.h"
#include "Kernel/Sound.h"

#include <algorithm>
#include <limits>
#include <string>

namespace faltwerk
{

namespace
{

constexpr uint64_t unknownLength = 0xffffffff;

/** Returns what is wrong with a header; empty if nothing is. */
std::string complaintAbout (const WaveHeader& header, uint64_t bits)
{
    if (header.format != 1 && header.format != 3 && header.format != 6 && header.format != 7)
        return "its samples are compressed (format " + std::to_string (header.format) + "), which is not read here";

    if (header.numChannels < 1 || header.numChannels > mostSoundChannels)
        return "its header names " + std::to_string (header.numChannels) + " channels, and 1 to "
               + std::to_string (mostSoundChannels) + " are possible";

    const auto rate = static_cast<double> (header.sampleRate);

    if (! (rate >= lowestSampleRate && rate <= highestSampleRate))
        return "its header names a sample rate of " + std::to_string (header.sampleRate)
               + " Hz, and 1 kHz to 1 MHz are possible";

    const size_t width = header.bytesPerSample;
    const bool possible = header.format == 1   ? width >= 1 && width <= 4
                          : header.format == 3 ? width == 4 || width == 8
                                               : width == 1;

    return possible ? std::string() : "its samples of " + std::to_string (bits) + " bits are not read here";
}

/** Takes the fields of a format chunk; returns the bits of a sample. */
uint64_t readFormat (const Chunk& chunk, WaveHeader& header)
{
    const uint64_t bits = chunk.number (14, 2);
    header.format = chunk.number (0, 2);
    header.numChannels = static_cast<size_t> (chunk.number (2, 2));
    header.sampleRate = chunk.number (4, 4);

    // A sample may be wider than its bits: the block's size decides if it makes sense.
    const uint64_t block = chunk.number (12, 2), least = (bits + 7) / 8;
    const uint64_t width = header.numChannels > 0 ? block / header.numChannels : 0;
    const bool sensible = width >= least && width <= 8 && width * header.numChannels == block;
    header.bytesPerSample = static_cast<size_t> (sensible ? width : least);

    if (header.format == 0xfffe && chunk.contentRead >= 26) // extensible: the format begins its GUID
        header.format = chunk.number (24, 2);

    return bits;
}

} // namespace

Outcome<WaveHeader> WaveHeader::read (const ByteSource& source)
{
    WaveHeader header;
    const Chunk riff (source, ByteOrder::little, 0);
    const bool is64 = riff.name() != "RIFF";
    uint64_t longDataLength = 0, bits = 0;
    bool hasFormat = false, hasData = false;
    uint64_t position = 12;

    for (size_t n = 0; n < Chunk::mostInFile && position + 8 <= source.size && ! (hasFormat && hasData); ++n)
    {
        const Chunk chunk (source, ByteOrder::little, position);
        uint64_t length = chunk.length;

        if (chunk.name() == "ds64" && is64 && chunk.contentRead >= 16)
        {
            longDataLength = chunk.number (8, 8);
        }
        else if (chunk.name() == "fmt " && chunk.contentRead >= 16 && ! hasFormat)
        {
            hasFormat = true;
            bits = readFormat (chunk, header);
        }
        else if (chunk.name() == "data" && ! hasData)
        {
            const bool hasLongLength = is64 && length == unknownLength && longDataLength > 0;
            const uint64_t present = source.size - chunk.start;

            // A pipe or a recorder that stopped leaves a length of 0 behind; so does a file without sound.
            const bool wasNeverWritten = hasLongLength ? false
                                         : length > 0
                                             ? length == unknownLength
                                             : riff.length == 0 || riff.length == unknownLength
                                                   || ! isChunksToTheEnd (source, ByteOrder::little, chunk.start);

            header.announced = hasLongLength ? longDataLength : wasNeverWritten ? 0 : length;
            length = wasNeverWritten ? present : std::min (header.announced, present);
            hasData = true;
            header.dataStart = chunk.start;
            header.dataLength = length;
        }

        position = chunk.nextAfter (length);
    }

    if (position < source.size && ! Chunk (source, ByteOrder::little, position).hasName())
        header.leftOver = source.size - position;

    if (! hasFormat || ! hasData)
        return Outcome<WaveHeader>::failure (hasFormat ? "it holds no samples" : "it does not name its format");

    if (auto complaint = complaintAbout (header, bits); ! complaint.empty())
        return Outcome<WaveHeader>::failure (std::move (complaint));

    header.dataLength -= header.dataLength % (header.numChannels * header.bytesPerSample);
    return header;
}

std::vector<std::byte> WaveHeader::toBytes() const
{
    const bool is64 = dataLength >= unknownLength - 256;
    const uint64_t block = numChannels * bytesPerSample, formatLength = format == 1 ? 16 : 18;
    const uint64_t length = 4 + (is64 ? 36 : 0) + 8 + formatLength + 8 + dataLength;
    HeaderBytes header (ByteOrder::little);
    header.append (is64 ? "RF64" : "RIFF");
    header.append (is64 ? unknownLength : length, 4);
    header.append ("WAVE");

    if (is64)
    {
        header.append ("ds64");
        header.append (28, 4);
        header.append (length, 8);
        header.append (dataLength, 8);
        header.append (dataLength / block, 8);
        header.append (0, 4);
    }

    header.append ("fmt ");
    header.append (formatLength, 4);
    header.append (format, 2);
    header.append (numChannels, 2);
    header.append (sampleRate, 4);
    header.append (sampleRate * block, 4);
    header.append (block, 2);
    header.append (8 * bytesPerSample, 2);

    if (formatLength > 16)
        header.append (0, 2);

    header.append ("data");
    header.append (is64 ? unknownLength : dataLength, 4);
    return header.bytes;
}

} // namespace faltwerk
