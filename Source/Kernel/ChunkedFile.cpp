#include "Kernel/ChunkedFile.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string_view>

namespace faltwerk
{

namespace
{

using Encoding = ChunkedFile::Encoding;
using Bytes = std::span<const std::byte>;

constexpr size_t mostChunks = 4096; // a file of nothing but chunk headers is no sound

uint64_t littleEndian (Bytes bytes)
{
    uint64_t number = 0;

    for (size_t n = bytes.size(); n-- > 0;)
        number = (number << 8) | std::to_integer<uint64_t> (bytes[n]);

    return number;
}

uint64_t bigEndianNumber (Bytes bytes)
{
    uint64_t number = 0;

    for (const auto byte : bytes)
        number = (number << 8) | std::to_integer<uint64_t> (byte);

    return number;
}

std::string text (Bytes bytes)
{
    std::string characters;

    for (const auto byte : bytes)
        characters += static_cast<char> (byte);

    return characters;
}

/** Up to 64 bytes from a position; zeros beyond the file's end. */
struct Head
{
    Head (const ByteSource& source, uint64_t position, uint64_t length)
    {
        const uint64_t wanted = std::min<uint64_t> (length, bytes.size());
        count = position < source.size ? source.read (position, std::span (bytes).first (size_t (wanted))) : 0;
    }

    Bytes at (size_t first, size_t length) const { return Bytes (bytes).subspan (first, length); }

