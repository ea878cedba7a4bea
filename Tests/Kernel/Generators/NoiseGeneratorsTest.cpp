#include "Kernel/Generators/NoiseGenerators.h"

#include "Kernel/Generators/Measures.h"

#include "Kernel/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;

TEST_CASE ("The noise hall decays as asked, has unit energy, and is the same for the same seed", "[kernel]")
{
    NoiseHall hall;
    hall.lowDecay = hall.midDecay = hall.highDecay = 1.5;
    const auto kernel = generate (hall);
    REQUIRE (kernel.paths.size() == 2);
    CHECK (kernel.lengthInSeconds() == Approx (3.2));

    for (const auto& path : kernel.paths)
    {
        // 1.5 s for 60 dB: between 0.2 and 1.2 s the level falls by 40 dB.
        const auto energyAround = [&path] (double seconds)
        {
            double sum = 0.0;
            const auto centre = static_cast<size_t> (seconds * 48000);

            for (size_t n = centre - 2400; n < centre + 2400; ++n)
                sum += std::pow (static_cast<double> (path[n]), 2);

            return sum;
        };

        CHECK (10.0 * std::log10 (energyAround (0.2) / energyAround (1.2)) == Approx (40.0).margin (0.5));

        double energy = 0.0;

        for (const float x : path)
            energy += std::pow (static_cast<double> (x), 2);

        CHECK (energy == Approx (1.0).epsilon (0.05)); // of both channels together exactly
    }

    CHECK (contentHash (generate (hall)) == contentHash (kernel));
    hall.seed = 2;
    CHECK (contentHash (generate (hall)) != contentHash (kernel));
    CHECK (kernel.paths[0] != kernel.paths[1]);
}

TEST_CASE ("Decaying noise is white and decays as asked", "[kernel]")
{
    ExponentialNoise noise;
    noise.lengthInSeconds = 2.0;
    const auto kernel = generate (noise);
    REQUIRE (kernel.routing == Routing::stereo);
    const auto signal = test::inDouble (kernel.paths[0]);
    const auto line = test::fitted (test::decayCurve (signal), 48000, -1.0, -60.0);
    CHECK (line.decay == Approx (1.5).epsilon (0.02));
    CHECK (line.deviation < 0.5);

    for (const double f : { 100.0, 1000.0, 10000.0 })
        CHECK (10.0
                   * std::log10 (test::powerBetween (signal, 48000, f, 2.0 * f)
                                 / test::powerBetween (signal, 48000, 100, 20000))
               == Approx (0.0).margin (1.0)); // of 150 Hz and more, for 0.2 s

    CHECK (test::energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));
    CHECK (std::abs (test::correlation (signal, test::inDouble (kernel.paths[1]))) < 0.05);
    noise.numChannels = 1;
    CHECK (generate (noise).routing == Routing::mono);
}

TEST_CASE ("Velvet noise has one pulse in each period", "[kernel]")
{
    VelvetNoise noise;
    noise.density = 1000.0; // 48 frames each
    noise.decay = 2.0;
    const auto kernel = generate (noise);
    CHECK (test::energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));

    for (const auto& path : kernel.paths)
    {
        size_t right = 0, positive = 0;
        double first = 0.0, largestDeviation = 0.0;

        for (size_t period = 0; period < 2000; ++period)
        {
            size_t numPulses = 0;

            for (size_t n = period * 48; n < (period + 1) * 48; ++n)
                if (path[n] != 0.0f)
                {
                    ++numPulses;
                    positive += path[n] > 0.0f ? 1u : 0u;
                    const double level = std::abs (path[n]) * std::pow (1000.0, static_cast<double> (n) / 96000.0);
                    first = first == 0.0 ? level : first;
                    largestDeviation = std::max (largestDeviation, std::abs (level / first - 1.0));
                }

            right += numPulses == 1 ? 1u : 0u;
        }

        CHECK (right == 2000);
        CHECK (largestDeviation < 1e-5);
        CHECK (positive > 900);
        CHECK (positive < 1100);
    }
}
