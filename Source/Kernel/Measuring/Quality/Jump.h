#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <span>

namespace faltwerk
{

/** A place in a sweep's recording where the wave jumps. */
struct Jump
{
    double seconds = -1.0; // from the recording's beginning; below 0 if there is none

    explicit operator bool() const noexcept { return seconds >= 0.0; }
};

/** Finds the highest jump: a third of a millisecond whose power above the third harmonic is 15 dB over the median of
    100 ms before and behind, alone or with few others. Samples that were lost or repeated leave one, and a click beside
    the microphone does. Looked for while the sweep is below a twelfth of the sample rate. Throws Cancelled. [not audio]
    @param law  of the sweep, as it was recorded
    @param arrival  frames from the recording's beginning to the first sound */
Jump findJump (std::span<const float> recording,
               double sampleRate,
               const Sweep& law,
               long long arrival,
               const IsCancelled& = {});

} // namespace faltwerk