    std::array<std::byte, 64> bytes {};
    size_t count = 0;
};

/** An 80-bit number of IEEE 754, big-endian. */
double extended (Bytes bytes)
{
    const auto exponent = static_cast<int> (bigEndianNumber (bytes.first (2)));

    if (exponent >= 0x7fff) // negative, infinite or no number
        return 0.0;

    return std::ldexp (static_cast<double> (bigEndianNumber (bytes.subspan (2, 8))), exponent - 16383 - 63);
}

/** Walks the chunks of a file from a position: calls visit (name, start, length claimed) until it returns true. */
template <typename Visit>
void walk (const ByteSource& source, uint64_t position, bool bigEndian, Visit&& visit)
{
    for (size_t n = 0; n < mostChunks && position + 8 <= source.size; ++n)
    {
        const Head head (source, position, 8);
        const uint64_t length = bigEndian ? bigEndianNumber (head.at (4, 4)) : littleEndian (head.at (4, 4));
        const uint64_t start = position + 8;

        if (visit (text (head.at (0, 4)), start, length))
            return;

        position = start + length + (length & 1);
    }
}

/** What is wrong with a format; empty if nothing is. */
std::string complaintAbout (const ChunkedFile& file, uint64_t bits)
{
    if (file.numChannels < 1 || file.numChannels > mostSoundChannels)
        return "its header names " + std::to_string (file.numChannels) + " channels, and 1 to "
               + std::to_string (mostSoundChannels) + " are possible";

    if (! (file.sampleRate >= lowestSampleRate && file.sampleRate <= highestSampleRate))
    {
        char rate[64];
        std::snprintf (rate, sizeof rate, "%.6g", file.sampleRate);
        return std::string ("its header names a sample rate of ") + rate + " Hz, and 1 kHz to 1 MHz are possible";
    }

    const bool possible = file.encoding == Encoding::floatingPoint
                              ? file.bytesPerSample == 4 || file.bytesPerSample == 8
                              : file.bytesPerSample >= 1 && file.bytesPerSample <= 4;

    if (! possible)
        return "its samples of " + std::to_string (bits) + " bits are not read here";

    return {};
}

Outcome<ChunkedFile> openWave (const ByteSource& source)
{
    ChunkedFile file;
    const Head riff (source, 0, 12);
    const bool is64 = text (riff.at (0, 4)) == "RF64";
    const uint64_t riffLength = littleEndian (riff.at (4, 4));
    uint64_t dataLength = 0, longDataLength = 0, format = 0, bits = 0;
    bool hasFormat = false, hasData = false;

    walk (source, 12, false,
          [&] (const std::string& name, uint64_t start, uint64_t length)
          {
              const Head head (source, start, length);

              if (name == "ds64" && is64 && head.count >= 16)
              {
                  longDataLength = littleEndian (head.at (8, 8));
              }
              else if (name == "fmt " && head.count >= 16 && ! hasFormat)
              {
                  hasFormat = true;
                  format = littleEndian (head.at (0, 2));
                  file.numChannels = static_cast<size_t> (littleEndian (head.at (2, 2)));
                  file.sampleRate = static_cast<double> (littleEndian (head.at (4, 4)));
                  bits = littleEndian (head.at (14, 2));

                  // A sample may be wider than its bits; what the block's size says counts if it makes sense.
                  const uint64_t block = littleEndian (head.at (12, 2)), least = (bits + 7) / 8;
                  const uint64_t width = file.numChannels > 0 ? block / file.numChannels : 0;
                  const bool sensible = width >= least && width <= 8 && width * file.numChannels == block;
                  file.bytesPerSample = static_cast<size_t> (sensible ? width : least);

                  if (format == 0xfffe && head.count >= 26) // extensible: the format is in front of its GUID
                      format = littleEndian (head.at (24, 2));
              }
              else if (name == "data" && ! hasData)
              {
                  hasData = true;
                  file.dataStart = start;
                  dataLength = length;

                  if (is64 && length == 0xffffffff && longDataLength > 0)
                      dataLength = longDataLength;

                  if (length == 0 && (riffLength == 0 || riffLength == 0xffffffff)) // written to a pipe, or cut off
                      dataLength = source.size;
              }

              return hasFormat && hasData;
          });

    if (! hasFormat || ! hasData)
        return Outcome<ChunkedFile>::failure (hasFormat ? "it holds no samples" : "it does not name its format");

    if (format != 1 && format != 3)
        return Outcome<ChunkedFile>::failure ("its samples are compressed (format " + std::to_string (format)
                                              + "), which is not read here");

    file.encoding = format == 3                ? Encoding::floatingPoint
                    : file.bytesPerSample == 1 ? Encoding::unsignedInt
                                               : Encoding::signedInt;

    if (auto complaint = complaintAbout (file, bits); ! complaint.empty())
        return Outcome<ChunkedFile>::failure (std::move (complaint));

    file.numFrames = std::min (dataLength, source.size - file.dataStart) / (file.numChannels * file.bytesPerSample);
    return file;
}

Outcome<ChunkedFile> openAiff (const ByteSource& source)
{
    ChunkedFile file;
    const bool isCompressed = text (Head (source, 0, 12).at (8, 4)) == "AIFC";
    uint64_t claimedFrames = 0, dataLength = 0, bits = 0;
    std::string compression = "NONE";
    bool hasFormat = false, hasData = false;

    walk (source, 12, true,
          [&] (const std::string& name, uint64_t start, uint64_t length)
          {
              const Head head (source, start, length);

              if (name == "COMM" && head.count >= 18 && ! hasFormat)
              {
                  hasFormat = true;
                  file.numChannels = static_cast<size_t> (bigEndianNumber (head.at (0, 2)));
                  claimedFrames = bigEndianNumber (head.at (2, 4));
                  bits = bigEndianNumber (head.at (6, 2));
                  file.sampleRate = extended (head.at (8, 10));

                  if (isCompressed && head.count >= 22)
                      compression = text (head.at (18, 4));
              }
              else if (name == "SSND" && head.count >= 8 && ! hasData)
              {
                  hasData = true;
                  const uint64_t skipped = 8 + bigEndianNumber (head.at (0, 4));
                  file.dataStart = std::min (start + skipped, source.size);
                  dataLength = length > skipped ? length - skipped : 0;
              }

              return hasFormat && hasData;
          });

    if (! hasFormat || ! hasData)
        return Outcome<ChunkedFile>::failure (hasFormat ? "it holds no samples" : "it does not name its format");

    if (compression == "fl32" || compression == "FL32" || compression == "fl64" || compression == "FL64")
    {
        file.encoding = Encoding::floatingPoint;
        bits = compression.ends_with ("32") ? 32 : 64;
    }
    else if (compression == "raw ")
    {
        file.encoding = Encoding::unsignedInt;
        bits = 8;
    }
    else if (compression != "NONE" && compression != "twos" && compression != "sowt" && compression != "in24"
             && compression != "in32")
    {
        return Outcome<ChunkedFile>::failure ("its samples are compressed, which is not read here");
    }

    file.bytesPerSample = static_cast<size_t> ((bits + 7) / 8);
    file.bigEndian = compression != "sowt";

    if (auto complaint = complaintAbout (file, bits); ! complaint.empty())
        return Outcome<ChunkedFile>::failure (std::move (complaint));

    file.numFrames = std::min (dataLength, source.size - file.dataStart) / (file.numChannels * file.bytesPerSample);

    if (claimedFrames > 0) // fewer, if the last are padding
        file.numFrames = std::min (file.numFrames, claimedFrames);

    return file;
}

/** A sample's bytes, the most significant in the highest, as a left-justified 64-bit number. */
template <size_t width>
uint64_t gather (const std::byte* bytes, bool bigEndian) noexcept
{
    uint64_t number = 0;

    for (size_t n = 0; n < width; ++n)
        number |= std::to_integer<uint64_t> (bytes[n]) << (8 * (bigEndian ? width - 1 - n : n));

    return number << (64 - 8 * width);
}

float toFloat (uint64_t raw, Encoding encoding, size_t width) noexcept
{
    if (encoding == Encoding::floatingPoint && width == 4)
        return std::bit_cast<float> (static_cast<uint32_t> (raw >> 32));

    if (encoding == Encoding::floatingPoint)
    {
        const auto number = std::bit_cast<double> (raw);
        constexpr double largest = std::numeric_limits<float>::max();

        if (std::abs (number) > largest)
            return std::numeric_limits<float>::infinity(); // which a kernel refuses

        return static_cast<float> (number);
    }

    if (encoding == Encoding::unsignedInt)
        raw ^= uint64_t { 1 } << 63;

    // The 32 upper bits hold it all.
    return static_cast<float> (static_cast<double> (static_cast<int32_t> (raw >> 32)) / 2147483648.0);
}

template <size_t width>
void convert (const ChunkedFile& file, const std::vector<std::byte>& bytes, std::vector<std::vector<float>>& piece)
{
    for (size_t channel = 0; channel < file.numChannels; ++channel)
        for (size_t n = 0; n < piece[channel].size(); ++n)
            piece[channel][n] =
                toFloat (gather<width> (bytes.data() + (n * file.numChannels + channel) * width, file.bigEndian),
                         file.encoding, width);
}

} // namespace

bool ChunkedFile::isOne (const ByteSource& source)
{
    const Head head (source, 0, 12);
    const auto outer = text (head.at (0, 4)), inner = text (head.at (8, 4));
    return ((outer == "RIFF" || outer == "RF64") && inner == "WAVE")
           || (outer == "FORM" && (inner == "AIFF" || inner == "AIFC"));
}

Outcome<ChunkedFile> ChunkedFile::open (const ByteSource& source)
{
    return text (Head (source, 0, 4).at (0, 4)) == "FORM" ? openAiff (source) : openWave (source);
}

std::string ChunkedFile::decode (const ByteSource& source,
                                 const std::function<bool (std::span<const std::vector<float>>)>& take) const
{
    constexpr size_t framesAtOnce = 1 << 12; // 8 MB of the widest
    std::vector<std::vector<float>> piece (numChannels);
    const size_t frameSize = numChannels * bytesPerSample;
    std::vector<std::byte> bytes (std::min<size_t> (framesAtOnce, static_cast<size_t> (numFrames)) * frameSize);

    for (uint64_t first = 0; first < numFrames; first += framesAtOnce)
    {
        const auto count = static_cast<size_t> (std::min<uint64_t> (framesAtOnce, numFrames - first));

        if (source.read (dataStart + first * frameSize, std::span (bytes).first (count * frameSize))
            < count * frameSize)
            return "it could not be read to its end";

        for (auto& channel : piece)
            channel.resize (count);

        if (bytesPerSample == 1)
            convert<1> (*this, bytes, piece);
        else if (bytesPerSample == 2)
            convert<2> (*this, bytes, piece);
        else if (bytesPerSample == 3)
            convert<3> (*this, bytes, piece);
        else if (bytesPerSample == 4)
            convert<4> (*this, bytes, piece);
        else
            convert<8> (*this, bytes, piece);

        if (! take (piece))
            break;
    }

    return {};
}

} // namespace faltwerk
