#include "Convolution/AlignedBuffer.h"

#include <algorithm>
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

constexpr size_t hugePage = size_t { 2 } << 20;

std::align_val_t alignmentOf (size_t bytes)
{
    return std::align_val_t { bytes >= hugePage ? hugePage : AlignedBuffer::alignment };
}

} // namespace

AlignedBuffer::AlignedBuffer (size_t count)
    : numFloats (count)
{
    if (count == 0)
        return;

    const size_t bytes = sizeInBytes();
    floats = static_cast<float*> (::operator new (bytes, alignmentOf (bytes)));

#if defined(__linux__)
    if (bytes >= hugePage)
        madvise (floats, bytes / hugePage * hugePage, MADV_HUGEPAGE); // a wish; nothing depends on it
#endif

    clear();
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
        ::operator delete (floats, alignmentOf (sizeInBytes()));
}

void AlignedBuffer::clear() noexcept
{
    if (floats != nullptr)
        std::memset (floats, 0, sizeInBytes());
}

} // namespace faltwerk
