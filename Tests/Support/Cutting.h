#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace faltwerk::test
{

using Sizes = std::initializer_list<size_t>;

/** A way of cutting a stream into callbacks: a name, and the size of each next callback. */
struct Cutting
{
    std::string name;
    std::function<size_t()> next;
};

/** Callbacks of 1, primes, powers of two, random and changing sizes, some larger than any block. */
inline std::vector<Cutting> cuttings()
{
    std::vector<Cutting> all;

    for (const auto size : Sizes { 1, 7, 32, 64, 101, 128, 441, 512, 1009, 4096, 8192 })
        all.push_back ({ std::to_string (size), [size] { return size; } });

    const auto random = [] (size_t largest, unsigned seed)
    {
        return [largest, engine = std::mt19937 (seed)]() mutable
        { return std::uniform_int_distribution<size_t> (1, largest) (engine); };
    };

    all.push_back ({ "random up to 9", random (9, 1) });
    all.push_back ({ "random up to 128", random (128, 2) });
    all.push_back ({ "random up to 5000", random (5000, 3) });
    all.push_back ({ "none and some", [size = size_t { 0 }]() mutable { return (size = 97 - size); } });
    return all;
}

/** Calls process (position, size) until `length` frames are done. */
template <typename Process>
void cut (size_t length, const Cutting& cutting, Process&& process)
{
    auto next = cutting.next;

    for (size_t position = 0; position < length;)
    {
        const size_t size = std::min (next(), length - position);
        process (position, size);
        position += size;
    }
}

} // namespace faltwerk::test
