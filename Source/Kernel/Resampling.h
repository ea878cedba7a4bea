#pragma once

#include "Kernel/Kernel.h"

namespace faltwerk
{

/** The kernel at another sample rate, band-limited by libsoxr at its highest quality: ceil (m f_dst / f_src) frames,
    scaled by f_src / f_dst, which keeps the frequency response. A kernel without a rate only takes the new one.
    [any, not audio] */
Kernel resampled (const Kernel& kernel, double sampleRate);

/** The length after resampling, in frames. [any] */
size_t resampledLength (size_t lengthInFrames, double fromRate, double toRate);

} // namespace faltwerk
