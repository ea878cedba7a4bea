#pragma once

#include "Kernel/Measuring/RecordingDivision.h"
#include "Kernel/Measuring/Response.h"

#include <vector>

namespace faltwerk
{

/** Where a sound lies relative to another one like it. */
struct Alignment
{
    double delay = 0.0;      // samples by which it comes later, with a fraction
    double similarity = 0.0; // correlation of what is around both, at that delay: -1..1
};

/** Compares what is around two sounds, of two responses or of one.
    @param reach  s before and after them that count. [not audio] */
Alignment align (const CircularResponse& first,
                 long long firstPlace,
                 const CircularResponse& other,
                 long long otherPlace,
                 double sampleRate,
                 double reach);

/** Adds another take to the sums of the first one's channels, at the same place in time. Returns false if it is another
    system's. [not audio]
    @param strongest  the channel that is compared */
bool addTake (std::vector<MeasuredResponse>& sums,
              const std::vector<MeasuredResponse>& take,
              size_t strongest,
              double sampleRate);

} // namespace faltwerk
