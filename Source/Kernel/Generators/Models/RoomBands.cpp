#include "Kernel/Generators/Models/RoomBands.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double guardInSeconds = 0.03; // what the filters of the bands spread over

} // namespace

PerBand bandsOfOctaves (const std::array<double, 7>& octaves)
{
    PerBand bands {};

    for (size_t band = 0; band < bands.size(); ++band)
    {
        const double position = std::clamp (std::log2 (roomBands[band] / roomBands[0]), 0.0, 6.0);
        const auto below = std::min<size_t> (5, static_cast<size_t> (position));
        const double part = position - static_cast<double> (below);
        bands[band] = octaves[below] + part * (octaves[below + 1] - octaves[below]);
    }

    return bands;
}

double bandWeight (size_t band, double frequency)
{
    const bool isBelow = frequency < roomBands[band];

    if (isBelow ? band == 0 : band + 1 == roomBands.size())
        return 1.0;

    const double neighbour = roomBands[isBelow ? band - 1 : band + 1];
    const double distance = std::log (frequency / roomBands[band]) / std::log (neighbour / roomBands[band]);
    return distance < 1.0 ? 0.5 + 0.5 * std::cos (std::numbers::pi * distance) : 0.0;
}

BandSum::BandSum (size_t numFrames, double sampleRate)
    : length (numFrames)
    , fourier (Fourier::sizeFor (numFrames + framesFor (guardInSeconds, sampleRate)))
    , rate (sampleRate)
    , bandsInUse (1)
    , values (fourier.size())
    , sum (fourier.size())
{
    while (bandsInUse < roomBands.size() && roomBands[bandsInUse - 1] < 0.5 * sampleRate)
        ++bandsInUse;
}

double BandSum::frequencyOf (size_t bin) const noexcept
{
    return rate * static_cast<double> (bin) / static_cast<double> (sum.size());
}

void BandSum::add (size_t band)
{
    fourier.forward (values);
    const size_t numBins = values.size();
    const auto binAt = [this, numBins] (double frequency)
    { return std::min (numBins / 2, static_cast<size_t> (frequency / rate * static_cast<double> (numBins))); };
    const size_t first = band == 0 ? 0 : binAt (roomBands[band - 1]);
    const size_t last = band + 1 == roomBands.size() ? numBins / 2 : binAt (roomBands[band + 1]);

    for (size_t k = first; k <= last; ++k)
    {
        const auto weight = static_cast<float> (bandWeight (band, frequencyOf (k)));
        sum[k] += weight * values[k];

        if (k != 0 && k != numBins / 2)
            sum[numBins - k] += weight * values[numBins - k];
    }
}

void BandSum::correlateBin (size_t bin, double correlation)
{
    const size_t mirrored = (sum.size() - bin) % sum.size();
    const Fourier::Complex a = sum[bin], b = std::conj (sum[mirrored]);
    const Fourier::Complex j { 0.0f, 1.0f };
    const auto middle = static_cast<float> (std::sqrt (0.5 + 0.5 * correlation)) * 0.5f * (a + b);
    const auto side = static_cast<float> (std::sqrt (0.5 - 0.5 * correlation)) * -0.5f * j * (a - b);
    const auto left = middle + side, right = middle - side;
    sum[bin] = left + j * right;
    sum[mirrored] = std::conj (left) + j * std::conj (right);
}

std::span<const Fourier::Complex> BandSum::result()
{
    fourier.inverse (sum);
    return { sum.data(), length };
}

} // namespace faltwerk
