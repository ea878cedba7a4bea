#pragma once

#include <string>
#include <vector>

namespace faltwerk
{

/** An exponential sine sweep to play through what is to be measured: x = sin (2 pi f1 L (e^(t / L) - 1)) with
    L = T / ln (f2 / f1) (A. Farina, Simultaneous measurement of impulse response and distortion with a swept-sine
    technique, 108th AES convention, 2000), between silence before and after, and faded at both ends against clicks. */
struct Sweep
{
    double sampleRate = 48000.0;      // Hz, of the file that is made
    double from = 15.0, to = 22000.0; // f1, f2 in Hz
    double seconds = 10.0;            // T
    double leadIn = 0.5, tail = 4.0;  // s of silence: the tail must be longer than what is measured rings
    double levelDb = -6.0;            // of the peak, relative to full scale

    /** Returns L, in which the frequency grows by the factor e, in s. */
    double growthTime() const;

    /** Returns the time from the sweep's beginning at which it has a frequency in Hz, in s. */
    double timeOf (double frequency) const;

    bool operator== (const Sweep&) const = default;
};

/** Returns a sweep as a recorder hears it whose clock is faster than the player's by a share. [any] */
Sweep stretched (Sweep, double share);

/** The highest end of a sweep, as a share of the sample rate. */
constexpr double highestSweepEnd = 0.48;

/** The longest sweep with its silence, and the longest recording, in frames: 87 s at 192 kHz. */
constexpr size_t longestRecordingInFrames = size_t { 1 } << 24;

/** Returns why a sweep cannot be, at any sample rate, in one sentence; empty if it can. [any] */
std::string problemOfLaw (const Sweep&);

/** Returns why a sweep cannot be made at its sample rate, in one sentence; empty if it can. [any] */
std::string problemOf (const Sweep&);

/** Returns the samples of a sweep without a problem, with its silence. [not audio] */
std::vector<float> makeSweep (const Sweep&);

/** Evaluates the sine at another sample rate than it was made at, without the silence around it. A sweep that goes
    beyond 0.48 of that rate is faded out up to 0.4975 of it, and ends there: its law stays. [not audio] */
std::vector<float> makeSine (const Sweep&, double sampleRate);

/** Returns what is said of a sweep: "15 Hz to 22000 Hz in 10 s". [not audio] */
std::string inWords (const Sweep&);

} // namespace faltwerk
