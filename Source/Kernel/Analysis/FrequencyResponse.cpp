#include "Kernel/Analysis/FrequencyResponse.h"

#include "Kernel/Analysis/AnalysisLevel.h"
#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

FrequencyResponse::FrequencyResponse (const Kernel& original)
    : sampleRate (original.sampleRate)
{
    const AnalysisLevel atLevel (original);
    const auto& kernel = atLevel.kernel();
    gain = atLevel.gain();
    constexpr size_t smallest = 32768; // fine enough for a smooth curve of a filter with a few taps
    const size_t length = kernel.lengthInFrames();
    Fourier fourier (std::max (Fourier::sizeFor (2 * length), smallest));
    const size_t size = fourier.size();
    width = sampleRate / static_cast<double> (size);

    // A path and the same path times n, as real and imaginary part: one transform for both.
    for (const auto& path : kernel.paths)
    {
        std::vector<std::complex<float>> values (size);
        const float scale = 1.0f / static_cast<float> (length); // keeps both parts alike, for the sake of precision

        for (size_t n = 0; n < length; ++n)
            values[n] = { path[n], path[n] * static_cast<float> (n) * scale };

        fourier.forward (values);
        auto& response = responses.emplace_back (size / 2 + 1);
        auto& delayed = delayedResponses.emplace_back (size / 2 + 1);

        for (size_t k = 0; k <= size / 2; ++k)
        {
            const auto value = values[k], mirrored = std::conj (values[(size - k) % size]);
            response[k] = 0.5f * (value + mirrored);
            delayed[k] = std::complex<float> (0.0f, -0.5f / scale) * (value - mirrored);
        }
    }
}

FrequencyResponse::Range FrequencyResponse::binsAround (double frequency, double octaves) const noexcept
{
    const double ratio = std::exp2 (octaves / 2.0), last = static_cast<double> (numBins() - 1);
    const auto low = static_cast<size_t> (std::clamp (std::ceil (frequency / ratio / width), 0.0, last));
    const auto high = static_cast<size_t> (std::clamp (std::floor (frequency * ratio / width), 0.0, last));
    return { low, high + 1 };
}

std::vector<double> FrequencyResponse::power (std::span<const double> frequencies, double octaves) const
{
    std::vector<double> powers (numBins()), sums (numBins() + 1);

    for (const auto& response : responses)
        for (size_t k = 0; k < powers.size(); ++k)
            powers[k] += static_cast<double> (std::norm (response[k])) / static_cast<double> (responses.size());

    if (gain != 1.0)
        for (auto& power : powers)
            power /= gain * gain;

    for (size_t k = 0; k < powers.size(); ++k)
        sums[k + 1] = sums[k] + powers[k];

    std::vector<double> result;
    result.reserve (frequencies.size());

    for (const double frequency : frequencies)
    {
        if (const auto [first, last] = binsAround (frequency, octaves); last > first + 3)
        {
            result.push_back ((sums[last] - sums[first]) / static_cast<double> (last - first));
            continue;
        }

        const double position = std::clamp (frequency / width, 0.0, static_cast<double> (numBins() - 1));
        const auto below = std::min (static_cast<size_t> (position), numBins() - 2);
        const double share = position - static_cast<double> (below);
        result.push_back ((1.0 - share) * powers[below] + share * powers[below + 1]);
    }

    return result;
}

std::vector<std::complex<double>> FrequencyResponse::mean (size_t path,
                                                           std::span<const double> frequencies,
                                                           double octaves) const
{
    std::vector<std::complex<double>> sums (numBins() + 1), result;
    const auto& response = responses[path];

    for (size_t k = 0; k < numBins(); ++k)
        sums[k + 1] = sums[k] + std::complex<double> (response[k]);

    for (const double frequency : frequencies)
    {
        auto [first, last] = binsAround (frequency, octaves);

        if (last <= first) // a band between two bins
            first = std::min (static_cast<size_t> (std::lround (frequency / width)), numBins() - 1), last = first + 1;

        result.push_back ((sums[last] - sums[first]) / (gain * static_cast<double> (last - first)));
    }

    return result;
}

std::vector<double> FrequencyResponse::phase (size_t path) const
{
    std::vector<double> result (numBins());
    const auto& response = responses[path];
    double unwrapped = std::arg (std::complex<double> (response[0]));
    result[0] = unwrapped;

    for (size_t k = 1; k < numBins(); ++k)
        result[k] = unwrapped +=
            std::arg (std::complex<double> (response[k]) * std::conj (std::complex<double> (response[k - 1])));

    return result;
}

std::vector<double> FrequencyResponse::groupDelay (size_t path) const
{
    std::vector<double> result (numBins());

    for (size_t k = 0; k < numBins(); ++k)
    {
        const std::complex<double> value (responses[path][k]), delayed (delayedResponses[path][k]);
        const double power = std::norm (value);
        result[k] = power > 0.0 ? (delayed * std::conj (value)).real() / power / sampleRate : 0.0;
    }

    return result;
}

std::vector<double> FrequencyResponse::arrivalTime (std::span<const double> frequencies, double octaves) const
{
    std::vector<double> result;

    for (const double frequency : frequencies)
    {
        const auto [first, last] = binsAround (frequency, octaves);
        double weighted = 0.0, power = 0.0;

        for (size_t path = 0; path < responses.size(); ++path)
        {
            for (size_t k = first; k < last; ++k)
            {
                const std::complex<double> value (responses[path][k]), delayed (delayedResponses[path][k]);
                weighted += (delayed * std::conj (value)).real();
                power += std::norm (value);
            }
        }

        result.push_back (power > 0.0 ? weighted / power / sampleRate : 0.0);
    }

    return result;
}

std::vector<double> logarithmicallySpaced (double low, double high, size_t count)
{
    std::vector<double> result (count);

    for (size_t n = 0; n < count; ++n)
        result[n] =
            low
            * std::pow (high / low, static_cast<double> (n) / static_cast<double> (std::max<size_t> (count - 1, 1)));

    return result;
}

} // namespace faltwerk
