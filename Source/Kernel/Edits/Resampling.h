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

/** Returns the kernel at another sample rate, band-limited by libsoxr and scaled by f_src / f_dst, which keeps the
    frequency response. What its filter rings behind the end is kept; what it rings before time 0 is moved behind it
    (see PreRinging), with the same spectrum up to 0.825 of half the lower rate, and where that needs it one frame of
    delay. A kernel without a rate only takes the new one. Throws std::bad_alloc. [not audio] */
Kernel resampled (Kernel kernel, double sampleRate, ResamplingQuality = ResamplingQuality::highest);

/** Like resampled() at the highest quality, but without what its filter rings before time 0 and behind the end. Only
    for the generators' recipes of before that was kept, whose bits stay as they are. [not audio] */
Kernel resampledAndCut (Kernel kernel, double sampleRate);

/** Returns the length after resampling, in frames: ceil (m f_dst / f_src), and 64 frames of the lower rate for what
    rings behind the end; m if the rates are equal. [any] */
size_t resampledLength (size_t lengthInFrames, double fromRate, double toRate);

} // namespace faltwerk
