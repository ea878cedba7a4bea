#pragma once

#include "Kernel/Measuring/Response.h"

namespace faltwerk
{

/** Where a sound lies relative to another one like it. */
struct Alignment
{
    double delay = 0.0;      // samples by which it comes later, with a fraction
    double similarity = 0.0; // correlation of what is around both, at that delay: -1..1
};

/** Compares what is around two sounds, of two responses or of one.
    @param reach  s before and after them that count. [any, not audio] */
Alignment align (const CircularResponse& first,
                 long long firstPlace,
                 const CircularResponse& other,
                 long long otherPlace,
                 double sampleRate,
                 double reach);

} // namespace faltwerk
