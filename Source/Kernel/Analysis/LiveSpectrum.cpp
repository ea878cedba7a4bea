#include "Kernel/Analysis/LiveSpectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace faltwerk
{

LiveSpectrum::LiveSpectrum (std::vector<double> frequencies, double sampleRate)
    : places (std::move (frequencies))
    , binWidth (sampleRate / windowSize)
    , fourier (windowSize)
    , window (windowSize)
    , bins (windowSize)
    , powers (windowSize / 2 + 1)
    , sums (powers.size() + 1)
    , fallingLevels (places.size(), silence)
    , heldPeaks (places.size(), silence)
    , peakAges (places.size())
    , slowPowers (places.size())
{
    for (size_t n = 0; n < windowSize; ++n)
        window[n] =
            static_cast<float> (0.5 - 0.5 * std::cos (2.0 * std::numbers::pi * static_cast<double> (n) / windowSize));

    const double last = static_cast<double> (windowSize / 2);
    const auto bin = [&] (double frequency) { return std::clamp (frequency / binWidth, 0.0, last); };

    for (const double frequency : places)
    {
        const double narrow = std::exp2 (1.0 / 48.0), wide = std::exp2 (1.0 / 12.0);
        Band band {};
        band.place = bin (frequency);
        band.first = static_cast<size_t> (std::ceil (bin (frequency / narrow)));
        band.last = static_cast<size_t> (std::floor (bin (frequency * narrow))) + 1;
        band.wideFirst = static_cast<size_t> (std::round (bin (frequency / wide)));
        band.wideLast = static_cast<size_t> (std::round (bin (frequency * wide))) + 1;
        bands.push_back (band);
    }

    setSmoothing (0.0);
}

void LiveSpectrum::setSmoothing (double octaves)
{
    if (octaves != smoothing)
        clearPeaks();

    smoothing = octaves;
    const double factor = std::exp2 (0.5 * octaves), end = static_cast<double> (powers.size());

    for (size_t n = 0; n < bands.size(); ++n)
    {
        // At least one bin wide, which interpolates linearly between bins.
        auto& band = bands[n];
        const double low = std::min (places[n] / factor / binWidth, band.place - 0.5);
        const double high = std::max (places[n] * factor / binWidth, band.place + 0.5);
        band.begin = std::clamp (low + 0.5, 0.0, end - 1.0);
        band.end = std::clamp (high + 0.5, band.begin + 0.5, end);
    }
}

void LiveSpectrum::clearPeaks()
{
    std::fill (heldPeaks.begin(), heldPeaks.end(), silence);
    std::fill (peakAges.begin(), peakAges.end(), 0.0);
}

double LiveSpectrum::largestIn (const Band& band) const noexcept
{
    const auto below = std::min (static_cast<size_t> (band.place), windowSize / 2 - 1);
    const double between = band.place - static_cast<double> (below);
    double power = (1.0 - between) * powers[below] + between * powers[below + 1];

    for (size_t k = band.first; k < band.last; ++k)
        power = std::max (power, powers[k]);

    return power;
}

double LiveSpectrum::meanIn (const Band& band) const noexcept
{
    const auto sumBefore = [this] (double place)
    {
        const auto whole = std::min (static_cast<size_t> (place), powers.size() - 1);
        return sums[whole] + (place - static_cast<double> (whole)) * powers[whole];
    };
    return std::max (0.0, sumBefore (band.end) - sumBefore (band.begin)) / (band.end - band.begin);
}

void LiveSpectrum::update (std::span<const float> left, std::span<const float> right, double seconds)
{
    // Sums over the window stay floats, and powers are of doubles.
    const auto limited = [] (float sample)
    { return std::isfinite (sample) ? std::clamp (sample, -1e30f, 1e30f) : 0.0f; };

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
        sums[k + 1] = sums[k] + powers[k];
    }

    const auto fall = static_cast<float> (9.0 * seconds / release);
    const double share = seconds > 0.0 ? 1.0 - std::exp (-seconds / memory) : 0.0;

    for (size_t n = 0; n < bands.size(); ++n)
    {
        const auto& band = bands[n];
        const double power = smoothing > 0.0 ? meanIn (band) : largestIn (band);
        const float level = power > 1e-16 ? 10.0f * static_cast<float> (std::log10 (power)) : silence;
        fallingLevels[n] = std::max (level, std::max (fallingLevels[n] - fall, silence));
        peakAges[n] += seconds;

        if (level >= heldPeaks[n])
        {
            heldPeaks[n] = level;
            peakAges[n] = 0.0;
        }
        else if (! peaksStay && peakAges[n] > peakHold)
        {
            heldPeaks[n] = std::max (level, heldPeaks[n] - static_cast<float> (peakFall * seconds));
        }

        double sum = 0.0;

        for (size_t k = band.wideFirst; k < band.wideLast; ++k)
            sum += powers[k];

        slowPowers[n] += share * (sum / static_cast<double> (band.wideLast - band.wideFirst) - slowPowers[n]);
    }
}

} // namespace faltwerk
