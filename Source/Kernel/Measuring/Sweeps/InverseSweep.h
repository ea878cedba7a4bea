#pragma once

#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <vector>

namespace faltwerk
{

/** The inverse of a sweep, to convolve a recording with. */
struct InverseSweep
{
    std::vector<float> samples; // at the sweep's sample rate

    /** s into the result at which time 0 of the kernel lies, if the recording began with the sweep's file: the silence
        before the sweep, and its length. */
    double zero = 0.0;
};

/** Divides the band of a sweep by its spectrum, as deconvolve() does, with minimum phase. [not audio]
    @param sweep  without a problem */
InverseSweep inverseOf (const Sweep& sweep);

} // namespace faltwerk
