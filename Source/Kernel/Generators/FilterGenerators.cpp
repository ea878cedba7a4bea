#include "Kernel/Generators/FilterGenerators.h"

#include "Kernel/Generators/GeneratorSupport.h"

#include <algorithm>
#include <cstdio>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

/** The modified Bessel function of the first kind and order 0, by its power series. */
double besselI0 (double x)
{
    double sum = 1.0, term = 1.0;

    for (double k = 1.0; term > 1e-17 * sum; ++k)
        sum += term *= (x / (2.0 * k)) * (x / (2.0 * k));

    return sum;
}

/** Kaiser's shape for an attenuation (Kaiser: Nonrecursive digital filter design using the I0-sinh window function,
    ISCAS 1974). */
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

/** The response of a symmetric filter, without its delay, at a frequency in cycles per sample. */
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

/** A low-pass with a gain of 1 at 0 Hz. */
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

/** What a filter with a gain of 1 at its centre leaves of a delta. */
Signal complement (Signal signal)
{
    scale (signal, -1.0);
    signal[signal.size() / 2] += 1.0;
    return signal;
}

/** The pass-band between two cutoffs, with a gain of 1 in its middle. */
Signal bandPass (double low, double high, double sampleRate, size_t taps, double attenuation)
{
    auto signal = lowPass (high, sampleRate, taps, attenuation);
    const auto below = lowPass (low, sampleRate, taps, attenuation);
    std::transform (signal.begin(), signal.end(), below.begin(), signal.begin(), std::minus<> {});
    return signal;
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

size_t frameOf (const DelayedDelta& p) { return framesFor (p.delay * 1e-3, p.sampleRate); }
size_t periodOf (const Comb& p) { return std::max<size_t> (1, framesFor (p.delay * 1e-3, p.sampleRate)); }

} // namespace

Kernel generate (const Delta& p) { return kernelOf ({ { 1.0 } }, p.sampleRate, "Delta"); }

Kernel generate (const DelayedDelta& p)
{
    Signal signal (frameOf (p) + 1);
    signal.back() = 1.0;
    return kernelOf ({ signal }, p.sampleRate, "Delay");
}

Kernel generate (const Comb& p)
{
    Signal signal (p.numEchoes * periodOf (p) + 1);
    double gain = 1.0;

    for (size_t n = 0; n < signal.size(); n += periodOf (p), gain *= p.gain)
        signal[n] = gain;

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
    return kernelOf ({ lowPass (p.cutoff, p.sampleRate, p.taps, p.attenuation) }, p.sampleRate, "Low-pass");
}

Kernel generate (const HighPass& p)
{
    auto signal = complement (lowPass (p.cutoff, p.sampleRate, p.taps, p.attenuation));
    return kernelOf ({ std::move (signal) }, p.sampleRate, "High-pass");
}

Kernel generate (const BandPass& p)
{
    auto signal = bandPass (p.lowCutoff, p.highCutoff, p.sampleRate, p.taps, p.attenuation);
    return kernelOf ({ std::move (signal) }, p.sampleRate, "Band-pass");
}

Kernel generate (const BandStop& p)
{
    auto signal = complement (bandPass (p.lowCutoff, p.highCutoff, p.sampleRate, p.taps, p.attenuation));
    return kernelOf ({ std::move (signal) }, p.sampleRate, "Band-stop");
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

std::string problemWith (const DelayedDelta& p) { return problemWithLength (p.delay * 1e-3 * p.sampleRate + 1.0); }

std::string problemWith (const Comb& p)
{
    return problemWithLength (static_cast<double> (periodOf (p)) * static_cast<double> (p.numEchoes) + 1.0);
}

std::string problemWith (const LowPass& p) { return problemWithCutoff (p.cutoff, p.sampleRate); }
std::string problemWith (const HighPass& p) { return problemWithCutoff (p.cutoff, p.sampleRate); }
std::string problemWith (const BandPass& p) { return problemWithBand (p.lowCutoff, p.highCutoff, p.sampleRate); }
std::string problemWith (const BandStop& p) { return problemWithBand (p.lowCutoff, p.highCutoff, p.sampleRate); }

} // namespace faltwerk
