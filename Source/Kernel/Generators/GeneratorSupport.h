#pragma once

#include "Kernel/Kernel.h"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** Functions that the generators share: signals are made in double precision and become a kernel's floats at the end.
    All are pure. [not audio] */
using Signal = std::vector<double>;

/** Returns a time in whole frames. */
inline size_t framesFor (double seconds, double sampleRate)
{
    return static_cast<size_t> (std::llround (seconds * sampleRate));
}

/** Returns the factor from one sample to the next of a decay by 60 dB in a time. */
inline double decayFactor (double t60, double sampleRate) { return std::exp (-std::log (1000.0) / (t60 * sampleRate)); }

/** Returns the frames that a signal needs for an impulse at a position in frames. */
size_t framesForImpulse (double position);

/** Adds an impulse of a gain at a position between frames, long enough signal given: a sinc under a Kaiser window of up
    to 32 frames to each side, with its gain at 0 Hz; as many as fit in front of it. A whole position is one frame. */
void addImpulse (Signal& signal, double position, double gain);

/** Returns the modified Bessel function of the first kind and order 0, by its power series: of Kaiser's window. */
double besselI0 (double x);

/** Lets the last frames sink to 0 along a raised cosine. */
void fadeOut (Signal& signal, size_t numFrames);

/** Filters by a causal high-pass of second order (Butterworth), which removes 0 Hz. */
void removeLows (Signal& signal, double cutoffHz, double sampleRate);

/** Returns a kernel of one channel (mono), two (stereo) or four (true stereo: LL LR RL RR), as they are. */
Kernel kernelOf (const std::vector<Signal>& channels, double sampleRate, std::string name);

/** Makes a kernel of unit energy at 48 kHz: the sum of squares times rate / 48 kHz, averaged over the outputs, is 1. */
Kernel kernelOfUnitEnergy (std::vector<Signal> channels, double sampleRate, std::string name);

/** Returns why a length is not possible, in one sentence; empty if it is. The length may exceed every integer. */
std::string problemWithLength (double lengthInFrames, size_t longest = longestKernelInFrames);

} // namespace faltwerk
