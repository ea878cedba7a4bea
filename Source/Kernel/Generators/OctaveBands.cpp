#include "Kernel/Generators/OctaveBands.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

double octaveWeight (size_t octave, double frequency)
{
    const double position = std::log2 (std::max (frequency, 1e-9) / octaveCentre (octave)); // in octaves

    if ((octave == 0 && position < 0.0) || (octave == numOctaves - 1 && position > 0.0))
        return 1.0;

    return std::abs (position) < 1.0 ? 0.5 + 0.5 * std::cos (std::numbers::pi * position) : 0.0;
}

OctaveSum::OctaveSum (size_t numFrames, double sampleRate)
    : fourier (Fourier::sizeFor (numFrames))
    , rate (sampleRate)
    , octavesInUse (1)
    , values (fourier.size())
    , sum (fourier.size())
{
    while (octavesInUse < numOctaves && 0.5 * octaveCentre (octavesInUse) < 0.5 * sampleRate)
        ++octavesInUse;
}

double OctaveSum::frequencyOf (size_t bin) const noexcept
{
    return rate * static_cast<double> (bin) / static_cast<double> (sum.size());
}

void OctaveSum::add (size_t octave)
{
    fourier.forward (values);
    const size_t numBins = values.size();
    const double binsPerHz = static_cast<double> (numBins) / rate;
    const size_t first = octave == 0 ? 0 : static_cast<size_t> (0.5 * octaveCentre (octave) * binsPerHz);
    const size_t last = octave == numOctaves - 1
                            ? numBins / 2
                            : std::min (numBins / 2, static_cast<size_t> (2.0 * octaveCentre (octave) * binsPerHz));

    for (size_t k = first; k <= last; ++k)
    {
        const auto weight = static_cast<float> (octaveWeight (octave, frequencyOf (k)));
        sum[k] += weight * values[k];

        if (k != 0 && k != numBins / 2)
            sum[numBins - k] += weight * values[numBins - k];
    }
}

void OctaveSum::correlateBin (size_t bin, double correlation)
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

std::span<const Fourier::Complex> OctaveSum::result()
{
    fourier.inverse (sum);
    return sum;
}

} // namespace faltwerk
