#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Measuring/Sweeps/Excitation.h"
#include "Kernel/Measuring/Sweeps/Sweep.h"
#include "Kernel/Sound.h"

#include <cstddef>
#include <optional>
#include <string>

namespace faltwerk
{

/** Known figures of the sweep in a recording. If none of law, file, from, to and seconds is, they are found in the
    recording. If some figures are, the others are those of the law, or of `otherwise`. */
struct KnownSweep
{
    std::optional<double> from, to; // Hz
    std::optional<double> seconds, leadIn;
    std::optional<double> levelDb;
    std::optional<Sweep> law;  // all figures, as in the sweep's file (see sweepInFile())
    std::optional<Sound> file; // what was played, where no law is known

    Sweep otherwise {}; // for figures that are not given, and first of those that a recording may hold

    bool hasFigures() const noexcept { return from || to || seconds; }
};

/** The sweep that a recording is divided by. */
struct SweepChoice
{
    std::optional<Excitation> excitation; // or a problem
    bool wasFound = false;                // in the recording
    bool isGiven = false;                 // or else it was found, or is the default one
    bool isCertain = true;                // or else another sweep could have been found as well
    double uncertaintyInSeconds = 0.0;    // by which high frequencies may come too early or late, where it was found
    std::string problem {};               // the end of a sentence
};

/** Chooses what a recording is divided by, from what is known and from the recording itself. Throws Cancelled.
    [not audio]
    @param length  of the longest channel, in frames */
SweepChoice chooseSweep (const Sound& take, const KnownSweep&, size_t length, const IsCancelled& = {});

} // namespace faltwerk
