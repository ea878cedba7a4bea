#include "Kernel/Generators/Models/Spring.h"

#include "Kernel/Generators/Measures.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** One even spring. */
Spring single()
{
    Spring spring;
    spring.numSprings = 1;
    spring.roughness = 0.0;
    spring.damping = 0.2;
    spring.delay = 80.0;
    spring.transition = 4000.0;
    return spring;
}

/** Where a narrow band of a signal is loudest between two times, in ms: under Gaussian windows of 5 ms. */
double loudest (const Signal& signal, double frequency, double from, double to)
{
    double best = 0.0, largest = 0.0;

    for (double ms = from; ms < to; ms += 0.5)
    {
        std::complex<double> sum;

        for (auto n = static_cast<size_t> (std::max (0.0, ms - 15.0) * 48.0);
             n < static_cast<size_t> ((ms + 15.0) * 48.0); ++n)
        {
            const double t = static_cast<double> (n) / 48.0;
            sum += signal[n] * std::exp (-0.5 * std::pow ((t - ms) / 5.0, 2))
                   * std::polar (1.0, -2.0 * std::numbers::pi * frequency * t * 1e-3);
        }

        if (std::abs (sum) > largest)
        {
            largest = std::abs (sum);
            best = ms;
        }
    }

    return best;
}

} // namespace

TEST_CASE ("A spring's echoes are chirps that grow longer", "[kernel]")
{
    const auto kernel = generate (single());
    const auto signal = inDouble (kernel.paths[0]);

    // Half a round, then whole ones: delay / sqrt (1 - (f / transition)^2), to 2 % for this very spring and 2 ms.
    for (const double frequency : { 300.0, 1000.0, 2000.0 })
    {
        CAPTURE (frequency);
        const double round = 80.0 / std::sqrt (1.0 - std::pow (frequency / 4000.0, 2));
        CHECK (loudest (signal, frequency, 5.0, 0.9 * round) == Approx (0.5 * round).epsilon (0.025).margin (2.0));
        CHECK (loudest (signal, frequency, 1.1 * round, 1.9 * round)
               == Approx (1.5 * round).epsilon (0.025).margin (2.0));
    }

    const auto line = fitted (decayCurve (octaveAround (signal, 500, 48000)), 48000, -5.0, -35.0);
    CHECK (line.decay == Approx (2.4).epsilon (0.1));
}

TEST_CASE ("A spring is silent before its first echo, above its transition and below its transducers", "[kernel]")
{
    for (const double rate : { 8000.0, 48000.0, 192000.0 })
    {
        auto spring = single();
        spring.sampleRate = rate;
        CAPTURE (rate);
        const auto kernel = generate (spring);
        CHECK (energyAt48kHz (kernel) == Approx (1.0).epsilon (1e-5));
        const auto signal = inDouble (kernel.paths[0]);

        // What a circle brings round would be here: the filters before the first echo ring less.
        const auto before = kernel.paths[0].begin() + static_cast<std::ptrdiff_t> (0.02 * rate);
        CHECK (energy ({ kernel.paths[0].begin(), before }) * rate / 48000.0 < 1e-5);

        const double inside = powerBetween (signal, rate, 300, 2500);
        CHECK (powerBetween (signal, rate, 1, 10) < 1e-3 * inside);

        if (rate > 8000.0)
            CHECK (powerBetween (signal, rate, 4500, 20000) < 1e-7 * inside);
    }
}

TEST_CASE ("Springs differ from channel to channel as far as asked, and are the same for the same seed", "[kernel]")
{
    Spring spring;
    const auto kernel = generate (spring);
    const auto apart = correlation (inDouble (kernel.paths[0]), inDouble (kernel.paths[1]));
    CHECK (std::abs (apart) < 0.3);
    CHECK (contentHash (generate (spring)) == contentHash (kernel));

    spring.width = 0.0;
    const auto mono = generate (spring);
    CHECK (correlation (inDouble (mono.paths[0]), inDouble (mono.paths[1])) == Approx (1.0));

    auto tight = single();
    tight.tension = 100.0;
    CHECK (
        loudest (inDouble (generate (tight).paths[0]), 300, 5.0, 40.0)
        == Approx (loudest (inDouble (generate (single()).paths[0]), 300, 5.0, 70.0) * std::exp2 (-0.6)).margin (3.0));
}
