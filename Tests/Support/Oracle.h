#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace faltwerk::test
{

/** Gaussian noise from a seed; the same on every machine. */
std::vector<float> noise (size_t length, uint64_t seed, double deviation = 0.25);

/** Noise that decays by 60 dB over its length, with unit energy: a kernel like a room's. */
std::vector<float> decayingNoise (size_t length, uint64_t seed);

/** The full convolution in double precision, by FFTW: independent of our own transform.
    An empty operand gives an empty result. */
std::vector<double> oracle (std::span<const float> signal, std::span<const float> kernel);

/** The RMS of the difference from the oracle's first samples, in dB relative to their RMS; -infinity if none. */
double errorInDb (std::span<const float> measured, std::span<const double> expected);

/** Returns the first frame with the largest magnitude. */
size_t peakFrameOf (std::span<const float> signal);

/** The positions at which two signals differ in any bit, as text for a failure message; empty if none. */
std::string differingBits (std::span<const float> a, std::span<const float> b);

} // namespace faltwerk::test
