#include "Kernel/Analysis/Levels.h"
#include "Kernel/Analysis/Decay/EchoDensity.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>
#include <random>

using namespace faltwerk;

TEST_CASE ("Levels are what they are called", "[kernel]")
{
    const Kernel kernel { { { 0.5f, 0.0f, 0.0f, 0.0f }, { 0.0f, -2.0f, 1.0f, 0.0f } }, 96000.0, Routing::stereo, "k" };
    const auto levels = measureLevels (kernel);
    CHECK (levels.peak == 2.0);
    CHECK (levels.peakFrame == 1);
    CHECK (levels.peakPath == 1);
    CHECK (levels.energy == Approx (5.25 / 2.0 * 2.0)); // the mean of two paths, at twice 48 kHz
    CHECK (levels.rms == Approx (std::sqrt (5.25 / 8.0)));
    CHECK (levels.dc == Approx (-0.25));
    CHECK (levels.framesTo60dB == 3);

    // 60 dB in 0.3 s: then a millionth of the energy is left.
    std::vector<float> path (48000);

    for (size_t n = 0; n < path.size(); ++n)
        path[n] = static_cast<float> (std::pow (10.0, -10.0 * static_cast<double> (n) / 48000.0));

    CHECK (measureLevels ({ { path }, 48000.0, Routing::mono, "k" }).framesTo60dB == Approx (0.3 * 48000).margin (2.0));
    CHECK (measureLevels ({}).energy == 0.0);
}

TEST_CASE ("Echo density is 1 for noise, and grows as echoes do", "[kernel]")
{
    const auto noise = measureEchoDensity (test::noise (48000, 1), 48000.0);
    CHECK (noise.step == 0.0025);
    CHECK (noise.density.size() == 400);
    double mean = 0.0;

    for (const float density : noise.density)
        mean += static_cast<double> (density) / static_cast<double> (noise.density.size());

    CHECK (mean == Approx (1.0).margin (0.02));
    REQUIRE (noise.mixingTime);
    CHECK (noise.mixingTime.value < 0.01);

    // Echoes at random whose number grows with the square of time, as in a room: sparse at first, dense after 100 ms.
    std::vector<float> room (24000);
    std::mt19937 random (2);

    for (int echo = 0; echo < 20000; ++echo)
    {
        const double place = std::cbrt (static_cast<double> (random()) / 4294967296.0);
        room[static_cast<size_t> (place * 24000.0)] += random() % 2 == 0 ? 1.0f : -1.0f;
    }

    const auto growing = measureEchoDensity (room, 48000.0);
    CHECK (growing.density[8] < 0.35f);
    CHECK (growing.density[8] < growing.density[40]);
    REQUIRE (growing.mixingTime);
    CHECK (growing.mixingTime.value == Approx (0.12).margin (0.08));

    std::vector<float> delta (4800);
    delta[0] = 1.0f;
    const auto single = measureEchoDensity (delta, 48000.0);
    CHECK (single.density[0] < 0.1f);
    CHECK (single.mixingTime.missing == Figure::Missing::tooShort);
}
