#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>

namespace faltwerk
{

/** Where a kernel ends, and how far above the noise. */
struct KernelEnding
{
    double snrInDb = 0.0; // from the highest level, smoothed over 12 ms, to the noise
    double endInDb = 0.0; // level of the last 12 ms, relative to the highest
    bool noiseWasReached = false;
    size_t crossing = 0; // the frame where noise takes over, or the kernel's length
};

/** Finds where noise takes over. What falls no further, but lies far above the noise before the first sound, is a decay
    that was cut. [not audio]
    @param noise  mean power before the first sound, summed over the paths */
KernelEnding findEnding (const Kernel& kernel, double noise);

/** Fades the ends of a kernel: in before the onset, and out where noise takes over, or over the last tenth of what was
    cut. [not audio]
    @param preRoll  frames before the onset */
void fadeEnds (Kernel& kernel, size_t preRoll, const KernelEnding& ending);

} // namespace faltwerk
