#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Measuring/Response.h"

namespace faltwerk
{

/** A frequency from which on a response comes earlier or later than below it. No room, loudspeaker or plate has such a
    step, but the recording of a sweep from which samples were lost, or into which some were put. */
struct ArrivalStep
{
    double frequency = 0.0; // Hz; 0 if there is none
    double seconds = 0.0;   // by which the higher frequencies come later; earlier below 0
    double begin = 0.0;     // s from the first sound to where the lower frequencies begin

    explicit operator bool() const noexcept { return frequency > 0.0; }
};

/** The part of a response in which an ArrivalStep is looked for. */
struct ArrivalStepRange
{
    double low = 0.0, high = 0.0;      // Hz
    double before = 0.0, behind = 0.0; // s around the first sound
    double growthTime = 0.0;           // s, of the sweep: e times the frequency pass while that much is lost
};

/** Compares when the bands of a response begin: at the first rise to 20 dB below their peak, out of the noise. A step
    is higher than three times the spread of the bands on either side of it, and than the time that the bands resolve:
    some ms above 300 Hz and more below. Throws Cancelled. [not audio]
    @param arrival  the sample of the first sound */
ArrivalStep findArrivalStep (const CircularResponse&,
                             long long arrival,
                             double sampleRate,
                             const ArrivalStepRange&,
                             const IsCancelled& = {});

} // namespace faltwerk
