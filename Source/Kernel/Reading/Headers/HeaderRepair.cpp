#include "Kernel/Reading/Headers/HeaderRepair.h"

#include "Kernel/Reading/Headers/AiffHeader.h"
#include "Kernel/Reading/Headers/Chunks.h"
#include "Kernel/Reading/Headers/WaveHeader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

/** The pages of an Ogg file. */
struct OggPages
{
    bool hasSeveralStreams = false; // of which decoders would read the first only, or mix them
    bool hasEnd = false;            // the last page says that it is the last
};

/** Returns a source of some bytes followed by a part of another source. */
ByteSource join (std::vector<std::byte> front, const ByteSource& source, uint64_t start, uint64_t length)
{
    const uint64_t frontSize = front.size();
    return { frontSize + length, [front = std::move (front), &source, start, length,
                                  frontSize] (uint64_t position, std::span<std::byte> into)
             {
                 size_t count = 0;

                 if (position < frontSize)
                 {
                     count = static_cast<size_t> (std::min<uint64_t> (into.size(), frontSize - position));
                     std::copy_n (front.begin() + static_cast<std::ptrdiff_t> (position), count, into.begin());
                 }

                 const uint64_t behind = position + count - frontSize; // in the part

                 if (count == into.size() || position + count < frontSize || behind >= length)
                     return count;

                 const auto wanted = static_cast<size_t> (std::min<uint64_t> (into.size() - count, length - behind));
                 return count + source.read (start + behind, into.subspan (count, wanted));
             } };
}

/** Returns the length of the ID3 tags at the beginning of an MP3, of which there may be several. */
uint64_t lengthOfTags (const ByteSource& source)
{
    uint64_t position = 0;

    for (std::array<std::byte, 10> head {}; source.read (position, head) == head.size();)
    {
        if (std::string_view (reinterpret_cast<const char*> (head.data()), 3) != "ID3")
            break;

        uint64_t length = 0; // seven bits in each of four bytes

        for (size_t n = 6; n < 10; ++n)
            length = (length << 7) | (std::to_integer<uint64_t> (head[n]) & 0x7f);

        const bool hasFooter = (head[5] & std::byte { 0x10 }) != std::byte {};
        position = std::min (position + length + (hasFooter ? 20 : 10), source.size);
    }

    return position;
}

/** Writes the true size into the first frame of an MP3 if that names one (the tag "Xing" or "Info" of its encoder,
    behind the side information of ISO 11172-3): libmpg123 prints a warning on standard error if it is wrong. */
void correctSize (std::span<std::byte> frame, uint64_t numBytes)
{
    constexpr size_t starts[] = { 13, 21, 36 }; // MPEG-2 mono; MPEG-2 stereo or MPEG-1 mono; MPEG-1 stereo

    for (const size_t start : starts)
    {
        for (const size_t tag : { start, start + 2 }) // with a checksum before it
        {
            if (tag + 16 > frame.size())
                return;

            const std::string_view name (reinterpret_cast<const char*> (frame.data()) + tag, 4);
            const auto flags = frame[tag + 7];

            if ((name != "Xing" && name != "Info") || (flags & std::byte { 2 }) == std::byte {})
                continue;

            const size_t place = tag + 8 + ((flags & std::byte { 1 }) != std::byte {} ? 4 : 0); // behind the frames

            for (size_t n = 0; n < 4; ++n)
                frame[place + n] = static_cast<std::byte> (numBytes >> (24 - 8 * n) & 0xff);

            return;
        }
    }
}

/** Presents an MP3 behind an empty ID3 tag, in place of its own tags: without one, libsndfile takes a file named "._"
    in the working directory for a part of it. */
RepairedSound repairMp3 (const ByteSource& source)
{
    constexpr uint8_t padding = 54; // bytes; libsndfile 1.2 wants some
    constexpr size_t tagSize = 10 + padding, looked = 64;
    const uint64_t start = lengthOfTags (source), numBytes = source.size - start;
    HeaderBytes tag (ByteOrder::big);
    tag.append ("ID3");
    tag.append (3, 1); // the version
    tag.append (padding, 6);
    auto front = std::move (tag.bytes);
    front.resize (tagSize + looked);
    const auto frame = std::span (front).subspan (tagSize);
    const size_t count = source.read (start, frame);
    correctSize (frame.first (count), numBytes);
    front.resize (tagSize + count);
    return { join (std::move (front), source, start + count, numBytes - count) };
}

/** Looks at every page of an Ogg file. */
OggPages pagesOf (const ByteSource& source)
{
    OggPages pages;
    bool hasContent = false;

    for (uint64_t position = 0; position < source.size;)
    {
        std::array<std::byte, 27 + 255> page {};
        const size_t count = source.read (position, page);
        const auto numSegments = std::to_integer<size_t> (page[26]);

        if (count < 27 + numSegments || std::string_view (reinterpret_cast<const char*> (page.data()), 4) != "OggS")
            return pages;

        const bool isFirst = (page[5] & std::byte { 2 }) != std::byte {}; // of its stream
        pages.hasSeveralStreams = pages.hasSeveralStreams || (isFirst && hasContent);
        hasContent = hasContent || ! isFirst;
        position += 27 + numSegments;

        for (size_t n = 0; n < numSegments; ++n)
            position += std::to_integer<uint64_t> (page[27 + n]);

        pages.hasEnd = (page[5] & std::byte { 4 }) != std::byte {} && position <= source.size;
    }

    return pages;
}

