#include "Kernel/Analysis/FrequencyResponse.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;

namespace
{

constexpr double pi = std::numbers::pi;

/** The first samples of the one-pole low-pass y[n] = (1 - a) x[n] + a y[n - 1], after a delay. */
std::vector<float> onePole (double a, size_t delay, size_t length)
{
    std::vector<float> path (length);

    for (size_t n = delay; n < length; ++n)
        path[n] = static_cast<float> ((1.0 - a) * std::pow (a, static_cast<double> (n - delay)));

    return path;
}

} // namespace

TEST_CASE ("Magnitude, phase and group delay are those of the formula", "[kernel]")
{
    constexpr double a = 0.9, rate = 48000.0;
    constexpr size_t delay = 100;
    const FrequencyResponse response (Kernel { { onePole (a, delay, 4000) }, rate, Routing::mono, "one pole" });
    const auto phase = response.phase (0), groupDelay = response.groupDelay (0);

    for (const double frequency : { 30.0, 500.0, 2000.0, 9000.0, 20000.0 })
    {
        const auto bin = static_cast<size_t> (std::lround (frequency / response.binWidth()));
        const double w = 2.0 * pi * static_cast<double> (bin) * response.binWidth() / rate;
        const auto z = std::polar (1.0, -w);
        CAPTURE (frequency);

        const auto expected = (1.0 - a) / (1.0 - a * z);
        const double centre[] = { static_cast<double> (bin) * response.binWidth() };
        CHECK (10.0 * std::log10 (response.power (centre, 0.0)[0])
               == Approx (20.0 * std::log10 (std::abs (expected))).margin (1e-3));
        CHECK (phase[bin] == Approx (std::arg (expected) - w * delay).margin (1e-3));

        // Of the pole: (a cos w - a^2) / |1 - a z|^2.
        const double ownDelay = (a * std::cos (w) - a * a) / std::norm (1.0 - a * z);
        CHECK (groupDelay[bin] * rate == Approx (delay + ownDelay).margin (1e-2));
        CHECK (response.arrivalTime (centre, 0.01)[0] * rate == Approx (delay + ownDelay).margin (0.05));
    }
}

TEST_CASE ("Power is the mean over paths and over the band around a frequency", "[kernel]")
{
    const FrequencyResponse two (Kernel { { { 1.0f, 0.0f }, { 0.0f, 3.0f } }, 48000.0, Routing::stereo, "gains" });
    const auto frequencies = logarithmicallySpaced (20.0, 20000.0, 31);
    CHECK (frequencies.front() == Approx (20.0));
    CHECK (frequencies.back() == Approx (20000.0));
    CHECK (frequencies[10] == Approx (200.0));

    for (const double power : two.power (frequencies, 1.0 / 6.0))
        CHECK (power == Approx (5.0).epsilon (1e-5)); // (1 + 9) / 2

    // A comb of two equal taps: 4 cos^2, whose mean is 2; a wide band sees only the mean.
    std::vector<float> comb (481);
    comb[0] = comb[480] = 1.0f; // 100 Hz apart
    const FrequencyResponse ripples (Kernel { { comb }, 48000.0, Routing::mono, "comb" });
    const double places[] = { 5000.0, 5050.0 };
    CHECK (ripples.power (places, 1e-3)[0] == Approx (4.0).epsilon (0.01));
    CHECK (ripples.power (places, 1e-3)[1] == Approx (0.0).margin (0.02));
    CHECK (ripples.power (places, 1.0)[0] == Approx (2.0).epsilon (0.02));
}
