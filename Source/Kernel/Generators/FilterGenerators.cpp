#include "Kernel/Generators/FilterGenerators.h"

#include "Kernel/Edits/MinimumPhase.h"
#include "Kernel/Fourier.h"
#include "Kernel/Generators/GeneratorSupport.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

/** Returns the parameter of Kaiser's window for an attenuation (Kaiser: Nonrecursive digital filter design using the
    I0-sinh window function, ISCAS 1974). */
double kaiserBeta (double attenuation)
{
    if (attenuation > 50.0)
        return 0.1102 * (attenuation - 8.7);

    return attenuation > 21.0 ? 0.5842 * std::pow (attenuation - 21.0, 0.4) + 0.07886 * (attenuation - 21.0) : 0.0;
}

/** An odd number of taps, each an ideal tap at its distance from the centre times a Kaiser window. */
template <typename IdealTap>
Signal windowed (size_t taps, double attenuation, IdealTap idealTap)
{
    const size_t half = taps / 2;
    const double beta = kaiserBeta (attenuation), edge = static_cast<double> (half) + 1.0;
    Signal signal (2 * half + 1);

    for (size_t n = 0; n < signal.size(); ++n)
    {
        const double x = static_cast<double> (n) - static_cast<double> (half);
        signal[n] = idealTap (x) * besselI0 (beta * std::sqrt (1.0 - x * x / (edge * edge))) / besselI0 (beta);
    }

    return signal;
}

/** Returns the response of a symmetric filter, without its delay, at a frequency in cycles per sample. */
double gainAt (const Signal& signal, double frequency)
{
    const double half = static_cast<double> (signal.size() / 2);
    double sum = 0.0;

    for (size_t n = 0; n < signal.size(); ++n)
        sum += signal[n] * std::cos (2.0 * pi * frequency * (static_cast<double> (n) - half));

    return sum;
}

void scale (Signal& signal, double factor)
{
    for (auto& sample : signal)
        sample *= factor;
}

/** Returns a low-pass with a gain of 1 at 0 Hz. */
Signal lowPass (double cutoffHz, double sampleRate, size_t taps, double attenuation)
{
    const double cutoff = std::clamp (cutoffHz / sampleRate, 0.0, 0.5); // cycles per sample

    auto signal = windowed (taps, attenuation,
                            [cutoff] (double n)
                            { return n == 0.0 ? 2.0 * cutoff : std::sin (2.0 * pi * cutoff * n) / (pi * n); });
    const double sum = gainAt (signal, 0.0);

    if (sum > 0.0)
        scale (signal, 1.0 / sum);

    return signal;
}

/** Returns a delta minus a filter with a gain of 1 at its centre. */
Signal complement (Signal signal)
{
    scale (signal, -1.0);
    signal[signal.size() / 2] += 1.0;
    return signal;
}

/** Returns the pass-band between two cutoffs, with a gain of 1 in its middle. */
Signal bandPass (double low, double high, double sampleRate, size_t taps, double attenuation)
{
    auto signal = lowPass (high, sampleRate, taps, attenuation);
    const auto below = lowPass (low, sampleRate, taps, attenuation);
    std::transform (signal.begin(), signal.end(), below.begin(), signal.begin(), std::minus<> {});
    return signal;
}

constexpr size_t mostAutomaticTaps = 1 << 20;

/** Returns the taps for a transition of a width in Hz, by Kaiser's estimate (see kaiserBeta()). */
double tapsForTransition (double widthHz, double attenuation, double sampleRate)
{
    return std::max (0.0, attenuation - 7.95) / (2.285 * 2.0 * pi * widthHz / sampleRate) + 1.0;
}

/** Returns the taps that keep the gain at each cutoff one half: transitions that end before the next cutoff, 0 Hz and
    half the sample rate, and are at most half a cutoff wide. */
double tapsFor (double low, double high, double attenuation, double sampleRate)
{
    const double band = high > low ? high - low : sampleRate;
    return tapsForTransition (std::min ({ 0.5 * low, 0.5 * band, 0.5 * sampleRate - high }), attenuation, sampleRate);
}

