#include "Kernel/Measuring/Quality/BandArrivals.h"

#include <cmath>
#include <numbers>

namespace faltwerk
{

// The bins of the band alone are transformed: a rate of its width holds them.
BandArrival bandArrival (const Spectrum& spectrum, double sampleRate, double centre, double reach)
{
    const size_t size = 2 * (spectrum.size() - 1);
    const double binWidth = sampleRate / static_cast<double> (size);
    const auto first = static_cast<size_t> (std::ceil (centre * std::exp2 (-reach) / binWidth)),
               last = std::min (static_cast<size_t> (centre * std::exp2 (reach) / binWidth) + 1, spectrum.size());

    if (last <= first + 1)
        return { centre, 0.0, 0.0, -600.0 };

    Fourier fourier (Fourier::sizeFor (2 * (last - first)));
    std::vector<Fourier::Complex> envelope (fourier.size());

    for (size_t k = first; k < last; ++k)
    {
        const double octaves = std::log2 (static_cast<double> (k) * binWidth / centre);
        envelope[k - first] =
            spectrum[k] * static_cast<float> (0.5 + 0.5 * std::cos (std::numbers::pi * octaves / reach));
    }

    fourier.inverse (envelope);
    size_t peak = 0;
    double sum = 0.0;

    for (size_t n = 0; n < envelope.size(); ++n)
    {
        sum += static_cast<double> (std::norm (envelope[n]));

        if (std::norm (envelope[n]) > std::norm (envelope[peak]))
            peak = n;
    }

    // The peak between samples, by a parabola.
    const auto level = [&] (size_t n) { return static_cast<double> (std::abs (envelope[n % envelope.size()])); };
    const double before = level (peak + envelope.size() - 1), at = level (peak), after = level (peak + 1);
    const double curve = before - 2.0 * at + after, offset = curve < 0.0 ? 0.5 * (before - after) / curve : 0.0;
    const double place = static_cast<double> (peak) + offset, count = static_cast<double> (envelope.size());
    return { centre, place / count * static_cast<double> (size) / sampleRate,
             sum > 0.0 ? 10.0 * std::log10 (at * at * count / sum) : 0.0,
             20.0 * std::log10 (at * count / static_cast<double> (last - first) + 1e-30) };
}

std::vector<BandArrival> bandArrivals (const Spectrum& spectrum, double sampleRate, double low, double high)
{
    std::vector<BandArrival> arrivals;

    for (double centre = low * std::sqrt (2.0); centre * std::sqrt (2.0) <= high; centre *= std::sqrt (2.0))
        arrivals.push_back (bandArrival (spectrum, sampleRate, centre, 0.5));

    return arrivals;
}

} // namespace faltwerk
