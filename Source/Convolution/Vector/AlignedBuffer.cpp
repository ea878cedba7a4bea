#include "Convolution/Vector/AlignedBuffer.h"

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#if defined(__linux__)
    #include <sys/mman.h>
#endif

namespace faltwerk
{

namespace
{

constexpr std::align_val_t cacheLine { AlignedBuffer::alignment };

/** Requests huge pages where whole ones fit; a refusal has no effect. */
void preferHugePages ([[maybe_unused]] float* floats, [[maybe_unused]] size_t bytes) noexcept
{
#if defined(__linux__)
    constexpr size_t hugePage = size_t { 2 } << 20;
    const auto begin = reinterpret_cast<uintptr_t> (floats);
    const auto first = (begin + hugePage - 1) / hugePage * hugePage, end = (begin + bytes) / hugePage * hugePage;

    if (first < end)
        madvise (reinterpret_cast<void*> (first), end - first, MADV_HUGEPAGE);
#endif
}

} // namespace

AlignedBuffer::AlignedBuffer (size_t count)
    : numFloats (count)
{
    if (count == 0)
        return;

    floats = static_cast<float*> (::operator new (sizeInBytes(), cacheLine));
    preferHugePages (floats, sizeInBytes());
    std::memset (floats, 0, sizeInBytes());
}

AlignedBuffer::AlignedBuffer (AlignedBuffer&& other) noexcept
    : floats (std::exchange (other.floats, nullptr))
    , numFloats (std::exchange (other.numFloats, 0))
{
}

AlignedBuffer& AlignedBuffer::operator= (AlignedBuffer&& other) noexcept
{
    std::swap (floats, other.floats);
    std::swap (numFloats, other.numFloats);
    return *this;
}

AlignedBuffer::~AlignedBuffer()
{
    if (floats != nullptr)
        ::operator delete (floats, cacheLine);
}

} // namespace faltwerk
