#include "Kernel/Edits/MinimumPhase.h"

#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace faltwerk;

namespace
{

constexpr size_t size = 8192;

/** The magnitudes of numerator / denominator, polynomials in z^-1, on the bins 0..size / 2. */
std::vector<float> magnitudesOf (const std::vector<double>& numerator, const std::vector<double>& denominator)
{
    const auto at = [] (const std::vector<double>& polynomial, size_t k)
    {
        std::complex<double> sum;

        for (size_t n = 0; n < polynomial.size(); ++n)
            sum += polynomial[n] * std::polar (1.0, -2.0 * std::numbers::pi * static_cast<double> (k * n) / size);

        return std::abs (sum);
    };
    std::vector<float> magnitudes;

    for (size_t k = 0; k <= size / 2; ++k)
        magnitudes.push_back (static_cast<float> (at (numerator, k) / at (denominator, k)));

    return magnitudes;
}

/** The impulse response of the same, by its recursion. */
std::vector<double> impulseOf (const std::vector<double>& numerator, const std::vector<double>& denominator)
{
    std::vector<double> y (size);

    for (size_t n = 0; n < size; ++n)
    {
        y[n] = n < numerator.size() ? numerator[n] : 0.0;

        for (size_t k = 1; k < std::min (denominator.size(), n + 1); ++k)
            y[n] -= denominator[k] * y[n - k];
    }

    return y;
}

double largestError (const std::vector<float>& actual, const std::vector<double>& expected)
{
    double error = 0.0;

    for (size_t n = 0; n < expected.size(); ++n)
        error = std::max (error, std::abs (static_cast<double> (actual[n]) - expected[n]));

    return error;
}

} // namespace

TEST_CASE ("A minimum-phase filter comes back from its magnitudes", "[kernel]")
{
    // Zeros and poles within the unit circle: a peak with a Q of about 10 and a dip. Single precision: -100 dB.
    const std::vector<double> numerator { 1.0, -0.9, 0.5, 0.2 }, denominator { 1.0, -1.6, 0.94 };
    const auto magnitudes = magnitudesOf (numerator, denominator);
    const auto expected = impulseOf (numerator, denominator);
    CHECK (largestError (minimumPhaseImpulse (magnitudes), expected) < 1e-5);

    const auto spectrum = minimumPhaseSpectrum (magnitudes);
    REQUIRE (spectrum.size() == magnitudes.size());

    for (const size_t k : { 0u, 100u, 1000u, 4096u })
        CHECK (std::abs (spectrum[k]) == Approx (magnitudes[k]).epsilon (1e-5));
}

TEST_CASE ("A zero outside the unit circle is mirrored into it", "[kernel]")
{
    // 1 - 2 z^-1 has the magnitude of 2 - z^-1, which comes earlier.
    const auto impulse = minimumPhaseImpulse (magnitudesOf ({ 1.0, -2.0 }, { 1.0 }));
    std::vector<double> expected (size);
    expected[0] = 2.0;
    expected[1] = -1.0;
    CHECK (largestError (impulse, expected) < 1e-5);
}

TEST_CASE ("A silent curve has a silent minimum phase, and a zero does no harm", "[kernel]")
{
    CHECK (minimumPhaseImpulse (std::vector<float> (17)) == std::vector<float> (32));

    auto magnitudes = magnitudesOf ({ 1.0 }, { 1.0, -0.5 });
    magnitudes[1000] = 0.0f;
    const auto impulse = minimumPhaseImpulse (magnitudes);
    CHECK (std::all_of (impulse.begin(), impulse.end(), [] (float x) { return std::isfinite (x); }));
}
