#pragma once

#include "Kernel/Reading/ByteSource.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** The order of the bytes of numbers: little in WAV, big in AIFF. */
enum class ByteOrder
{
    little,
    big
};

/** A chunk of a WAV or AIFF file as its header claims it: a name, and a length that may be wrong. */
struct Chunk
{
    static constexpr size_t mostInFile = 4096; // a file of nothing but chunk headers is no sound

    /** Reads the header of a chunk and up to 40 bytes of its content; zeros beyond the end of the file. */
    Chunk (const ByteSource&, ByteOrder, uint64_t position);

    std::string_view name() const noexcept { return { reinterpret_cast<const char*> (head.data()), 4 }; }

    /** Returns a number in the content: `width` bytes, the first of which is `first`. */
    uint64_t number (size_t first, size_t width) const noexcept { return numberAt (8 + first, width); }

    /** Returns four letters in the content. */
    std::string_view letters (size_t first) const noexcept
    {
        return { reinterpret_cast<const char*> (head.data()) + 8 + first, 4 };
    }

    /** Returns true if the name consists of characters that can be printed. */
    bool hasName() const noexcept;

    /** Returns true if there is a name, and the file can hold the length. */
    bool isPlausible() const noexcept;

    /** Returns where the next chunk begins. A chunk of odd length is followed by a byte of padding, which some writers
        forget: then the next chunk is where that byte should be. A name that every reader knows decides. */
    uint64_t next() const { return nextAfter (length); }

    /** Returns the same if the length was another one. */
    uint64_t nextAfter (uint64_t trueLength) const;

    uint64_t start = 0, length = 0; // of the content; the length is what the header claims
    size_t contentRead = 0;         // bytes, at most 40

private:
    uint64_t numberAt (size_t first, size_t width) const noexcept;
    bool isWellKnown() const noexcept;

    const ByteSource* source;
    ByteOrder order;
    std::array<std::byte, 48> head {};
};

/** Returns true if a file consists of chunks from a position to its end. */
bool isChunksToTheEnd (const ByteSource&, ByteOrder, uint64_t position);

/** Bytes of a header under construction. */
struct HeaderBytes
{
    explicit HeaderBytes (ByteOrder byteOrder)
        : order (byteOrder)
    {
    }

    void append (std::string_view text);
    void append (uint64_t number, size_t width);

    ByteOrder order;
    std::vector<std::byte> bytes;
};

} // namespace faltwerk
