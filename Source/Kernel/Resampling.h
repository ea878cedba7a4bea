#pragma once

#include "Kernel/Kernel.h"

namespace faltwerk
{

/** How exactly to resample: the rest of what should not be there lies below -140 or -120 dB. */
enum class ResamplingQuality
{
    highest,
    high // in less than half the time
};

/** The kernel at another sample rate, band-limited by libsoxr: ceil (m f_dst / f_src) frames,
    scaled by f_src / f_dst, which keeps the frequency response. A kernel without a rate only takes the new one.
    [any, not audio] */
Kernel resampled (Kernel kernel, double sampleRate, ResamplingQuality = ResamplingQuality::highest);

/** The length after resampling, in frames. [any] */
size_t resampledLength (size_t lengthInFrames, double fromRate, double toRate);

} // namespace faltwerk
