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
        poor    // smeared, buried in noise, cut near its peak, or distorted
    };

    Grade grade = Grade::good;
    std::vector<std::string> reasons; // short, the gravest first
};

/** Judges a measurement by its smear, noise, end, distortion and clipping. A smeared one is poor. [any, not audio] */
MeasuringQuality judge (const Deconvolved&);

/** Returns grade and reasons: "usable: 23 dB of signal to noise, clipped". [any, not audio] */
std::string inWords (const MeasuringQuality&);

/** Returns sentences on what a measurement should have had otherwise, or was corrected; none for a clean one.
    [any, not audio] */
std::vector<std::string> remarksOn (const Deconvolved&);

} // namespace faltwerk
