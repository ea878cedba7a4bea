#pragma once

#include <cassert>
#include <cstddef>

namespace faltwerk
{

/** Zeroed floats in one allocation, aligned to cache lines; a large buffer is aligned to huge pages, which need fewer
    address translations. */
class AlignedBuffer
{
public:
    AlignedBuffer() = default;

    /** Allocates; throws std::bad_alloc. [not audio] */
    explicit AlignedBuffer (size_t numFloats);

    AlignedBuffer (AlignedBuffer&& other) noexcept;
    AlignedBuffer& operator= (AlignedBuffer&& other) noexcept;
    ~AlignedBuffer();

    float* data() const noexcept { return floats; }
    size_t size() const noexcept { return numFloats; }
    size_t sizeInBytes() const noexcept { return numFloats * sizeof (float); }

    static constexpr size_t alignment = 64; // bytes: a cache line

private:
    float* floats = nullptr;
    size_t numFloats = 0;
};

/** Hands out consecutive parts of a buffer, each aligned to a cache line. [not audio] */
class Arena
{
public:
    /** The buffer must outlive the parts. */
    explicit Arena (const AlignedBuffer& whole) noexcept
        : buffer (whole)
    {
    }

    /** Returns the number of floats that a part of numFloats takes. */
    static constexpr size_t rounded (size_t numFloats) noexcept
    {
        constexpr size_t line = AlignedBuffer::alignment / sizeof (float);
        return (numFloats + line - 1) / line * line;
    }

    /** Returns the next part. Asserts that the buffer is large enough. */
    float* take (size_t numFloats) noexcept
    {
        float* const part = buffer.data() + used;
        used += rounded (numFloats);
        assert (used <= buffer.size());
        return part;
    }

    /** Returns true if all of the buffer has been handed out. */
    bool isUsedUp() const noexcept { return used == buffer.size(); }

private:
    const AlignedBuffer& buffer;
    size_t used = 0;
};

} // namespace faltwerk
