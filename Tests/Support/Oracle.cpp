#include "Support/Oracle.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <fftw3.h>
#include <limits>
#include <numbers>
#include <random>

namespace faltwerk::test
{

std::vector<float> noise (size_t length, uint64_t seed, double deviation)
{
    // Box and Muller's transform by hand: the standard library's normal distribution differs between vendors.
    std::mt19937_64 random (seed);
    const auto uniform = [&random] { return (static_cast<double> (random() >> 11) + 0.5) * 0x1p-53; };
    std::vector<float> result (length);

    for (auto& sample : result)
    {
        const double radius = std::sqrt (-2.0 * std::log (uniform()));
        sample = static_cast<float> (deviation * radius * std::cos (2.0 * std::numbers::pi * uniform()));
    }

    return result;
}

std::vector<float> decayingNoise (size_t length, uint64_t seed)
{
    auto result = noise (length, seed, 1.0);
    double energy = 0.0;

    for (size_t n = 0; n < length; ++n)
    {
        const double position = static_cast<double> (n) / static_cast<double> (length);
        result[n] = static_cast<float> (result[n] * std::pow (10.0, -3.0 * position));
        energy += static_cast<double> (result[n]) * static_cast<double> (result[n]);
    }

    for (auto& sample : result)
        sample = static_cast<float> (sample / std::sqrt (energy));

    return result;
}

std::vector<double> oracle (std::span<const float> signal, std::span<const float> kernel)
{
    if (signal.empty() || kernel.empty())
        return {};

    const size_t length = signal.size() + kernel.size() - 1;
    const size_t size = std::bit_ceil (length);
    std::vector<double> x (size), h (size);
    std::copy (signal.begin(), signal.end(), x.begin());
    std::copy (kernel.begin(), kernel.end(), h.begin());
    std::vector<std::complex<double>> X (size / 2 + 1), H (size / 2 + 1);

    const auto forward = [size] (std::vector<double>& in, std::vector<std::complex<double>>& out)
    {
        auto* plan = fftw_plan_dft_r2c_1d (static_cast<int> (size), in.data(),
                                           reinterpret_cast<fftw_complex*> (out.data()), FFTW_ESTIMATE);
        fftw_execute (plan);
        fftw_destroy_plan (plan);
    };

    forward (x, X);
    forward (h, H);

    for (size_t k = 0; k < X.size(); ++k)
        X[k] *= H[k] / static_cast<double> (size);

    auto* plan = fftw_plan_dft_c2r_1d (static_cast<int> (size), reinterpret_cast<fftw_complex*> (X.data()), x.data(),
                                       FFTW_ESTIMATE);
    fftw_execute (plan);
    fftw_destroy_plan (plan);
    x.resize (length);
    return x;
}

double errorInDb (std::span<const float> measured, std::span<const double> expected)
{
    if (measured.size() > expected.size())
        return std::numeric_limits<double>::infinity();

    double errorEnergy = 0.0, energy = 0.0;

    for (size_t n = 0; n < measured.size(); ++n)
    {
        const double difference = static_cast<double> (measured[n]) - expected[n];
        errorEnergy += difference * difference;
        energy += expected[n] * expected[n];
    }

    if (errorEnergy == 0.0)
        return -std::numeric_limits<double>::infinity();

    const double error = 10.0 * std::log10 (errorEnergy / energy);
    return std::isnan (error) ? std::numeric_limits<double>::infinity() : error;
}

size_t peakFrameOf (std::span<const float> signal)
{
    return static_cast<size_t> (
        std::max_element (signal.begin(), signal.end(), [] (float a, float b) { return std::abs (a) < std::abs (b); })
        - signal.begin());
}

std::string differingBits (std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size())
        return "lengths " + std::to_string (a.size()) + " and " + std::to_string (b.size());

    size_t count = 0, first = 0;

    for (size_t n = 0; n < a.size(); ++n)
        if (std::bit_cast<uint32_t> (a[n]) != std::bit_cast<uint32_t> (b[n]) && count++ == 0)
            first = n;

    return count == 0 ? "" : std::to_string (count) + " samples differ, first at " + std::to_string (first);
}

} // namespace faltwerk::test
