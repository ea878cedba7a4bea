#include "Kernel/Generators/NoiseGenerators.h"

#include "Kernel/Generators/Measures.h"

#include "Kernel/Reading/KernelFile.h"
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

TEST_CASE ("Each octave of the noise hall decays at its own pace, whatever the others do", "[kernel]")
{
    const double decays[][3] = { { 1, 3, 0.5 },
                                 { 4, 1, 0.3 },
                                 { 2.9, 2.4, 0.9 },
                                 { 0.5, 1, 3 } }; // low, mid, high in s
    const double octaves[][2] = { { 63, 125 }, { 1000, 1000 }, { 8000, 16000 } };

    for (const auto& decay : decays)
    {
        for (size_t band = 0; band < 3; ++band)
        {
            for (const double octave : octaves[band])
            {
                // A single decay of few cycles is a matter of chance: the mean of 16.
                double sum = 0.0;

                for (uint64_t seed = 1; seed <= 8; ++seed)
                {
                    NoiseHall hall;
                    hall.lowDecay = decay[0];
                    hall.midDecay = decay[1];
                    hall.highDecay = decay[2];
                    hall.lengthInSeconds = 1.2 * decay[band];
                    hall.seed = seed;

                    for (const auto& path : generate (hall).paths)
                        sum +=
                            test::fitted (test::decayCurve (test::octaveAround (test::inDouble (path), octave, 48000)),
                                          48000, -5, -35)
                                .decay
                            / 16.0;
                }

                CAPTURE (decay[0], decay[1], decay[2], octave);
                CHECK (sum == Approx (decay[band]).epsilon (0.05));
            }
        }
    }
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
