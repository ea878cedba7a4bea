#pragma once

#include "Kernel/Measuring/Deconvolution.h"

namespace faltwerk
{

/** Lets a measured kernel begin when a cable in place of what was measured would have answered, so that it holds its
    own delay before the first sound and not that of interface and driver. A sound that comes earlier than through the
    cable leaves the kernel as it is; remarksOn() says so. [not audio]
    @param result  of recordings that began with the sweep's file, with minimum phase
    @param seconds  latency of the loop, as deconvolve() finds it in a recording through a cable */
void takeOffLoop (Deconvolved& result, double seconds);

} // namespace faltwerk
