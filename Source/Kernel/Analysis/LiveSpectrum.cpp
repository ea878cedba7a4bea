#include "Kernel/Analysis/LiveSpectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

LiveSpectrum::LiveSpectrum (std::vector<double> frequencies, double sampleRate)
    : fourier (windowSize)
    , window (windowSize)
    , bins (windowSize)
    , powers (windowSize / 2 + 1)
    , fallingLevels (frequencies.size(), silence)
    , slowPowers (frequencies.size())
{
    for (size_t n = 0; n < windowSize; ++n)
        window[n] =
            static_cast<float> (0.5 - 0.5 * std::cos (2.0 * std::numbers::pi * static_cast<double> (n) / windowSize));

    const double binWidth = sampleRate / windowSize, last = static_cast<double> (windowSize / 2);
    const auto bin = [&] (double frequency) { return std::clamp (frequency / binWidth, 0.0, last); };

    for (const double frequency : frequencies)
    {
        const double narrow = std::exp2 (1.0 / 48.0), wide = std::exp2 (1.0 / 12.0);
        Band band;
        band.place = bin (frequency);
        band.first = static_cast<size_t> (std::ceil (bin (frequency / narrow)));
        band.last = static_cast<size_t> (std::floor (bin (frequency * narrow))) + 1;
        band.wideFirst = static_cast<size_t> (std::round (bin (frequency / wide)));
        band.wideLast = static_cast<size_t> (std::round (bin (frequency * wide))) + 1;
        bands.push_back (band);
    }
}

void LiveSpectrum::update (std::span<const float> left, std::span<const float> right, double seconds)
{
    // Sums over the window stay floats, and powers are of doubles.
    const auto limited = [] (float sample) { return std::clamp (sample, -1e30f, 1e30f); };

    for (size_t n = 0; n < windowSize; ++n)
        bins[n] = { window[n] * limited (left[n]), window[n] * limited (right[n]) };

    fourier.forward (bins);

    // Two real signals in one transform: the sum of both powers is half that of a bin and its mirror image.
    constexpr double fullScale = windowSize / 4.0; // of a sine under this window

    for (size_t k = 0; k <= windowSize / 2; ++k)
    {
        const double sum = std::norm (std::complex<double> (bins[k]))
                           + std::norm (std::complex<double> (bins[(windowSize - k) % windowSize]));
        powers[k] = 0.25 * sum / (fullScale * fullScale);
    }

    const auto fall = static_cast<float> (9.0 * seconds / release);
    const double share = seconds > 0.0 ? 1.0 - std::exp (-seconds / memory) : 0.0;

    for (size_t n = 0; n < bands.size(); ++n)
    {
        const auto& band = bands[n];
        const auto below = std::min (static_cast<size_t> (band.place), windowSize / 2 - 1);
        const double between = band.place - static_cast<double> (below);
        double power = (1.0 - between) * powers[below] + between * powers[below + 1];

        for (size_t k = band.first; k < band.last; ++k)
            power = std::max (power, powers[k]);

        const float level = power > 1e-16 ? 10.0f * static_cast<float> (std::log10 (power)) : silence;
        fallingLevels[n] = std::max (level, std::max (fallingLevels[n] - fall, silence));

        double sum = 0.0;

        for (size_t k = band.wideFirst; k < band.wideLast; ++k)
            sum += powers[k];

        slowPowers[n] += share * (sum / static_cast<double> (band.wideLast - band.wideFirst) - slowPowers[n]);
    }
}

} // namespace faltwerk
