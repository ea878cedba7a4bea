#include "Kernel/Mp3Frames.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>

namespace faltwerk
{

namespace
{

using Bytes = std::span<const std::byte>;

struct Header
{
    uint32_t kind = 0;   // version, layer and rate: the same in every frame
    size_t numBytes = 0; // of the frame
    bool isMono = false, usesIntensity = false;
    size_t samples = 0;         // per channel
    size_t sideInformation = 0; // bytes between the header and what follows, its checksum included
};

uint32_t bigEndian (Bytes bytes)
{
    uint32_t number = 0;

    for (const auto byte : bytes)
        number = (number << 8) | std::to_integer<uint32_t> (byte);

    return number;
}

/** The header at a position, if there is one and its frame is whole. */
std::optional<Header> headerAt (Bytes file, size_t position)
{
    if (position + 4 > file.size())
        return {};

    const uint32_t word = bigEndian (file.subspan (position, 4));
    const uint32_t version = (word >> 19) & 3, layer = (word >> 17) & 3, bitrate = (word >> 12) & 15,
                   rate = (word >> 10) & 3;

    if (word >> 21 != 0x7ff || version == 1 || layer != 1 || bitrate == 0 || bitrate == 15 || rate == 3)
        return {};

    constexpr std::array<size_t, 15> kilobitsOf1 { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 };
    constexpr std::array<size_t, 15> kilobitsOf2 { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 };
    constexpr std::array<size_t, 3> rates { 44100, 48000, 32000 };

    const bool isFirst = version == 3;
    const size_t hertz = rates[rate] / (isFirst ? 1 : version == 2 ? 2 : 4);
    const size_t mode = (word >> 6) & 3;
    Header header;
    header.kind = (word >> 10) & 0x783; // version, layer and rate, without bit rate and checksum
    header.isMono = mode == 3;
    header.usesIntensity = mode == 1 && ((word >> 4) & 1) != 0;
    header.samples = isFirst ? 1152 : 576;
    header.numBytes = header.samples * 125 * (isFirst ? kilobitsOf1 : kilobitsOf2)[bitrate] / hertz + ((word >> 9) & 1);
    header.sideInformation =
        (isFirst ? (header.isMono ? 17u : 32u) : (header.isMono ? 9u : 17u)) + (((word >> 16) & 1) == 0 ? 2u : 0u);

    if (position + header.numBytes > file.size() || header.numBytes < 4 + header.sideInformation)
        return {};

    return header;
}

bool agree (const Header& a, const Header& b) { return a.kind == b.kind && a.isMono == b.isMono; }

/** How many samples an encoder has put in front and behind. */
struct Padding
{
    size_t before = 0, behind = 0;
};

/** What a frame says that holds no sound but facts about the file; none if it holds sound. */
std::optional<Padding> tagIn (Bytes frame, const Header& header)
{
    const auto text = [frame] (size_t position)
    {
        return position + 4 <= frame.size()
                   ? std::string_view (reinterpret_cast<const char*> (frame.data() + position), 4)
                   : std::string_view();
    };

    size_t position = 4 + header.sideInformation;

    if (text (4 + 32) == "VBRI")
        return Padding {};

    if (text (position) != "Xing" && text (position) != "Info")
        return {};

    if (position + 8 > frame.size())
        return Padding {};

    const uint32_t flags = bigEndian (frame.subspan (position + 4, 4));
    position += 8;

    for (const auto& [flag, size] : { std::pair<uint32_t, size_t> { 1, 4 }, { 2, 4 }, { 4, 100 }, { 8, 4 } })
        position += (flags & flag) != 0 ? size : 0;

    constexpr size_t delayOffset = 21; // behind the encoder's name and its settings

    if (position + delayOffset + 3 > frame.size())
        return Padding {};

    const uint32_t both = bigEndian (frame.subspan (position + delayOffset, 3));
    return Padding { both >> 12, both & 0xfff };
}

} // namespace

Outcome<Mp3Frames> Mp3Frames::gather (const ByteSource& source, size_t mostSamples)
{
    constexpr uint64_t most = 1 << 30, mostOfTags = 1 << 24;
    constexpr uint64_t mostPerSample = 3; // bytes: 160 kbit/s at 8 kHz are 2.5
    constexpr size_t decoderDelay = 529;  // of any decoder, which encoders do not count
    const auto mostBytes = mostSamples < most / mostPerSample ? mostSamples * mostPerSample + mostOfTags : most;

    if (source.size > mostBytes)
        return Outcome<Mp3Frames>::failure ("it is an MP3 of more than " + std::to_string (mostBytes / 1000000)
                                            + " MB, which is longer than what is read here");

    std::vector<std::byte> file (static_cast<size_t> (source.size));
    file.resize (source.read (0, file));
    Mp3Frames frames;
    std::optional<Header> first;
    std::optional<Padding> padding;
    size_t position = 0;

    if (file.size() >= 10 && std::memcmp (file.data(), "ID3", 3) == 0) // with a length of four times seven bits
        for (size_t n = 6; n < 10; ++n)
            position = (position << 7) | (std::to_integer<size_t> (file[n]) & 0x7f);

    position += position > 0 ? 10 : 0;

    while (position < file.size())
    {
        const auto header = headerAt (file, position);
        const auto next = header ? headerAt (file, position + header->numBytes) : std::nullopt;
        const bool endsFile = header && position + header->numBytes + 4 > file.size();

        // The first frame must be followed by another like it: anything may look like a single header.
        if (! header || (first ? ! agree (*header, *first) : ! endsFile && ! (next && agree (*header, *next))))
        {
            ++position;
            continue;
        }

        const auto frame = Bytes (file).subspan (position, header->numBytes);
        const auto tag = tagIn (frame, *header);
        first = header;
        position += header->numBytes;

        if (tag)
        {
            padding = frames.bytes.empty() ? tag : padding;
            continue;
        }

        if (header->usesIntensity)
            return Outcome<Mp3Frames>::failure ("it is an MP3 with intensity stereo, which is not read here");

        frames.bytes.insert (frames.bytes.end(), frame.begin(), frame.end());
        frames.numSamples += header->samples;
    }

    if (frames.bytes.empty())
        return Outcome<Mp3Frames>::failure ("it holds no whole frame of an MP3");

    frames.endSample = frames.numSamples;

    if (padding && padding->before > 0
        && padding->before + decoderDelay + padding->behind < frames.numSamples + decoderDelay)
    {
        frames.firstSample = std::min (padding->before + decoderDelay, frames.numSamples - 1);
        frames.endSample = std::min (frames.numSamples, frames.numSamples - padding->behind + decoderDelay);
    }

    return frames;
}

} // namespace faltwerk
