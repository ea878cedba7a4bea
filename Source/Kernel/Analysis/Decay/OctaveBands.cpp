#include "Kernel/Analysis/Decay/OctaveBands.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double edgeInOctaves = 0.125; // on either side of a band's edge

/** Returns a smooth rise from 0 to 1 within -1..1, with rise (x)^2 + rise (-x)^2 = 1. */
double rise (double x) noexcept
{
    constexpr double quarterTurn = std::numbers::pi / 2.0;
    const double phase = std::sin (quarterTurn * 0.5 * (std::clamp (x, -1.0, 1.0) + 1.0));
    return std::sin (quarterTurn * phase * phase);
}

/** Adds neighbours up until a sample stands for a sixth of a millisecond: all figures are coarser than that. */
void sumUp (EnergyOverTime& energies)
{
    const auto factor = static_cast<size_t> (energies.sampleRate / 6000.0);

    if (factor < 2)
        return;

    const size_t skipped = energies.origin % factor; // so that one begins at time 0
    const size_t length = (energies.energy.size() - skipped + factor - 1) / factor;

    for (size_t n = 0; n < length; ++n)
    {
        float sum = 0.0f;

        for (size_t k = skipped + n * factor; k < std::min (skipped + (n + 1) * factor, energies.energy.size()); ++k)
            sum += energies.energy[k];

        energies.energy[n] = sum;
    }

    energies.energy.resize (length);
    energies.sampleRate /= static_cast<double> (factor);
    energies.origin /= factor;
}

} // namespace

double octaveWindow (double centre, double frequency) noexcept
{
    if (frequency <= 0.0)
        return 0.0;

    const double octaves = std::log2 (frequency / centre);
    return rise ((octaves + 0.5) / edgeInOctaves) * rise ((0.5 - octaves) / edgeInOctaves);
}

OctaveBands::OctaveBands (const Kernel& kernel, size_t firstFrame)
    : sampleRate (kernel.sampleRate)
    , length (kernel.lengthInFrames() - firstFrame)
    , margin (static_cast<size_t> (0.2 * kernel.sampleRate))
    , size (Fourier::sizeFor (length + 2 * margin))
{
    Fourier fourier (size);
    binWidth = sampleRate / static_cast<double> (size);

    // Windows that are even over frequency keep the two paths of a spectrum apart.
    for (size_t path = 0; path < kernel.paths.size(); path += 2)
    {
        auto& values = spectra.emplace_back (size);

        for (size_t n = 0; n < length; ++n)
            values[margin + n] = { kernel.paths[path][firstFrame + n],
                                   path + 1 < kernel.paths.size() ? kernel.paths[path + 1][firstFrame + n] : 0.0f };

        fourier.forward (values);
    }
}

template <typename Window>
EnergyOverTime OctaveBands::within (size_t lowBin, size_t highBin, Window&& windowAt) const
{
    Fourier fourier (std::max (Fourier::sizeFor (2 * (highBin + 1)), std::min (size, size_t { 4096 })));
    const size_t smallSize = fourier.size();
    const double ratio = static_cast<double> (smallSize) / static_cast<double> (size);
    std::vector<float> window (highBin + 1);

    for (size_t k = lowBin; k <= highBin; ++k)
        window[k] = static_cast<float> (windowAt (static_cast<double> (k) * binWidth));

    EnergyOverTime result;
    result.energy.resize (smallSize);
    result.sampleRate = sampleRate * ratio;
    result.origin = static_cast<size_t> (std::lround (static_cast<double> (margin) * ratio));
    result.bandwidth = static_cast<double> (highBin - lowBin) * binWidth;

    // A smaller inverse has larger values, of which fewer stand for the same energy.
    const auto scale = static_cast<float> (ratio);

    for (const auto& spectrum : spectra)
    {
        std::vector<Fourier::Complex> values (smallSize);

        for (size_t k = lowBin; k <= highBin; ++k)
        {
            values[k] = spectrum[k] * window[k];

            if (k > 0)
                values[smallSize - k] = spectrum[size - k] * window[k];
        }

        fourier.inverse (values);

        for (size_t n = 0; n < smallSize; ++n)
            result.energy[n] += scale * std::norm (values[n]);
    }

    // What lies beyond the kernel's end is the filter's ringing alone.
    const auto end = static_cast<size_t> (static_cast<double> (margin + length) * ratio);
    result.energy.resize (std::min (smallSize, std::max (end, result.origin + 1)));
    sumUp (result);
    return result;
}

EnergyOverTime OctaveBands::audible() const
{
    constexpr double end = 22000.0, edge = 2000.0;
    const auto highBin = std::min (static_cast<size_t> (end / binWidth), size / 2 - 1);
    return within (0, highBin, [] (double frequency) { return rise (2.0 * (end - frequency) / edge - 1.0); });
}

EnergyOverTime OctaveBands::octave (size_t index) const
{
    const double centre = octaveCentres[index];
    const double low = centre * std::exp2 (-0.5 - edgeInOctaves), high = centre * std::exp2 (0.5 + edgeInOctaves);

    if (high > sampleRate / 2.0)
        return {};

    return within (static_cast<size_t> (std::ceil (low / binWidth)),
                   std::min (static_cast<size_t> (high / binWidth), size / 2 - 1),
                   [centre] (double frequency) { return octaveWindow (centre, frequency); });
}

} // namespace faltwerk
