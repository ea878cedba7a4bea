#include "Kernel/Analysis/OctaveBands.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr double edgeInOctaves = 0.125; // on either side of a band's edge

/** From 0 to 1 within -1..1, smoothly, and with rise (x)^2 + rise (-x)^2 = 1. */
double rise (double x) noexcept
{
    constexpr double quarterTurn = std::numbers::pi / 2.0;
    const double phase = std::sin (quarterTurn * 0.5 * (std::clamp (x, -1.0, 1.0) + 1.0));
    return std::sin (quarterTurn * phase * phase);
}

} // namespace

double octaveWindow (double centre, double frequency) noexcept
{
    if (frequency <= 0.0)
        return 0.0;

    const double octaves = std::log2 (frequency / centre);
    return rise ((octaves + 0.5) / edgeInOctaves) * rise ((0.5 - octaves) / edgeInOctaves);
}

EnergyOverTime broadbandEnergy (const Kernel& kernel, size_t firstFrame, size_t framesPerSample)
{
    EnergyOverTime result;
    const size_t length = kernel.lengthInFrames() - firstFrame;
    result.energy.resize ((length + framesPerSample - 1) / framesPerSample);
    result.sampleRate = kernel.sampleRate / static_cast<double> (framesPerSample);
    result.bandwidth = kernel.sampleRate / 2.0;

    for (const auto& path : kernel.paths)
    {
        for (size_t sample = 0, n = firstFrame; n < path.size(); ++sample)
            for (const size_t end = std::min (n + framesPerSample, path.size()); n < end; ++n)
                result.energy[sample] += path[n] * path[n];
    }

    return result;
}

std::vector<EnergyOverTime> octaveBandEnergies (const Kernel& kernel, size_t firstFrame)
{
    // The kernel stands between margins, into which filters may ring.
    constexpr double marginInSeconds = 0.2;
    const size_t length = kernel.lengthInFrames() - firstFrame;
    const auto margin = static_cast<size_t> (marginInSeconds * kernel.sampleRate);
    Fourier whole (Fourier::sizeFor (length + 2 * margin));
    const size_t size = whole.size();
    const double binWidth = kernel.sampleRate / static_cast<double> (size);

    std::vector<EnergyOverTime> bands (octaveCentres.size());
    std::vector<std::vector<Fourier::Complex>> spectra;

    // Two paths at once, as real and imaginary part: windows that are even over frequency keep them apart.
    for (size_t path = 0; path < kernel.paths.size(); path += 2)
    {
        auto& values = spectra.emplace_back (size);

        for (size_t n = 0; n < length; ++n)
            values[margin + n] = { kernel.paths[path][firstFrame + n],
                                   path + 1 < kernel.paths.size() ? kernel.paths[path + 1][firstFrame + n] : 0.0f };

        whole.forward (values);
    }

    for (size_t band = 0; band < bands.size(); ++band)
    {
        const double low = octaveCentres[band] * std::exp2 (-0.5 - edgeInOctaves);
        const double high = octaveCentres[band] * std::exp2 (0.5 + edgeInOctaves);

        if (high > kernel.sampleRate / 2.0)
            continue;

        const auto lowBin = static_cast<size_t> (std::ceil (low / binWidth));
        const auto highBin = std::min (static_cast<size_t> (high / binWidth), size / 2 - 1);
        Fourier small (std::max (Fourier::sizeFor (2 * (highBin + 1)), std::min (size, size_t { 4096 })));
        const size_t smallSize = small.size();
        std::vector<float> window (highBin + 1);

        for (size_t k = lowBin; k <= highBin; ++k)
            window[k] = static_cast<float> (octaveWindow (octaveCentres[band], static_cast<double> (k) * binWidth));

        auto& result = bands[band];
        result.energy.resize (smallSize);
        result.sampleRate = kernel.sampleRate * static_cast<double> (smallSize) / static_cast<double> (size);
        result.origin = static_cast<size_t> (
            std::lround (static_cast<double> (margin) * static_cast<double> (smallSize) / static_cast<double> (size)));
        result.bandwidth = octaveCentres[band] / std::numbers::sqrt2;

        for (const auto& spectrum : spectra)
        {
            std::vector<Fourier::Complex> values (smallSize);

            for (size_t k = lowBin; k <= highBin; ++k)
            {
                values[k] = spectrum[k] * window[k];
                values[smallSize - k] = spectrum[size - k] * window[k];
            }

            small.inverse (values);

            for (size_t n = 0; n < smallSize; ++n)
                result.energy[n] += std::norm (values[n]);
        }

        // What lies beyond the kernel's end is the filter's ringing alone.
        const auto end = static_cast<size_t> (static_cast<double> (margin + length) * static_cast<double> (smallSize)
                                              / static_cast<double> (size));
        result.energy.resize (std::min (smallSize, std::max (end, result.origin + 1)));
    }

    return bands;
}

} // namespace faltwerk
