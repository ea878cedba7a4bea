#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace faltwerk::test
{

/** Files written byte by byte, so that a reader is not tested against its own mirror image. */
class Bytes
{
public:
    Bytes& text (std::string_view letters)
    {
        for (const char letter : letters)
            data.push_back (static_cast<std::byte> (letter));

        return *this;
    }

    Bytes& little (uint64_t number, size_t width)
    {
        for (size_t n = 0; n < width; ++n)
            data.push_back (static_cast<std::byte> ((number >> (8 * n)) & 0xff));

        return *this;
    }

    Bytes& big (uint64_t number, size_t width)
    {
        for (size_t n = width; n-- > 0;)
            data.push_back (static_cast<std::byte> ((number >> (8 * n)) & 0xff));

        return *this;
    }

    Bytes& append (const Bytes& other)
    {
        data.insert (data.end(), other.data.begin(), other.data.end());
        return *this;
    }

    std::vector<std::byte> data;
};

/** Integers as two's complement of a width in bytes. */
inline Bytes integers (std::initializer_list<int64_t> numbers, size_t width, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (static_cast<uint64_t> (number), width)
                  : bytes.little (static_cast<uint64_t> (number), width);

    return bytes;
}

inline Bytes doubles (std::initializer_list<double> numbers, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (std::bit_cast<uint64_t> (number), 8)
                  : bytes.little (std::bit_cast<uint64_t> (number), 8);

    return bytes;
}

inline Bytes floats (std::initializer_list<float> numbers, bool bigEndian = false)
{
    Bytes bytes;

    for (const auto number : numbers)
        bigEndian ? bytes.big (std::bit_cast<uint32_t> (number), 4)
                  : bytes.little (std::bit_cast<uint32_t> (number), 4);

    return bytes;
}

/** What a WAV file's header says; by default the truth. */
struct WaveHeader
{
    uint64_t format = 1, channels = 1, rate = 48000, bits = 16;
    bool extensible = false;
    int64_t dataLength = -1; // below zero: that of the data
    std::string_view outer = "RIFF";
    Bytes before, after;    // chunks around that of the data
    uint64_t blockSize = 0; // 0: what the others give
};

inline Bytes wave (const WaveHeader& header, const Bytes& data)
{
    const uint64_t block = header.blockSize > 0 ? header.blockSize : header.channels * ((header.bits + 7) / 8);
    Bytes format;
    format.little (header.extensible ? 0xfffe : header.format, 2).little (header.channels, 2).little (header.rate, 4);
    format.little (header.rate * block, 4).little (block, 2).little (header.bits, 2);

    if (header.extensible) // and the GUID of that format
        format.little (22, 2)
            .little (header.bits, 2)
            .little (0, 4)
            .little (header.format, 2)
            .little (0, 2)
            .little (0x10, 4)
            .big (0x800000aa00389b71, 8);

    const auto length = header.dataLength < 0 ? data.data.size() : static_cast<uint64_t> (header.dataLength);
    Bytes body;
    body.text ("WAVE").append (header.before).text ("fmt ").little (format.data.size(), 4).append (format);
    body.text ("data").little (length, 4).append (data).little (0, data.data.size() % 2).append (header.after);
    return Bytes().text (header.outer).little (body.data.size(), 4).append (body);
}

/** What an AIFF file's header says. */
struct AiffHeader
{
    uint64_t channels = 1, frames = 0, bits = 16, rate = 44100;
    std::string_view compression; // none: AIFF, else AIFC
};

inline Bytes aiff (const AiffHeader& header, const Bytes& data)
{
    Bytes format;
    format.big (header.channels, 2).big (header.frames, 4).big (header.bits, 2);

    // An 80-bit number: exponent, then mantissa with its leading one.
    const auto exponent = static_cast<uint64_t> (std::bit_width (std::max<uint64_t> (header.rate, 1)) - 1);
    format.big (header.rate > 0 ? 16383 + exponent : 0, 2).big (header.rate << (63 - exponent), 8);

    if (! header.compression.empty())
        format.text (header.compression).big (0, 2);

    Bytes body;
    body.text (header.compression.empty() ? "AIFF" : "AIFC").text ("COMM").big (format.data.size(), 4).append (format);
    body.text ("SSND").big (data.data.size() + 8, 4).big (0, 8).append (data);
    return Bytes().text ("FORM").big (body.data.size(), 4).append (body);
}

} // namespace faltwerk::test
