#include "Kernel/Measuring/TakeAlignment.h"

#include "Kernel/Fourier.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace faltwerk
{

namespace
{

constexpr double pi = std::numbers::pi;

std::vector<float> around (const CircularResponse& response, long long arrival, long long reach)
{
    std::vector<float> samples (static_cast<size_t> (2 * reach));

    for (long long n = -reach; n < reach; ++n)
        samples[static_cast<size_t> (n + reach)] =
            response[arrival + n]
            * static_cast<float> (0.5 + 0.5 * std::cos (pi * static_cast<double> (n) / static_cast<double> (reach)));

    return samples;
}

} // namespace

Alignment align (const CircularResponse& first,
                 long long firstPlace,
                 const CircularResponse& other,
                 long long otherPlace,
                 double sampleRate,
                 double reachInSeconds)
{
    const auto reach = static_cast<long long> (reachInSeconds * sampleRate);
    Fourier fourier (Fourier::sizeFor (static_cast<size_t> (4 * reach)));
    const auto a = fourier.spectrumOf (around (first, firstPlace, reach)),
               b = fourier.spectrumOf (around (other, otherPlace, reach));
    auto cross = a;
    double energyA = 0.0, energyB = 0.0;

    for (size_t k = 0; k < cross.size(); ++k)
    {
        cross[k] = std::conj (a[k]) * b[k];
        energyA += static_cast<double> (std::norm (a[k]));
        energyB += static_cast<double> (std::norm (b[k]));
    }

    const auto correlation = fourier.signalOf (cross);
    const auto peak = std::max_element (correlation.begin(), correlation.end(),
                                        [] (float x, float y) { return std::abs (x) < std::abs (y); })
                      - correlation.begin();
    const double sign = correlation[static_cast<size_t> (peak)] < 0.0f ? -1.0 : 1.0;
    const double size = static_cast<double> (fourier.size());
    const double whole =
        static_cast<double> (peak) < size / 2.0 ? static_cast<double> (peak) : static_cast<double> (peak) - size;
    const auto at = [&] (double delay)
    {
        double sum = 0.0;

        for (size_t k = 1; k < cross.size(); ++k)
            sum +=
                (std::complex<double> (cross[k]) * std::polar (1.0, 2.0 * pi * static_cast<double> (k) * delay / size))
                    .real();

        return sum;
    };

    // The highest value between the neighbouring samples, by thirds.
    double low = whole - 1.0, high = whole + 1.0;

    while (high - low > 1e-4)
    {
        const double a3 = low + (high - low) / 3.0, b3 = high - (high - low) / 3.0;
        const bool isLater = sign * at (a3) < sign * at (b3);
        (isLater ? low : high) = isLater ? a3 : b3;
    }

    const double delay = (low + high) / 2.0, energy = std::sqrt (energyA * energyB);
    return { static_cast<double> (otherPlace - firstPlace) + delay, energy > 0.0 ? at (delay) / energy : 0.0 };
}

bool addTake (std::vector<MeasuredResponse>& sums,
              const std::vector<MeasuredResponse>& take,
              size_t strongest,
              double sampleRate)
{
    const auto place = align (sums[strongest].response, sums[strongest].arrival, take[strongest].response,
                              take[strongest].arrival, sampleRate, 0.01);

    if (! take[strongest].holdsSweep || place.similarity < 0.7)
        return false;

    for (size_t n = 0; n < sums.size(); ++n)
    {
        auto& sum = sums[n].quotient;
        const double step = pi * place.delay / static_cast<double> (sum.size() - 1);

        for (size_t k = 0; k < sum.size(); ++k)
            sum[k] += take[n].quotient[k] * Fourier::Complex (std::polar (1.0, step * static_cast<double> (k)));
    }

    return true;
}

} // namespace faltwerk
