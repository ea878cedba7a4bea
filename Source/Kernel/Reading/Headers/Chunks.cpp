#include "Kernel/Reading/Headers/Chunks.h"

#include <algorithm>
#include <initializer_list>
#include <span>

namespace faltwerk
{

Chunk::Chunk (const ByteSource& file, ByteOrder byteOrder, uint64_t position)
    : source (&file)
    , order (byteOrder)
{
    const size_t count = position < file.size ? file.read (position, head) : 0;
    std::fill (head.begin() + static_cast<std::ptrdiff_t> (count), head.end(), std::byte {});
    start = position + 8;
    length = numberAt (4, 4);
    contentRead = static_cast<size_t> (std::min<uint64_t> (count > 8 ? count - 8 : 0, length));
}

uint64_t Chunk::numberAt (size_t first, size_t width) const noexcept
{
    uint64_t result = 0;

    for (size_t n = 0; n < width; ++n)
        result =
            (result << 8) | std::to_integer<uint64_t> (head[first + (order == ByteOrder::big ? n : width - 1 - n)]);

    return result;
}

bool Chunk::hasName() const noexcept
{
    const auto letters = name();
    return std::all_of (letters.begin(), letters.end(), [] (char c) { return c >= ' ' && c <= '~'; });
}

bool Chunk::isPlausible() const noexcept
{
    return hasName() && start <= source->size && length <= source->size - start;
}

bool Chunk::isWellKnown() const noexcept
{
    constexpr std::string_view names[] = { "data", "fmt ", "fact", "LIST", "SSND", "COMM" };
    return std::find (std::begin (names), std::end (names), name()) != std::end (names);
}

uint64_t Chunk::nextAfter (uint64_t trueLength) const
{
    const uint64_t end = start + trueLength;

    if ((trueLength & 1) == 0 || end >= source->size)
        return end;

    const Chunk unpadded (*source, order, end), padded (*source, order, end + 1);

    if (padded.isWellKnown() || unpadded.isWellKnown())
        return padded.isWellKnown() ? end + 1 : end;

    return padded.isPlausible() || ! unpadded.isPlausible() ? end + 1 : end;
}

bool isChunksToTheEnd (const ByteSource& source, ByteOrder order, uint64_t position)
{
    for (size_t n = 0; n < Chunk::mostInFile && position < source.size; ++n)
    {
        const Chunk chunk (source, order, position);

        if (! chunk.isPlausible())
            return false;

        position = chunk.next();
    }

    return position >= source.size;
}

void HeaderBytes::append (std::string_view text)
{
    for (const char c : text)
        bytes.push_back (static_cast<std::byte> (c));
}

void HeaderBytes::append (uint64_t number, size_t width)
{
    for (size_t n = 0; n < width; ++n)
        bytes.push_back (
            static_cast<std::byte> ((number >> (8 * (order == ByteOrder::big ? width - 1 - n : n))) & 0xff));
}

} // namespace faltwerk
