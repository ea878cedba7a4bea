#include "Kernel/Reading/Headers/AiffHeader.h"

#include "Kernel/Reading/Headers/Chunks.h"
#include "Kernel/Sound.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

/** Returns the bytes of a sample; 0 for a compression that is not known here. */
size_t widthOf (std::string_view compression, uint64_t bits)
{
    if (compression == "NONE" || compression == "twos" || compression == "sowt" || compression == "in24"
        || compression == "in32")
        return static_cast<size_t> ((bits + 7) / 8);

    if (compression == "fl32" || compression == "FL32")
        return 4;

    if (compression == "fl64" || compression == "FL64")
        return 8;

    return compression == "raw " || compression == "ulaw" || compression == "alaw" ? 1 : 0;
}

} // namespace

Outcome<AiffHeader> AiffHeader::read (const ByteSource& source)
{
    AiffHeader header;
    const bool isCompressed = Chunk (source, ByteOrder::big, 0).letters (0) == "AIFC";
    uint64_t bits = 0, dataLength = 0, position = 12;
    bool hasFormat = false, hasData = false;

    for (size_t n = 0; n < Chunk::mostInFile && position + 8 <= source.size && ! (hasFormat && hasData); ++n)
    {
        const Chunk chunk (source, ByteOrder::big, position);

        if (chunk.name() == "COMM" && chunk.contentRead >= 18 && ! hasFormat)
        {
            hasFormat = true;
            header.numChannels = static_cast<size_t> (chunk.number (0, 2));
            header.numFramesClaimed = chunk.number (2, 4);
            bits = chunk.number (6, 2);
            header.rateExponent = chunk.number (8, 2);
            header.rateMantissa = chunk.number (10, 8);
            header.compression = isCompressed && chunk.contentRead >= 22 ? chunk.letters (18) : "NONE";
        }
        else if (chunk.name() == "SSND" && ! hasData)
        {
            const bool isStreamed = chunk.length == 0 && ! isChunksToTheEnd (source, ByteOrder::big, chunk.start);
            const uint64_t skipped = 8 + chunk.number (0, 4);
            hasData = chunk.contentRead >= 8 || isStreamed;
            header.dataStart = std::min (chunk.start + skipped, source.size);
            const uint64_t present = source.size - header.dataStart;
            dataLength = isStreamed ? present // up to the end
                                    : std::min (std::max (chunk.length, skipped) - skipped, present);
        }

        position = chunk.next();
    }

    if (! hasFormat || ! hasData)
        return Outcome<AiffHeader>::failure (hasFormat ? "it holds no samples" : "it does not name its format");

    if (header.numChannels < 1 || header.numChannels > mostSoundChannels)
        return Outcome<AiffHeader>::failure ("its header names " + std::to_string (header.numChannels)
                                             + " channels, and 1 to " + std::to_string (mostSoundChannels)
                                             + " are possible");

    header.bytesPerSample = widthOf (header.compression, bits);

    if (header.bytesPerSample > 0)
        header.numFrames = dataLength / (header.numChannels * header.bytesPerSample);

    if (header.numFramesClaimed > 0) // fewer, if the last are padding
        header.numFrames = std::min (header.numFrames, header.numFramesClaimed);

    return header;
}

std::vector<std::byte> AiffHeader::toBytes() const
{
    const bool isCompressed = compression != "NONE";
    const uint64_t formatLength = isCompressed ? 24 : 18;
    HeaderBytes header (ByteOrder::big);
    header.append ("FORM");
    header.append (4 + 8 + formatLength + 16 + lengthInBytes(), 4);
    header.append (isCompressed ? "AIFC" : "AIFF");
    header.append ("COMM");
    header.append (formatLength, 4);
    header.append (numChannels, 2);
    header.append (numFrames, 4);
    header.append (8 * bytesPerSample, 2);
    header.append (rateExponent, 2);
    header.append (rateMantissa, 8);

    if (isCompressed)
    {
        header.append (compression);
        header.append (0, 2); // an empty description
    }

    header.append ("SSND");
    header.append (8 + lengthInBytes(), 4);
    header.append (0, 8); // no offset, no blocks
    return header.bytes;
}

} // namespace faltwerk
