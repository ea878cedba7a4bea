#pragma once

#include "Kernel/Cancellation.h"
#include "Kernel/Kernel.h"
#include "Kernel/Measuring/Quality/Clipping.h"
#include "Kernel/Measuring/Quality/Harmonics.h"
#include "Kernel/Measuring/Quality/Interruption.h"
#include "Kernel/Measuring/Quality/LoopEcho.h"
#include "Kernel/Measuring/RecordingDivision.h"
#include "Kernel/Measuring/Sweeps/Sweep.h"
#include "Kernel/Measuring/Sweeps/SweepChoice.h"
#include "Kernel/Sound.h"

#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** The content of a recording's channel. */
struct MeasuredChannel
{
    bool holdsSweep = false; // or else its path is silence
    double levelDb = 0.0;    // of its response, relative to the strongest channel
    Clipping clipping;       // in any take
};

/** A kernel found in recordings of a sweep, and what there is to know of the measurement. */
struct Deconvolved
{
    Kernel kernel; // begins half a millisecond before the first sound, or earlier with a linear phase: preRollOf()

    /** s from the sweep to the first sound, if file and recording began together; below 0 if the recording began
        late. */
    double latency = 0.0;

    /** Latency of the loop that was taken off: see takeOffLoop(). The kernel begins then, unless it comes before. */
    std::optional<double> loopLatency;
    bool comesBeforeLoop() const { return loopLatency && latency < *loopLatency - 0.5 / kernel.sampleRate; }

    double snrInDb = 0.0; // from the kernel's level, smoothed over 12 ms, to the noise that is left of the recording
    bool noiseWasReached = false; // and the kernel's tail is faded there; or else it ends with the recording
    double endInDb = 0.0;         // level of the kernel's end before it was faded, relative to its highest

    Harmonics harmonics; // left out with what is before the onset; none if the sweep's law is not known

    std::optional<Sweep> sweep; // by whose law the recording was divided, as it was played; none for other signals
    bool wasFound = false;      // found in the recording and not given
    bool isCertain = true;      // false: another sweep would fit as well
    double uncertaintyInSeconds = 0.0; // by which high frequencies may come too early or late, if it is not certain
    std::optional<Sweep> fits;         // another that fits the recording; then the kernel is smeared

    /** By which the recorder's clock was faster than the player's; corrected. 0 if the sweep was not given. */
    double driftInPpm = 0.0;

    double smearInSeconds = 0.0; // by which the highest frequencies arrive later than the lowest (below 0: earlier)
    Interruption interruption;   // of the first take
    LoopEcho echo;
    std::vector<MeasuredChannel> channels;
    size_t numTakes = 1;
};

/** Divides the spectra of recordings by that of the sweep. Gain is 1 between f1 and f2 and falls to nothing within half
    an octave above f1 and a twelfth below f2. What stands before the onset is harmonic distortion (by L ln k for
    harmonic k) and is left out. The strongest channel decides where the kernel begins, with those that hold the sweep
    at most 40 dB below it.

    @param takes  recordings of one sample rate and number of channels, of which the mean is taken, aligned to the
    first. Their channels are those of the kernel: one is mono, two stereo, four true stereo in the order LL LR RL RR. A
    recording may begin earlier or later than the sweep's file did.
    @param namesOfTakes  for sentences on one of several takes; `name` stands for those that have none
    @param isCancelled  called now and then; true ends the work with a failure, whose sentence is not shown
    Fails if the sweep is not in them from beginning to end, or if they are too long. [not audio] */
Outcome<Deconvolved> deconvolve (const std::vector<Sound>& takes,
                                 const KnownSweep&,
                                 const std::string& name,
                                 BandPhase = BandPhase::minimum,
                                 const std::vector<std::string>& namesOfTakes = {},
                                 const IsCancelled& isCancelled = {});

} // namespace faltwerk
