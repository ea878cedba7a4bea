#pragma once

#include "Kernel/Measuring/Deconvolution.h"

#include <string>
#include <vector>

namespace faltwerk
{

/** How far a measured kernel can be trusted. */
struct MeasuringQuality
{
    enum class Grade
    {
        good,   // 40 dB of signal to noise or more, and no remark below applies
        usable, // with what the reasons say
        poor    // smeared, interrupted, buried in noise, cut near its peak, or distorted by 1 dB
    };

    Grade grade = Grade::good;
    std::vector<std::string> reasons; // short, the gravest first
};

/** Judges a measurement by its smear, interruptions, noise, end, distortion and clipping. A smeared or interrupted one
    is poor. [not audio] */
MeasuringQuality judge (const Deconvolved&);

/** Returns grade and reasons: "usable: 23 dB of signal to noise, clipped". [not audio] */
std::string inWords (const MeasuringQuality&);

/** Returns the latency, or why it is unknown: "12.00 ms (576 frames), removed". [not audio]
    @param leadInIsKnown  of a sweep that was found in the recording */
std::string latencyInWords (const Deconvolved&, bool leadInIsKnown);

/** Returns sentences on what a measurement should have had otherwise, or was corrected; none for a clean one.
    [not audio] */
std::vector<std::string> remarksOn (const Deconvolved&);

} // namespace faltwerk
