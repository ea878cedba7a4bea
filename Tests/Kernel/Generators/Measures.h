#pragma once

#include "Kernel/Kernel.h"

#include <complex>
#include <span>
#include <vector>

namespace faltwerk::test
{

/** What ears and acousticians measure on a kernel, in double precision and without any code of the product. */
using Signal = std::vector<double>;

Signal inDouble (std::span<const float> path);

/** The response at a frequency in Hz: a sum over the taps. */
std::complex<double> responseAt (std::span<const float> path, double frequency, double sampleRate);

/** The mean power spectrum between two frequencies in Hz. */
double powerBetween (const Signal& signal, double sampleRate, double low, double high);

/** The mean power spectra of neighbouring bands of a 24th octave, in dB. */
Signal fineSpectrum (const Signal& signal, double sampleRate, double low, double high);

/** The signal's part in the octave around a frequency, without any phase. */
Signal octaveAround (const Signal& signal, double frequency, double sampleRate);

/** Schroeder's backward integral in dB below the whole energy. */
Signal decayCurve (const Signal& signal);

/** A straight line through a decay curve between two levels: T60 in s, and the largest distance from it in dB. */
struct Line
{
    double decay, deviation;
};

Line fitted (const Signal& curve, double sampleRate, double fromDb, double toDb);

/** The normalised echo density around a frame (Abel, Huang: A simple, robust measure of reverberation echo density,
    AES 121st convention, 2006), in a window of 20 ms: 1 for Gaussian noise. */
double echoDensity (const Signal& signal, size_t centre, double sampleRate);

/** The normalised correlation of two signals of one length, without a delay. */
double correlation (const Signal& a, const Signal& b);

double energy (std::span<const float> path);

/** The energy at 48 kHz, in the mean of all paths. */
double energyAt48kHz (const Kernel& kernel);

} // namespace faltwerk::test
