#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace faltwerk
{

/** The bytes of a file, read where they are wanted. */
struct ByteSource
{
    uint64_t size = 0;
    std::function<size_t (uint64_t position, std::span<std::byte> into)> read; // gives how many there were
};

} // namespace faltwerk
