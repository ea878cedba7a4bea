#include "Kernel/Edits/Normalisation.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi, referenceRate = 48000.0;

double rateOf (const Kernel& kernel) { return kernel.sampleRate > 0.0 ? kernel.sampleRate : referenceRate; }

/** Returns the number of outputs that the paths lead to. */
double numOutputsOf (const Kernel& kernel)
{
    const double numPaths = static_cast<double> (kernel.paths.size());
    return kernel.routing == Routing::trueStereo ? 2.0
           : kernel.routing == Routing::matrix   ? numPaths / static_cast<double> (kernel.numMatrixInputs)
                                                 : numPaths;
}

double energyOf (const Kernel& kernel)
{
    constexpr size_t lanes = 8; // sums side by side, which need not wait for one another
    std::array<double, lanes> sums {};

    const auto square = [] (float x) { return static_cast<double> (x) * static_cast<double> (x); };

    for (const auto& path : kernel.paths)
    {
        size_t n = 0;

        for (; n + lanes <= path.size(); n += lanes)
            for (size_t lane = 0; lane < lanes; ++lane)
                sums[lane] += square (path[n + lane]);

        for (; n < path.size(); ++n)
            sums[0] += square (path[n]);
    }

    return std::accumulate (sums.begin(), sums.end(), 0.0) / numOutputsOf (kernel) * rateOf (kernel) / referenceRate;
}

/** Returns the largest magnitude of a band-limited curve through samples. */
double peakOf (const std::vector<float>& path)
{
    constexpr int numTaps = 32, numPlaces = 7; // between two samples
    static const auto weights = []
    {
        std::array<std::array<double, numTaps>, numPlaces> table {};

        for (int place = 0; place < numPlaces; ++place)
        {
            for (int tap = 0; tap < numTaps; ++tap)
            {
                const double x = tap - numTaps / 2 + 1 - (place + 1.0) / (numPlaces + 1.0);
                const double window = 0.5 + 0.5 * std::cos (2.0 * pi * x / (numTaps + 2));
                table[static_cast<size_t> (place)][static_cast<size_t> (tap)] = window * std::sin (pi * x) / (pi * x);
            }
        }

        return table;
    }();

    double peak = 0.0;

    for (const float x : path)
        peak = std::max (peak, std::abs (static_cast<double> (x)));

    // A curve between lower samples could only rise above these in signals made for it.
    const auto worthLooking = static_cast<float> (0.7 * peak);
    const auto length = static_cast<long long> (path.size());

    for (long long n = -1; n < length; ++n)
    {
        const auto at = [&] (long long index)
        { return index >= 0 && index < length ? path[static_cast<size_t> (index)] : 0.0f; };

        if (std::max (std::abs (at (n)), std::abs (at (n + 1))) < worthLooking)
            continue;

        for (const auto& place : weights)
        {
            double sum = 0.0;

            for (int tap = 0; tap < numTaps; ++tap)
                sum += place[static_cast<size_t> (tap)] * static_cast<double> (at (n + tap - numTaps / 2 + 1));

            peak = std::max (peak, std::abs (sum));
        }
    }

    return peak;
}

double loudnessOf (const Kernel& kernel)
{
    const double rate = rateOf (kernel);
    const auto size = size_t { 1 } << static_cast<size_t> (
                          std::clamp (std::round (std::log2 (4096.0 * rate / referenceRate)), 5.0, 20.0));
    const double binWidth = rate / static_cast<double> (size);
    std::vector<double> weights (size / 2 + 1);
    double whole = 0.0;

    for (size_t k = 1; static_cast<double> (k) * binWidth < 20000.0; ++k)
    {
        const double frequency = static_cast<double> (k) * binWidth;

        if (frequency < 20.0)
            continue;

        const double weight = loudnessWeight (frequency) / frequency;
        whole += weight; // beyond half of a low rate, too: there is nothing, and it counts

        if (k < weights.size())
            weights[k] = weight;
    }

    // The power of overlapping blocks, whose windows' squares add up to 1: two paths at once.
    std::vector<float> window (size);

    for (size_t n = 0; n < size; ++n)
        window[n] = static_cast<float> (std::sin (pi * (static_cast<double> (n) + 0.5) / static_cast<double> (size)));

    Fourier fourier (size);
    std::vector<Fourier::Complex> values (size);
    double loudness = 0.0;
    const size_t length = kernel.lengthInFrames(), hop = size / 2;

    for (size_t path = 0; path < kernel.paths.size(); path += 2)
    {
        const float* const a = kernel.paths[path].data();
        const float* const b = path + 1 < kernel.paths.size() ? kernel.paths[path + 1].data() : nullptr;

        for (size_t block = 0; block * hop < length + hop; ++block) // each begins a hop earlier
        {
            for (size_t n = 0; n < size; ++n)
            {
                const size_t frame = block * hop + n - hop; // wraps around before the start, which is beyond the end
                values[n] = frame < length ? window[n] * Fourier::Complex (a[frame], b != nullptr ? b[frame] : 0.0f)
                                           : Fourier::Complex();
            }

            fourier.forward (values);

            for (size_t k = 1; k < size / 2; ++k)
                loudness += 0.5 * weights[k]
                            * (static_cast<double> (std::norm (values[k]))
                               + static_cast<double> (std::norm (values[size - k])));
        }
    }

    return loudness / whole / numOutputsOf (kernel);
}

} // namespace

double loudnessWeight (double frequency)
{
    const double gain = std::pow (10.0, 3.999843853973347 / 20.0);
    const std::complex<double> shelf (0.0, frequency / 1681.974450955533), pass (0.0, frequency / 38.13547087602444);
    constexpr double shelfQ = 0.7071752369554196, passQ = 0.5003270373238773;
    const auto shelved = (gain * shelf * shelf + std::pow (gain, 0.4996667741545416) / shelfQ * shelf + 1.0)
                         / (shelf * shelf + shelf / shelfQ + 1.0);
    const auto passed = pass * pass / (pass * pass + pass / passQ + 1.0);
    return std::norm (shelved * passed);
}

double normalisingGain (const Kernel& kernel, Normalise normalise)
{
    double level = 1.0; // an amplitude

    switch (normalise)
    {
        case Normalise::off:
            break;

        case Normalise::peak:
            level = 0.0;

            for (const auto& path : kernel.paths)
                level = std::max (level, peakOf (path) * rateOf (kernel) / referenceRate);

            break;

        case Normalise::energy:
            level = std::sqrt (energyOf (kernel));
            break;

        case Normalise::loudness:
            level = std::sqrt (loudnessOf (kernel));
            break;
    }

    return level > 1e-10 ? 1.0 / level : 1.0;
}

} // namespace faltwerk
