#pragma once

#include "Kernel/Kernel.h"

namespace faltwerk
{

/** The level measure that is made alike for kernels. */
enum class Normalise
{
    off,
    peak,    // the largest magnitude between and at samples, at 48 kHz
    energy,  // the energy that reaches an output, at 48 kHz
    loudness // the loudness of pink noise through the kernel
};

/** Returns the linear gain that brings a kernel to unit level. Each measure belongs to what a kernel does and not to
    how it is stored: silence before and after changes nothing, nor does the sample rate within 0.1 dB, and a single 1
    at 48 kHz has the gain 1.

    - peak: of the kernel's curve through its samples, times rate / 48 kHz, by which resampling scales samples;
    - energy: sum h^2 times rate / 48 kHz over the paths that lead to an output, as the mean over outputs;
    - loudness: the mean of |H|^2 over 20 Hz to 20 kHz, weighted as pink noise (1 / f) and by the K curve of ITU-R
      BS.1770-4.

    A kernel without a sample rate counts as one at 48 kHz. [not audio] */
double normalisingGain (const Kernel&, Normalise);

/** Returns the power of the K curve of ITU-R BS.1770-4 at a frequency in Hz: a shelf of 4 dB and a high-pass. Corner
    frequencies, qualities and gains are those of the analogue filters whose bilinear transforms at 48 kHz are its
    coefficients. [any] */
double loudnessWeight (double frequency);

} // namespace faltwerk
