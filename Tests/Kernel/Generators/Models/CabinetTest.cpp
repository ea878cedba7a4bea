#include "Kernel/Generators/Models/Cabinet.h"

#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

double dbAt (const Kernel& kernel, double frequency)
{
    return 20.0 * std::log10 (std::abs (responseAt (kernel.paths[0], frequency, kernel.sampleRate)));
}

} // namespace

TEST_CASE ("A cabinet has its resonance, its peak and a steep end", "[kernel]")
{
    Cabinet cabinet;
    cabinet.ripple = 0.0;
    cabinet.axis = 0.0;
    cabinet.boxQ = 2.0;
    const auto kernel = generate (cabinet);
    CHECK (kernel.routing == Routing::mono);
    CHECK (kernel.lengthInFrames() == 2400);

    CHECK (dbAt (kernel, 105) > dbAt (kernel, 300) + 3.0);     // the box
    CHECK (dbAt (kernel, 40) < dbAt (kernel, 105) - 12.0);     // and the bass below it
    CHECK (dbAt (kernel, 2700) > dbAt (kernel, 1000) + 6.0);   // the cone's break-up
    CHECK (dbAt (kernel, 10400) < dbAt (kernel, 2700) - 25.0); // and its end, an octave above the cutoff
    CHECK (dbAt (kernel, 20000) < dbAt (kernel, 2700) - 50.0);

    auto other = cabinet;
    other.axis = 1.0;
    const auto rim = generate (other);
    CHECK (dbAt (rim, 4000) - dbAt (rim, 400) < dbAt (kernel, 4000) - dbAt (kernel, 400) - 4.0);

    other = cabinet;
    other.distance = 1.0;
    const auto near = generate (other);
    CHECK (dbAt (near, 100) - dbAt (near, 2000) > dbAt (kernel, 100) - dbAt (kernel, 2000) + 1.5);
}

TEST_CASE ("A cabinet answers at once and has ended at its end", "[kernel]")
{
    const auto kernel = generate (Cabinet {});
    const auto& path = kernel.paths[0];
    const auto largest =
        std::max_element (path.begin(), path.end(), [] (float a, float b) { return std::abs (a) < std::abs (b); });
    CHECK (largest - path.begin() < 24); // half a millisecond
    CHECK (std::abs (path.back()) < 1e-6f * std::abs (*largest));

    // What the fade takes was below -60 dB anyway: its box rings for 30 ms.
    CHECK (energy ({ path.begin() + 1600, path.end() }) < 1e-4);
    CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));
}

TEST_CASE ("A cabinet sounds the same at every rate, and another seed is another one of its kind", "[kernel]")
{
    const auto kernel = generate (Cabinet {});

    for (const double rate : { 44100.0, 96000.0, 192000.0 })
    {
        CAPTURE (rate);
        Cabinet cabinet;
        cabinet.sampleRate = rate;
        const auto same = generate (cabinet);

        for (const double f : { 80.0, 500.0, 2700.0, 7000.0 })
            CHECK (dbAt (same, f) - dbAt (same, 1000) == Approx (dbAt (kernel, f) - dbAt (kernel, 1000)).margin (0.2));
    }

    CHECK (contentHash (generate (Cabinet {})) == contentHash (kernel));
    Cabinet other;
    other.seed = 2;
    CHECK (std::abs (dbAt (generate (other), 1000) - dbAt (kernel, 1000)) > 0.05);
}
