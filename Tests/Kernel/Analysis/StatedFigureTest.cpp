#include "Kernel/Analysis/StatedFigure.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>
#include <functional>

using namespace faltwerk;

namespace
{

constexpr double rate = 48000.0;

Kernel noiseOfPower (const std::function<double (double)>& power, double seconds, uint64_t seed)
{
    auto path = test::noise (static_cast<size_t> (seconds * rate), seed);

    for (size_t n = 0; n < path.size(); ++n)
        path[n] *= static_cast<float> (std::sqrt (power (static_cast<double> (n) / rate)));

    return { { path }, rate, Routing::mono, "decay" };
}

struct Fit
{
    double time, quality;
};

/** The oracle: the line through a curve of levels in dB between two levels, in steps of 0.1 ms. */
Fit fit (const std::function<double (double)>& level, double from, double to)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;

    for (double t = 0.0; level (t) >= to; t += 1e-4)
    {
        const double l = level (t);

        if (l > from)
            continue;

        n += 1, x += t, y += l, xx += t * t, xy += t * l, yy += l * l;
    }

    const double covariance = xy / n - x / n * y / n;
    const double varianceX = xx / n - x / n * x / n, varianceY = yy / n - y / n * y / n;
    return { -60.0 * varianceX / covariance, covariance * covariance / varianceX / varianceY };
}

} // namespace

TEST_CASE ("A decay of two slopes has its times and what ISO 3382-2 says against them", "[kernel]")
{
    constexpr double fast = 0.3, slow = 2.0, share = 0.002;
    const auto energyAfter = [] (double t)
    { return fast * std::pow (10.0, -6.0 * t / fast) + share * slow * std::pow (10.0, -6.0 * t / slow); };
    const auto level = [&] (double t) { return 10.0 * std::log10 (energyAfter (t) / energyAfter (0.0)); };
    const auto t20 = fit (level, -5.0, -25.0), t30 = fit (level, -5.0, -35.0);
    REQUIRE (t30.quality < 0.99);

    const auto band = analyseBroadbandDecay (noiseOfPower (
        [] (double t) { return std::pow (10.0, -6.0 * t / fast) + share * std::pow (10.0, -6.0 * t / slow); }, 2.5, 3));
    const auto at20 = stated (band, &BandDecay::t20), at30 = stated (band, &BandDecay::t30);
    REQUIRE (at20.hasValue);
    REQUIRE (at30.hasValue);

    // The level of noise over 50 ms varies by some per cent.
    CHECK (at20.value == Approx (t20.time).epsilon (0.05));
    CHECK (at30.value == Approx (t30.time).epsilon (0.05));
    CHECK (nonLinearity (band.quality30) == Approx (nonLinearity (t30.quality)).epsilon (0.15));
    CHECK (band.curvature.value == Approx (100.0 * (t30.time / t20.time - 1.0)).margin (8.0));
    CHECK_FALSE (at30.isValid);
    CHECK (at30.reason == "non-linearity over 10 per mille, curvature over 10 %");
    CHECK (stated (band, &BandDecay::c80).isValid); // needs no straight decay
}

TEST_CASE ("A straight decay is valid", "[kernel]")
{
    const auto decay = analyseDecay (noiseOfPower ([] (double t) { return std::pow (10.0, -6.0 * t / 1.2); }, 2.5, 4));

    for (const auto figure : { &BandDecay::t20, &BandDecay::t30, &BandDecay::c50, &BandDecay::ts })
    {
        CHECK (stated (decay.broadband(), figure).isValid);
        CHECK (stated (decay.broadband(), figure).reason == "");
        CHECK (statedMid (decay, figure).isValid);
        CHECK (statedMid (decay, figure).value
               == (stated (decay.bands[3], figure).value + stated (decay.bands[4], figure).value) / 2.0);
    }
}

TEST_CASE ("C50 and its like are given only where the decay is 10 dB above the noise", "[kernel]")
{
    constexpr double t60 = 0.6; // 5 dB in 50 ms, 8 dB in 80 ms
    const auto above = [] (double floorInDb)
    {
        return analyseBroadbandDecay (noiseOfPower (
            [floorInDb] (double t) { return std::pow (10.0, -6.0 * t / t60) + std::pow (10.0, floorInDb / 10.0); }, 2.0,
            6));
    };
    const auto exact = [] (double split) { return 10.0 * std::log10 (std::pow (10.0, 6.0 * split / t60) - 1.0); };

    const auto clear = above (-25.0); // meets the noise after 250 ms, 17 dB below the level at 80 ms
    CHECK (stated (clear, &BandDecay::c50).value == Approx (exact (0.05)).margin (1.0));
    CHECK (stated (clear, &BandDecay::c80).value == Approx (exact (0.08)).margin (1.0));

    const auto near = above (-16.5); // 11.5 dB below the level at 50 ms, 8.5 dB below that at 80 ms
    CHECK (stated (near, &BandDecay::c50).isValid);
    CHECK (stated (near, &BandDecay::d50).isValid);
    CHECK_FALSE (stated (near, &BandDecay::c80).hasValue);
    CHECK (stated (near, &BandDecay::c80).reason == "noise floor");

    const auto drowned = above (-10.0);

    for (const auto figure : { &BandDecay::c50, &BandDecay::c80, &BandDecay::d50, &BandDecay::ts })
        CHECK_FALSE (stated (drowned, figure).hasValue);
}