/** Presents an AU file with a length that the file can hold: libsndfile 1.2.0 gets lost in larger ones. */
RepairedSound repairAu (const ByteSource& source)
{
    constexpr uint64_t unknownLength = 0xffffffff;
    const Chunk head (source, ByteOrder::big, 0); // whose length is where the samples begin
    const uint64_t start = head.length, claimed = head.number (0, 4);

    if (start >= source.size || claimed <= source.size - start)
        return { join ({}, source, 0, source.size) };

    HeaderBytes front (ByteOrder::big);
    front.append (head.name());
    front.append (start, 4);
    front.append (source.size - start, 4);
    RepairedSound result { join (std::move (front.bytes), source, 12, source.size - 12) };
    result.isUnfinished = claimed == unknownLength;
    result.announced = result.isUnfinished ? 0 : claimed;
    return result;
}

/** Presents a CAF file of plain samples whose last chunk, the samples, has no length (-1, as while it is recorded) or
    one that the file cannot hold, with the length that is there. */
RepairedSound repairCaf (const ByteSource& source)
{
    constexpr uint64_t headLength = 12, formatLength = 32, numEditsLength = 4;
    std::vector<std::byte> front (8);
    RepairedSound asItIs { join ({}, source, 0, source.size) };
    uint64_t position = source.read (0, front);
    bool isPlain = false;

    for (size_t n = 0; n < Chunk::mostInFile && position + headLength <= source.size; ++n)
    {
        const Chunk head (source, ByteOrder::big, position);
        const uint64_t length = (head.length << 32) | head.number (0, 4), present = source.size - position - headLength;

        if (head.name() == "data" && length > present && isPlain)
        {
            HeaderBytes data (ByteOrder::big);
            data.append ("data");
            data.append (present, 8);
            front.insert (front.end(), data.bytes.begin(), data.bytes.end());
            RepairedSound result { join (std::move (front), source, position + headLength, present) };
            result.isUnfinished = length == std::numeric_limits<uint64_t>::max();
            result.announced = result.isUnfinished ? 0 : length - numEditsLength;
            return result;
        }

        if (head.name() == "desc" && length == formatLength && length <= present && front.size() == 8)
        {
            front.resize (8 + headLength + formatLength);
            source.read (position, std::span (front).subspan (8));
            const std::string_view codec (reinterpret_cast<const char*> (front.data()) + 28, 4);
            isPlain = codec == "lpcm" || codec == "ulaw" || codec == "alaw"; // else other chunks belong to the samples
        }

        if (length > present)
        {
            asItIs.isCut = true;
            break;
        }

        position += headLength + length;
    }

    return asItIs;
}

/** Presents a W64 file as it is, and finds out how many bytes of samples it names: its chunks have a name of 16 bytes,
    of which the first four are letters, a length of 64 bits with both, and places that are multiples of 8. */
RepairedSound inspectW64 (const ByteSource& source)
{
    constexpr uint64_t headLength = 24;
    RepairedSound result { join ({}, source, 0, source.size) };
    uint64_t position = headLength + 16; // behind the names of container and kind

    for (size_t n = 0; n < Chunk::mostInFile && position + headLength <= source.size; ++n)
    {
        const Chunk head (source, ByteOrder::little, position);
        const uint64_t length = head.number (8, 8);

        if (head.name() == "data")
        {
            result.announced = length > headLength ? length - headLength : 0;
            return result;
        }

        if (length < headLength || length > source.size - position)
            break;

        position += (length + 7) / 8 * 8;
    }

    return result;
}

} // namespace

Outcome<RepairedSound> repairHeader (const ByteSource& bytes, SoundContainer container)
{
    using Result = Outcome<RepairedSound>;

    if (container == SoundContainer::wave)
    {
        const auto header = WaveHeader::read (bytes);

        if (! header)
            return Result::failure (header.error());

        RepairedSound result { join (header->toBytes(), bytes, header->dataStart, header->dataLength) };
        result.announced = header->announced;
        result.isUnfinished = header->announced == 0 && header->dataLength > 0;
        result.leftOver = header->leftOver;
        return result;
    }

    if (container == SoundContainer::aiff)
    {
        const auto header = AiffHeader::read (bytes);

        if (! header)
            return Result::failure (header.error());

        if (header->bytesPerSample > 0)
        {
            RepairedSound result { join (header->toBytes(), bytes, header->dataStart, header->lengthInBytes()) };
            result.announced = header->numFramesClaimed * header->numChannels * header->bytesPerSample;
            result.isUnfinished = header->numFramesClaimed == 0 && header->numFrames > 0;
            return result;
        }
    }

    if (container == SoundContainer::au && bytes.size >= 12)
        return repairAu (bytes);

    if (container == SoundContainer::caf && bytes.size >= 8)
        return repairCaf (bytes);

    if (container == SoundContainer::wave64)
        return inspectW64 (bytes);

    if (container == SoundContainer::mp3)
    {
        return repairMp3 (bytes);
    }

    RepairedSound result { join ({}, bytes, 0, bytes.size) };

    if (container == SoundContainer::ogg)
    {
        const auto pages = pagesOf (bytes);
        result.isCut = ! pages.hasEnd;

        if (pages.hasSeveralStreams)
            return Result::failure ("it holds several streams, one after another");
    }

    return result;
}

} // namespace faltwerk
