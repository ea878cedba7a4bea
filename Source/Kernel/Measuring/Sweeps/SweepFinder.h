#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <span>
#include <vector>

namespace faltwerk
{

/** Sweeps that may be in a recording; levels and silence are those of a default sweep. */
struct FoundSweeps
{
    std::vector<Sweep> sweeps; // the likeliest first; empty if there is none
    bool areRound = false;     // their figures are round, and agree with the recording: so must the phase

    /** By how much the growth time may be wrong, in s: little if all bands of the response sound at once, and more in a
        dense room, or through a plate, which disperses by itself. */
    double uncertainty = 0.0;
};

/** Finds exponential sweeps in a recording: their f1, f2 and T.

    All that disperses a response is L = T / ln (f2 / f1), the time in which the frequency grows by the factor e: a band
    around f sounds at t0 + L ln f. A line through the bands' times gives L; with that dispersion taken away the bands'
    times are sharper and give the rest of it, and at last the sharpness of the response itself. The ends are where the
    energy ends, and are moved to the round figures nearby (or those of a whole sample rate) that agree with L. In a
    room that rings densely, several may: the one is right that leaves least before the first sound.

    Finds none if the recording is longer than 8/9 of longestRecordingInFrames. Throws Cancelled. [not audio] */
FoundSweeps findSweeps (std::span<const float> recording, double sampleRate, const IsCancelled& = {});

} // namespace faltwerk
