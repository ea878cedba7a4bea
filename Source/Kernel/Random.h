#pragma once

#include <cstdint>

namespace faltwerk
{

/** A stream of random numbers from a seed, the same on every machine: SplitMix64 (Steele, Lea, Flood: Fast splittable
    pseudorandom number generators, OOPSLA 2014). */
class Random
{
public:
    explicit Random (uint64_t seed) noexcept
        : state (seed)
    {
    }

    uint64_t next() noexcept
    {
        uint64_t z = (state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    /** Returns a number, uniform in 0..1. */
    double uniform() noexcept { return static_cast<double> (next() >> 11) * 0x1p-53; }

    /** Returns a number, uniform in -1..1. */
    double bipolar() noexcept { return 2.0 * uniform() - 1.0; }

private:
    uint64_t state;
};

} // namespace faltwerk
