#include "Kernel/Writing/WaveEncoder.h"

#include "Kernel/Reading/Headers/Chunks.h"

#include <juce_core/juce_core.h>

#include <bit>
#include <cmath>
#include <limits>

namespace faltwerk
{

namespace
{

constexpr uint64_t mostIn32Bits = std::numeric_limits<uint32_t>::max(), ds64Size = 28;

size_t widthOf (SampleFormat format)
{
    return format == SampleFormat::float32 ? 4 : format == SampleFormat::int24 ? 3 : 2; // bytes
}

uint64_t padded (uint64_t size) { return size + size % 2; }

/** Appends the lowest bytes of a number, the lowest first. */
std::byte* append (std::byte* destination, uint32_t number, size_t numBytes)
{
    for (size_t n = 0; n < numBytes; ++n)
        *destination++ = static_cast<std::byte> ((number >> (8 * n)) & 0xff);

    return destination;
}

} // namespace

WaveEncoder::WaveEncoder (juce::OutputStream& destination, SampleFormat sampleFormat, const SoundHeader& sound)
    : stream (destination)
    , quantiser (sampleFormat == SampleFormat::float32 ? std::nullopt : std::optional<Quantiser> (sampleFormat))
    , format (sampleFormat)
    , numChannels (sound.numChannels)
    , sampleRate (static_cast<uint32_t> (std::lround (sound.sampleRate)))
    , comment (sound.comment)
    , numAnnounced (sound.numFrames)
{
    if (! sound.framesWereSeen && ! stream.setPosition (0))
        numAnnounced = unknownLength;

    isGood = writeHeader (numAnnounced);
}

/** Returns the bytes of the chunks before the samples, with their headers, and without ds64. */
uint64_t WaveEncoder::headSize() const noexcept
{
    const uint64_t list = comment.empty() ? 0 : 8 + 4 + 8 + padded (comment.size() + 1);
    return (format == SampleFormat::float32 ? 4 + 26 + 12 + 8 : 4 + 24 + 8) + list;
}

uint64_t WaveEncoder::sizeInBytes (uint64_t numFrames) const noexcept
{
    const uint64_t size = 8 + headSize() + padded (numFrames * numChannels * widthOf (format));
    return size - 8 < mostIn32Bits ? size : size + 8 + ds64Size;
}

bool WaveEncoder::writeHeader (uint64_t numFrames)
{
    const bool isKnown = numFrames != unknownLength, isFloat = format == SampleFormat::float32;
    const uint64_t frameSize = numChannels * widthOf (format),
                   dataSize = isKnown ? numFrames * frameSize : mostIn32Bits;
    const uint64_t riffSize = isKnown ? sizeInBytes (numFrames) - 8 : mostIn32Bits;
    const bool isLarge = isKnown && sizeInBytes (numAnnounced) - 8 >= mostIn32Bits;
    const auto in32Bits = [isLarge] (uint64_t size) { return isLarge ? mostIn32Bits : size; };

    HeaderBytes head (ByteOrder::little);
    head.append (isLarge ? "RF64" : "RIFF");
    head.append (in32Bits (riffSize), 4);
    head.append ("WAVE");

    if (isLarge)
    {
        head.append ("ds64");
        head.append (ds64Size, 4);
        head.append (8 + ds64Size + headSize() + padded (dataSize), 8); // of all behind the first size
        head.append (dataSize, 8);
        head.append (numFrames, 8);
        head.append (0, 4); // sizes of other chunks
    }

    constexpr uint64_t pcm = 1, ieeeFloat = 3;
    head.append ("fmt ");
    head.append (isFloat ? 18 : 16, 4);
    head.append (isFloat ? ieeeFloat : pcm, 2);
    head.append (numChannels, 2);
    head.append (sampleRate, 4);
    head.append (sampleRate * frameSize, 4);
    head.append (frameSize, 2);
    head.append (8 * widthOf (format), 2);

    if (isFloat)
    {
        head.append (0, 2); // bytes of the extension
        head.append ("fact");
        head.append (4, 4);
        head.append (in32Bits (isKnown ? numFrames : mostIn32Bits), 4);
    }

    if (! comment.empty())
    {
        const uint64_t length = comment.size() + 1; // with the zero at its end
        head.append ("LIST");
        head.append (4 + 8 + padded (length), 4);
        head.append ("INFOICMT");
        head.append (length, 4);
        head.append (comment);
        head.append (0, static_cast<size_t> (1 + length % 2));
    }

    head.append ("data");
    head.append (in32Bits (dataSize), 4);
    return stream.write (head.bytes.data(), head.bytes.size());
}

bool WaveEncoder::write (std::span<const std::vector<float>> channels, size_t first, size_t size)
{
    bytes.resize (size * numChannels * widthOf (format));
    auto* destination = bytes.data();

    for (size_t n = first; n < first + size; ++n)
    {
        for (const auto& channel : channels)
        {
            const auto number =
                quantiser ? static_cast<uint32_t> ((*quantiser) (channel[n])) : std::bit_cast<uint32_t> (channel[n]);
            destination = append (destination, number, widthOf (format));
        }
    }

    numWritten += size;
    isGood = isGood && stream.write (bytes.data(), bytes.size());
    return isGood;
}

bool WaveEncoder::finish()
{
    if (numWritten * numChannels * widthOf (format) % 2 != 0)
        isGood = isGood && stream.writeByte (0);

    if (isGood && numWritten != numAnnounced)
        if (const auto end = stream.getPosition(); stream.setPosition (0))
            isGood = writeHeader (numWritten) && stream.setPosition (end);

    return isGood;
}

} // namespace faltwerk
