#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>

namespace faltwerk
{

/** How loud a kernel is. Peak, RMS and DC are of samples as they are; the energy is the sum of squares in a path, at
    48 kHz (times rate / 48000), as the mean over the paths, so that a kernel has the same at every rate. */
struct Levels
{
    double peak = 0.0; // the largest magnitude
    size_t peakFrame = 0, peakPath = 0;
    double energy = 0.0;
    double rms = 0.0;        // over all frames and paths
    double dc = 0.0;         // the mean of all frames; the path's with the largest
    size_t framesTo60dB = 0; // after this many, less than a millionth of the energy is left
};

/** [not audio] */
Levels measureLevels (const Kernel&) noexcept;

} // namespace faltwerk