/** Returns the taps that a filter needs by its cutoffs, whether it has one or two. */
template <typename Filter>
double tapsNeededBy (const Filter& p)
{
    if constexpr (requires { p.cutoff; })
        return tapsFor (p.cutoff, p.cutoff, p.attenuation, p.sampleRate);
    else
        return tapsFor (p.lowCutoff, p.highCutoff, p.attenuation, p.sampleRate);
}

template <typename Filter>
size_t tapsOf (const Filter& p)
{
    return p.taps > 0 ? p.taps : static_cast<size_t> (tapsNeededBy (p));
}

/** Returns a filter of linear phase, or the one of minimum phase and equal magnitudes. */
Kernel filtered (Signal signal, size_t phase, double sampleRate, const char* name)
{
    if (phase == linearPhase)
        return kernelOf ({ std::move (signal) }, sampleRate, name);

    // Many bins, since the cepstrum of zeros on the unit circle dies slowly.
    const size_t size = std::clamp<size_t> (std::bit_ceil (16 * signal.size()), 8192, size_t { 1 } << 22);
    Fourier fourier (size);
    std::vector<Fourier::Complex> spectrum (size);
    std::copy (signal.begin(), signal.end(), spectrum.begin());
    fourier.forward (spectrum);
    std::vector<float> magnitudes (size / 2 + 1);
    std::transform (spectrum.begin(), spectrum.begin() + static_cast<std::ptrdiff_t> (magnitudes.size()),
                    magnitudes.begin(), [] (auto bin) { return std::abs (bin); });
    auto impulse = minimumPhaseImpulse (magnitudes);
    impulse.resize (signal.size());
    return kernelOf ({ Signal (impulse.begin(), impulse.end()) }, sampleRate, name);
}

std::string problemWithCutoff (double cutoff, double sampleRate)
{
    if (cutoff < 0.5 * sampleRate)
        return {};

    char text[200];
    std::snprintf (text, sizeof text,
                   "a cutoff of %g Hz is not below half the sample rate, which is %g Hz. Lower the cutoff or raise the "
                   "sample rate.",
                   cutoff, 0.5 * sampleRate);
    return text;
}

std::string problemWithBand (double low, double high, double sampleRate)
{
    if (low < high)
        return problemWithCutoff (high, sampleRate);

    char text[160];
    std::snprintf (text, sizeof text,
                   "its lower cutoff, %g Hz, is not below its upper one, %g Hz. Lower the one or raise the other.", low,
                   high);
    return text;
}

/** Returns what is wrong with a filter's cutoffs; if nothing is, what is wrong with the number of taps that they need.
    In a sentence, empty if all is right. */
template <typename Filter>
std::string problemWithEither (std::string problemOfCutoffs, const Filter& p)
{
    const double taps = problemOfCutoffs.empty() && p.taps == 0 ? tapsNeededBy (p) : 0.0;

    if (taps <= static_cast<double> (mostAutomaticTaps))
        return problemOfCutoffs;

    char text[200];
    std::snprintf (text, sizeof text,
                   "so narrow a filter takes %.0f taps, and at most %zu are made. Choose other cutoffs, or the taps.",
                   taps, mostAutomaticTaps);
    return text;
}

/** Returns the position of an echo in frames. */
double positionOf (double milliseconds, double sampleRate, int version)
{
    const double position = milliseconds * 1e-3 * sampleRate;
    return version == 1 ? std::round (position) : position;
}

double positionOf (const DelayedDelta& p) { return positionOf (p.delay, p.sampleRate, p.version); }
double periodOf (const Comb& p)
{
    const double period = positionOf (p.delay, p.sampleRate, p.version);
    return p.version == 1 ? std::max (1.0, period) : period;
}

} // namespace

Kernel generate (const Delta& p) { return kernelOf ({ { 1.0 } }, p.sampleRate, "Delta"); }

Kernel generate (const DelayedDelta& p)
{
    Signal signal (framesForImpulse (positionOf (p)));
    addImpulse (signal, positionOf (p), 1.0);
    return kernelOf ({ signal }, p.sampleRate, "Delay");
}

