#include "Kernel/Generators/TextureGenerators.h"

#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** The level of a stretch of a kernel's left channel, in dB. */
double levelBetween (const Kernel& kernel, double from, double to)
{
    const auto frameAt = [&kernel] (double t) { return static_cast<std::ptrdiff_t> (t * kernel.sampleRate); };
    const auto start = kernel.paths[0].begin();
    return 10.0 * std::log10 (energy ({ start + frameAt (from), start + frameAt (to) }) / (to - from));
}

} // namespace

TEST_CASE ("A resonator rings in the notes of its chord", "[kernel]")
{
    Resonator resonator;
    resonator.root = 200.0;
    resonator.chord = 1; // a fifth is 1.4983 times the root
    resonator.inharmonicity = 0.0;
    resonator.numPartials = 1;
    resonator.detune = 0.0;
    const auto kernel = generate (resonator);
    const auto levelAt = [&kernel] (double f)
    { return 20.0 * std::log10 (std::abs (responseAt (kernel.paths[0], f, 48000))); };

    for (const double f : { 200.0, 299.66, 400.0, 599.3 })
        CHECK (levelAt (f) > levelAt (250) + 30.0);

    CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));

    // Of single partials, the decay.
    const auto line = fitted (decayCurve (octaveAround (inDouble (kernel.paths[0]), 200, 48000)), 48000, -5.0, -45.0);
    CHECK (line.decay == Approx (3.0).epsilon (0.05));

    // A stiff string's third partial.
    resonator.numPartials = 3;
    resonator.inharmonicity = 0.01;
    resonator.chord = 0;
    const auto stiff = generate (resonator);
    const double third = 600.0 * std::sqrt (1.09 / 1.01);
    CHECK (std::abs (responseAt (stiff.paths[0], third, 48000))
           > 5.0 * std::abs (responseAt (stiff.paths[0], 600, 48000)));
}

TEST_CASE ("A swell rises by its range, opens up and ends softly", "[kernel]")
{
    const Swell swell;
    const auto kernel = generate (swell);
    CHECK (kernel.lengthInSeconds() == Approx (2.15));

    // 50 dB in 1.8 s: 27.8 dB in a second. Noise under 100 ms of it: 1.5 dB of chance.
    CHECK (levelBetween (kernel, 1.6, 1.7) - levelBetween (kernel, 0.6, 0.7) == Approx (50.0 / 1.8).margin (1.5));
    CHECK (levelBetween (kernel, 2.1, 2.15) < levelBetween (kernel, 1.7, 1.8) - 15.0);

    const auto signal = inDouble (kernel.paths[0]);
    const auto brightness = [&signal] (size_t from)
    {
        const Signal part (signal.begin() + static_cast<std::ptrdiff_t> (from),
                           signal.begin() + static_cast<std::ptrdiff_t> (from + 9600));
        return powerBetween (part, 48000, 4000, 8000) / powerBetween (part, 48000, 100, 500);
    };
    CHECK (brightness (75000) > 30.0 * brightness (9600));
    CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));
}

TEST_CASE ("Grains grow denser, within their pitches, and change their level", "[kernel]")
{
    Grains grains;
    grains.grainLength = 5.0;
    grains.change = 0.0;
    grains.firstDensity = 5.0;
    grains.lastDensity = 100.0;
    const auto kernel = generate (grains);

    // So short, they hardly meet: the energy of a stretch counts them. The density at 0.4 s and 2.6 s differs by
    // 20^(2.2 / 3) = 9, of random places and levels.
    const double ratio = levelBetween (kernel, 2.2, 3.0) - levelBetween (kernel, 0.0, 0.8);
    CHECK (ratio > 6.0);
    CHECK (ratio < 13.0);

    grains.grainLength = 60.0;
    const auto longer = inDouble (generate (grains).paths[0]);
    const double inside = powerBetween (longer, 48000, 200, 5000);
    CHECK (powerBetween (longer, 48000, 5500, 24000) < 1e-4 * inside);
    CHECK (powerBetween (longer, 48000, 1, 100) < 1e-3 * inside);

    grains.lastDensity = grains.firstDensity = 100.0;
    grains.change = -24.0;
    const auto falling = generate (grains);
    CHECK (levelBetween (falling, 2.2, 2.8) - levelBetween (falling, 0.2, 0.8) == Approx (-16.0).margin (2.5));
}

TEST_CASE ("Textures are the same for the same seed", "[kernel]")
{
    const auto check = [] (auto texture)
    {
        const auto hash = contentHash (generate (texture));
        CHECK (contentHash (generate (texture)) == hash);
        texture.seed = 2;
        CHECK (contentHash (generate (texture)) != hash);
    };
    check (Resonator {});
    check (Swell {});
    check (Grains {});
}
