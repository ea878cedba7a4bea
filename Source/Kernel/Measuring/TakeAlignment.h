#pragma once

#include "Kernel/Measuring/Response.h"

namespace faltwerk
{

/** Where a response lies relative to another of the same system. */
struct Alignment
{
    double delay = 0.0;      // samples by which it comes later, with a fraction
    double similarity = 0.0; // correlation of what is around the first sounds, at that delay: -1..1
};

/** Compares 20 ms around the first sounds of two responses. [any, not audio] */
Alignment align (const CircularResponse& first,
                 long long firstArrival,
                 const CircularResponse& other,
                 long long otherArrival,
                 double sampleRate);

} // namespace faltwerk
