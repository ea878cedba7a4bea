#include "Kernel/Generators/NoiseGenerators.h"

#include "Kernel/Generators/FactoryBank.h"

#include "Kernel/KernelFile.h"
#include "Support/Catch.h"

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

TEST_CASE ("The default kernel is a hall", "[kernel]")
{
    const auto kernel = defaultKernel();
    CHECK (kernel.name == "Concert Hall");
    CHECK (kernel.routing == Routing::stereo);
    CHECK (makeKernel (kernel.paths, kernel.sampleRate, kernel.name)); // passes every check
}
