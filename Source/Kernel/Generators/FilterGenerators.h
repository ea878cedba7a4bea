#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <string>

namespace faltwerk
{

/** Finite filters with one path. Their level is that of their response, not of their energy. What has a centre is
    symmetric (the differentiator and the Hilbert transformer: antisymmetric) about frame (taps - 1) / 2, which is its
    delay, unless its phase is minimum; an even number of taps is rounded up to an odd one. */

/** One sample of 1: lets everything pass. */
struct Delta
{
    double sampleRate = 48000.0; // Hz
};

/** One sample of 1 after a time; between two frames, a sinc. Version 1 rounded to whole frames. */
struct DelayedDelta
{
    double sampleRate = 48000.0;
    double delay = 250.0; // ms
    int version = 2;
};

/** Echoes at even distances; each is the one before times the gain. Version 1 rounded distances to whole frames, which
    tuned it wrong. */
struct Comb
{
    double sampleRate = 48000.0;
    double delay = 10.0; // ms, at least one frame
    size_t numEchoes = 12;
    double gain = 0.7; // from echo to echo; below 0 every other one is turned over
    int version = 2;
};

/** The mean of the last samples: sums to 1. */
struct MovingAverage
{
    double sampleRate = 48000.0;
    size_t taps = 48; // any number
};

/** A bell that sums to 1, cut at 6 sigma (-156 dB). */
struct Gaussian
{
    double sampleRate = 48000.0;
    double sigma = 24.0; // frames
};

/** The phase of a filter: linear, which delays all frequencies by half the length, or minimum, which delays as little
    as the same magnitudes allow. */
constexpr size_t linearPhase = 0, minimumPhase = 1;

/** Sinc filters under a Kaiser window. The cutoff is where the gain is 1/2 (-6.02 dB), if there are taps enough; 0 taps
    are as many as that takes. The pass-band's gain is 1. */
struct LowPass
{
    double sampleRate = 48000.0;
    double cutoff = 1000.0;    // Hz
    size_t taps = 0;           // as the cutoffs need
    double attenuation = 80.0; // of the stop-band, in dB
    size_t phase = linearPhase;
};

struct HighPass
{
    double sampleRate = 48000.0;
    double cutoff = 1000.0;
    size_t taps = 0; // as the cutoffs need
    double attenuation = 80.0;
    size_t phase = linearPhase;
};

struct BandPass
{
    double sampleRate = 48000.0;
    double lowCutoff = 300.0;
    double highCutoff = 3000.0;
    size_t taps = 0; // as the cutoffs need
    double attenuation = 80.0;
    size_t phase = linearPhase;
};

struct BandStop
{
    double sampleRate = 48000.0;
    double lowCutoff = 700.0;
    double highCutoff = 1400.0;
    size_t taps = 0; // as the cutoffs need
    double attenuation = 80.0;
    size_t phase = linearPhase;
};

/** The slope from sample to sample: the response j omega, with omega in radians per sample, up to near Nyquist. */
struct Differentiator
{
    double sampleRate = 48000.0;
    size_t taps = 255;
    double attenuation = 90.0; // of the ripple, in dB
};

/** A phase of -90 degrees at every frequency, but near 0 Hz and Nyquist. */
struct Hilbert
{
    double sampleRate = 48000.0;
    size_t taps = 511;
    double attenuation = 60.0;
};

/** [not audio] */
Kernel generate (const Delta&);
Kernel generate (const DelayedDelta&);
Kernel generate (const Comb&);
Kernel generate (const MovingAverage&);
Kernel generate (const Gaussian&);
Kernel generate (const LowPass&);
Kernel generate (const HighPass&);
Kernel generate (const BandPass&);
Kernel generate (const BandStop&);
Kernel generate (const Differentiator&);
Kernel generate (const Hilbert&);

/** Returns why a filter is not possible, as the end of a sentence and what to do; empty if it is. [any] */
std::string problemWith (const DelayedDelta&);
std::string problemWith (const Comb&);
std::string problemWith (const LowPass&);
std::string problemWith (const HighPass&);
std::string problemWith (const BandPass&);
std::string problemWith (const BandStop&);

} // namespace faltwerk
