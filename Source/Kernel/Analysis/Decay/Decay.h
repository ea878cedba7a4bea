#pragma once

#include "Kernel/Analysis/Figure.h"
#include "Kernel/Kernel.h"

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** A decay that is drawn: levels in dB at equal steps of time, which begin at the onset. */
struct DecayCurve
{
    double step = 0.0; // s
    std::vector<float> levels;
};

/** How a band of a kernel decays, and what follows from that (ISO 3382-1).

    The energy is integrated backwards from the crossing of decay and noise, with the noise taken off and with what the
    decay would still give after it (Schroeder 1965; Lundeby 1995). A time is that of 60 dB at the slope of a line by
    least squares. Energies are sums over all paths of the kernel, and time begins at the onset. */
struct BandDecay
{
    double centre = 0.0; // Hz; 0 for all that can be heard, up to 20 kHz

    Figure edt, t20, t30; // s: from 0 to -10, -5 to -25, -5 to -35 dB
    Figure c50, c80;      // dB: energy before over energy after 50, 80 ms
    Figure d50;           // %: energy before 50 ms in all
    Figure ts;            // ms: the centre of the energy in time

    double quality20 = 0.0, quality30 = 0.0; // r^2 of the lines: 1 if the decay is straight
    Figure curvature;                        // %: by how much T30 exceeds T20

    double rangeInDb = 0.0;         // of the level smoothed over 12 ms, above the noise or the kernel's end
    double noiseInDb = 0.0;         // the noise's level on the scale of `level`
    bool hasNoise = false;          // or the kernel ends before any
    double crossingInSeconds = 0.0; // where the decay meets the noise, or the end

    DecayCurve schroeder; // dB of all energy that is still to come; ends at the crossing
    DecayCurve level;     // dB of the RMS over 12 ms, relative to its maximum; to the kernel's end
};

/** A kernel's decay as a whole and in octave bands. */
struct Decay
{
    size_t onset = 0;             // the first frame within 20 dB of the peak, in any path
    std::vector<BandDecay> bands; // the whole band first, then octaveCentres

    const BandDecay& broadband() const noexcept { return bands.front(); }

    /** Returns the mean of a figure over the octaves at 500 Hz and 1 kHz, which stands for a room. */
    Figure mid (Figure BandDecay::*figure) const noexcept;
};

/** Returns the first frame within a number of dB of the peak, in any path. [not audio] */
size_t findOnset (const Kernel&, double withinDb = 20.0) noexcept;

/** @param kernel  with a sample rate, of at least one frame that is not zero. [not audio] */
Decay analyseDecay (const Kernel&);

/** Returns the whole band alone, for less. [not audio] */
BandDecay analyseBroadbandDecay (const Kernel&);

/** The one slope that stands for how a kernel falls. */
struct DecaySlope
{
    double rate = 0.0;     // dB/s
    double onset = 0.0;    // s
    double crossing = 0.0; // s after the onset, at which noise takes over, or the kernel's end
    bool hasNoise = false;
};

/** Returns the slope of T30, or else of T20, EDT, or of the time until a millionth of the energy is left: every kernel
    with energy has one. Looks at what lies below some kHz, millisecond by millisecond, which is quick. [not audio] */
DecaySlope measureDecaySlope (const Kernel&);

} // namespace faltwerk
