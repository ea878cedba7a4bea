#include "Kernel/Generators/Measures.h"

#include <algorithm>
#include <cmath>
#include <fftw3.h>
#include <numbers>

namespace faltwerk::test
{

namespace
{

using Bins = std::vector<std::complex<double>>;

size_t sizeFor (size_t numFrames)
{
    size_t size = 1;

    while (size < numFrames)
        size *= 2;

    return size;
}

fftw_complex* asFftw (Bins& bins) { return reinterpret_cast<fftw_complex*> (bins.data()); }

/** The bins 0..size / 2 of a signal padded with zeros. */
Bins spectrumOf (Signal signal, size_t size)
{
    signal.resize (size);
    Bins bins (size / 2 + 1);
    const auto plan = fftw_plan_dft_r2c_1d (static_cast<int> (size), signal.data(), asFftw (bins),
                                            FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    fftw_execute (plan);
    fftw_destroy_plan (plan);
    return bins;
}

Signal signalOf (Bins bins, size_t size)
{
    Signal signal (size);
    const auto plan = fftw_plan_dft_c2r_1d (static_cast<int> (size), asFftw (bins), signal.data(), FFTW_ESTIMATE);
    fftw_execute (plan);
    fftw_destroy_plan (plan);

    for (auto& sample : signal)
        sample /= static_cast<double> (size);

    return signal;
}

double meanPower (const Bins& bins, double low, double high)
{
    const auto first = static_cast<size_t> (std::ceil (low)), last = std::max (first, static_cast<size_t> (high));
    double sum = 0.0;

    for (size_t k = first; k <= std::min (last, bins.size() - 1); ++k)
        sum += std::norm (bins[k]);

    return sum / static_cast<double> (last - first + 1);
}

double dB (double power) { return 10.0 * std::log10 (std::max (power, 1e-300)); }

} // namespace

Signal inDouble (std::span<const float> path) { return { path.begin(), path.end() }; }

std::complex<double> responseAt (std::span<const float> path, double frequency, double sampleRate)
{
    std::complex<double> sum;

    for (size_t n = 0; n < path.size(); ++n)
        sum += static_cast<double> (path[n])
               * std::polar (1.0, -2.0 * std::numbers::pi
                                      * std::fmod (frequency / sampleRate * static_cast<double> (n), 1.0));

    return sum;
}

double powerBetween (const Signal& signal, double sampleRate, double low, double high)
{
    const size_t size = sizeFor (signal.size());
    const double binsPerHz = static_cast<double> (size) / sampleRate;
    return meanPower (spectrumOf (signal, size), low * binsPerHz, high * binsPerHz);
}

Signal fineSpectrum (const Signal& signal, double sampleRate, double low, double high)
{
    const size_t size = sizeFor (signal.size());
    const auto bins = spectrumOf (signal, size);
    const double binsPerHz = static_cast<double> (size) / sampleRate;
    Signal result;

    for (double f = low; f < high; f *= std::exp2 (1.0 / 24.0))
        result.push_back (dB (meanPower (bins, f * binsPerHz, f * std::exp2 (1.0 / 24.0) * binsPerHz)));

    return result;
}

Signal octaveAround (const Signal& signal, double frequency, double sampleRate)
{
    const size_t size = sizeFor (2 * signal.size());
    auto bins = spectrumOf (signal, size);

    for (size_t k = 0; k < bins.size(); ++k)
    {
        // A Butterworth octave of third order, by its magnitude.
        const double f = static_cast<double> (k) * sampleRate / static_cast<double> (size);
        const double x = std::numbers::sqrt2 * (f / frequency - frequency / std::max (f, 1e-9));
        bins[k] /= std::sqrt (1.0 + std::pow (x, 6));
    }

    auto result = signalOf (std::move (bins), size);
    result.resize (signal.size());
    return result;
}

Signal decayCurve (const Signal& signal)
{
    Signal curve (signal.size());
    double sum = 0.0;

    for (size_t n = signal.size(); n-- > 0;)
        curve[n] = sum += signal[n] * signal[n];

    for (auto& value : curve)
        value = dB (value / sum);

    return curve;
}

Line fitted (const Signal& curve, double sampleRate, double fromDb, double toDb)
{
    const auto below = [&curve] (double level)
    {
        return static_cast<size_t> (std::find_if (curve.begin(), curve.end(), [level] (double x) { return x < level; })
                                    - curve.begin());
    };
    const size_t first = below (fromDb), last = below (toDb);
    double n = 0.0, t = 0.0, tt = 0.0, y = 0.0, ty = 0.0;

    for (size_t frame = first; frame < last; ++frame)
    {
        const double time = static_cast<double> (frame) / sampleRate;
        n += 1.0;
        t += time;
        tt += time * time;
        y += curve[frame];
        ty += time * curve[frame];
    }

    const double slope = (n * ty - t * y) / (n * tt - t * t), start = (y - slope * t) / n;
    Line line { -60.0 / slope, 0.0 };

    for (size_t frame = first; frame < last; ++frame)
        line.deviation = std::max (line.deviation,
                                   std::abs (start + slope * static_cast<double> (frame) / sampleRate - curve[frame]));

    return line;
}

double echoDensity (const Signal& signal, size_t centre, double sampleRate)
{
    const auto half = static_cast<size_t> (0.01 * sampleRate);
    double weights = 0.0, power = 0.0, outside = 0.0;
    const auto weightAt = [half, centre] (size_t n)
    {
        const double x = (static_cast<double> (n) - static_cast<double> (centre)) / static_cast<double> (half);
        return 0.5 + 0.5 * std::cos (std::numbers::pi * x);
    };

    for (size_t n = centre - half; n < centre + half; ++n)
    {
        weights += weightAt (n);
        power += weightAt (n) * signal[n] * signal[n];
    }

    const double deviation = std::sqrt (power / weights);

    for (size_t n = centre - half; n < centre + half; ++n)
        outside += std::abs (signal[n]) > deviation ? weightAt (n) : 0.0;

    return outside / weights / std::erfc (1.0 / std::numbers::sqrt2);
}

double correlation (const Signal& a, const Signal& b)
{
    double ab = 0.0, aa = 0.0, bb = 0.0;

    for (size_t n = 0; n < a.size(); ++n)
    {
        ab += a[n] * b[n];
        aa += a[n] * a[n];
        bb += b[n] * b[n];
    }

    return ab / std::sqrt (aa * bb);
}

double energy (std::span<const float> path)
{
    double sum = 0.0;

    for (const float x : path)
        sum += static_cast<double> (x) * static_cast<double> (x);

    return sum;
}

double energyAt48kHz (const Kernel& kernel)
{
    double sum = 0.0;

    for (const auto& path : kernel.paths)
        sum += energy (path) / static_cast<double> (kernel.paths.size());

    return sum * kernel.sampleRate / 48000.0;
}

} // namespace faltwerk::test