Kernel generate (const Comb& p)
{
    const double period = periodOf (p);
    size_t length = 0; // an echo between frames ends later than the last one, if that is on a frame
    double gain = 1.0;

    for (size_t echo = 0; echo <= p.numEchoes; ++echo)
        length = std::max (length, framesForImpulse (static_cast<double> (echo) * period));

    Signal signal (length);

    for (size_t echo = 0; echo <= p.numEchoes; ++echo, gain *= p.gain)
        addImpulse (signal, static_cast<double> (echo) * period, gain);

    return kernelOf ({ signal }, p.sampleRate, "Comb");
}

Kernel generate (const MovingAverage& p)
{
    const size_t taps = std::max<size_t> (1, p.taps);
    return kernelOf ({ Signal (taps, 1.0 / static_cast<double> (taps)) }, p.sampleRate, "Moving Average");
}

Kernel generate (const Gaussian& p)
{
    const auto half = static_cast<size_t> (std::ceil (6.0 * p.sigma));
    Signal signal (2 * half + 1);
    double sum = 0.0;

    for (size_t n = 0; n < signal.size(); ++n)
    {
        const double x = (static_cast<double> (n) - static_cast<double> (half)) / p.sigma;
        sum += signal[n] = std::exp (-0.5 * x * x);
    }

    scale (signal, 1.0 / sum);
    return kernelOf ({ signal }, p.sampleRate, "Gaussian");
}

Kernel generate (const LowPass& p)
{
    return filtered (lowPass (p.cutoff, p.sampleRate, tapsOf (p), p.attenuation), p.phase, p.sampleRate, "Low-pass");
}

Kernel generate (const HighPass& p)
{
    auto signal = complement (lowPass (p.cutoff, p.sampleRate, tapsOf (p), p.attenuation));
    return filtered (std::move (signal), p.phase, p.sampleRate, "High-pass");
}

Kernel generate (const BandPass& p)
{
    auto signal = bandPass (p.lowCutoff, p.highCutoff, p.sampleRate, tapsOf (p), p.attenuation);
    return filtered (std::move (signal), p.phase, p.sampleRate, "Band-pass");
}

Kernel generate (const BandStop& p)
{
    auto signal = complement (bandPass (p.lowCutoff, p.highCutoff, p.sampleRate, tapsOf (p), p.attenuation));
    return filtered (std::move (signal), p.phase, p.sampleRate, "Band-stop");
}

Kernel generate (const Differentiator& p)
{
    auto signal = windowed (p.taps, p.attenuation,
                            [] (double n) { return n == 0.0 ? 0.0 : (std::fmod (n, 2.0) == 0.0 ? 1.0 : -1.0) / n; });
    return kernelOf ({ std::move (signal) }, p.sampleRate, "Differentiator");
}

Kernel generate (const Hilbert& p)
{
    auto signal =
        windowed (p.taps, p.attenuation, [] (double n) { return std::fmod (n, 2.0) == 0.0 ? 0.0 : 2.0 / (pi * n); });
    return kernelOf ({ std::move (signal) }, p.sampleRate, "Hilbert");
}

std::string problemWith (const DelayedDelta& p) { return problemWithLength (positionOf (p) + 1.0); }

std::string problemWith (const Comb& p)
{
    return problemWithLength (periodOf (p) * static_cast<double> (p.numEchoes) + 1.0);
}

std::string problemWith (const LowPass& p) { return problemWithEither (problemWithCutoff (p.cutoff, p.sampleRate), p); }
std::string problemWith (const HighPass& p)
{
    return problemWithEither (problemWithCutoff (p.cutoff, p.sampleRate), p);
}

std::string problemWith (const BandPass& p)
{
    return problemWithEither (problemWithBand (p.lowCutoff, p.highCutoff, p.sampleRate), p);
}

std::string problemWith (const BandStop& p)
{
    return problemWithEither (problemWithBand (p.lowCutoff, p.highCutoff, p.sampleRate), p);
}

} // namespace faltwerk
