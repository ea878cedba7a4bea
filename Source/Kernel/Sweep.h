#pragma once

#include "Kernel/Kernel.h"

#include <string>
#include <vector>

namespace faltwerk
{

/** An exponential sine sweep to play through what is to be measured: x = sin (2 pi f1 T / R (e^(t R / T) - 1)) with
    R = ln (f2 / f1) (A. Farina, Simultaneous measurement of impulse response and distortion with a swept-sine
    technique, 108th AES convention, 2000), between silence before and after, and faded at both ends against clicks. */
struct Sweep
{
    double sampleRate = 48000.0;      // Hz
    double from = 15.0, to = 22000.0; // f1, f2 in Hz
    double seconds = 10.0;            // T
    double leadIn = 0.5, tail = 4.0;  // s of silence: the tail must be longer than what is measured rings
    double levelDb = -6.0;            // of the peak, relative to full scale
};

/** Why a sweep cannot be made, in one sentence; empty if it can. [any] */
std::string problemOf (const Sweep&);

/** The samples of a sweep without a problem. [any, not audio] */
std::vector<float> makeSweep (const Sweep&);

/** A kernel found in recordings of a sweep. */
struct Deconvolved
{
    Kernel kernel;        // begins half a millisecond before the first sound arrives, in any channel
    double latency = 0.0; // s from the sweep to the first sound
    double snrInDb = 0.0; // from the kernel's level, smoothed over 12 ms, to the noise that is left of the recording
    bool noiseWasReached = false; // and the kernel's tail is faded there; or else it ends with the recording

    /** The second harmonic's energy relative to the kernel's, in dB: what the gate before the onset took away. */
    double secondHarmonicInDb = 0.0;
};

/** Divides the spectra of recordings by that of the sweep. Gain is 1 between f1 and f2 and falls to nothing within a
    third of an octave below and a sixth above, by a filter of minimum phase, so that nothing comes before the onset.
    What stands before the onset is harmonic distortion (by T ln k / R for harmonic k) and is left out.

    @param channels  of one recording or several that began together, all at the sweep's rate: one is a mono kernel, two
    a stereo one, four true stereo in the order LL LR RL RR. They may begin earlier or later than the sweep's file did.
    Fails if there is no sweep in them, or if they are too long. [any, not audio] */
Outcome<Deconvolved> deconvolve (const std::vector<std::vector<float>>& channels, const Sweep&, std::string name);

} // namespace faltwerk
