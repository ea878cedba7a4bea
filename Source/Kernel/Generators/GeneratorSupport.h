#pragma once

#include "Kernel/Kernel.h"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** What the generators share: signals are made in double precision and become a kernel's floats at the end. All are
    pure. [any, not audio] */
using Signal = std::vector<double>;

/** A time in whole frames. */
inline size_t framesFor (double seconds, double sampleRate)
{
    return static_cast<size_t> (std::llround (seconds * sampleRate));
}

/** The factor from one sample to the next of a decay by 60 dB in a time. */
inline double decayFactor (double t60, double sampleRate) { return std::exp (-std::log (1000.0) / (t60 * sampleRate)); }

/** Lets the last frames sink to 0 along a raised cosine. */
void fadeOut (Signal& signal, size_t numFrames);

/** A causal high-pass of second order (Butterworth), which leaves nothing at 0 Hz. */
void removeLows (Signal& signal, double cutoffHz, double sampleRate);

/** A kernel of one channel (mono) or two (stereo), as they are. */
Kernel kernelOf (const std::vector<Signal>& channels, double sampleRate, std::string name);

/** The same with unit energy at 48 kHz: the sum of squares, times rate / 48 kHz, is 1 in the mean of the channels. */
Kernel kernelOfUnitEnergy (std::vector<Signal> channels, double sampleRate, std::string name);

/** Why a length is not possible, in one sentence; empty if it is. The length may exceed every integer. */
std::string problemWithLength (double lengthInFrames, size_t longest = longestKernelInFrames);

} // namespace faltwerk
