#pragma once

#include "Kernel/Measuring/Quality/ArrivalStep.h"
#include "Kernel/Measuring/Quality/Dropout.h"
#include "Kernel/Measuring/Quality/Jump.h"
#include "Kernel/Measuring/RecordingDivision.h"

#include <span>
#include <string>

namespace faltwerk
{

/** What happened to a sweep's recording while the sweep was heard. */
struct Interruption
{
    Dropout silence;

    double shift = 0.0;   // s by which the sweep comes later from a place on; earlier below 0
    double shiftAt = 0.0; // s from the recording's beginning

    Jump jump; // where nothing else was found
};

/** Looks for silence in a recording, for a part of the sweep that comes early or late, and for jumps. Nothing is found
    if the law of what was played is not known. [not audio]
    @param channel  the recording, by its division
    @param law  of the sweep, as it was recorded */
Interruption findInterruption (std::span<const float> recording,
                               const RecordingDivision&,
                               const MeasuredResponse& channel,
                               const Sweep& law);

/** Returns the worst interruption as a sentence that begins with a small letter: what, where, how long, and what to do.
    Empty if nothing was found. [any] */
std::string inWords (const Interruption&);

} // namespace faltwerk
