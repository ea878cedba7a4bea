#include "Kernel/Edits/EditRun.h"

#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Cutting.h"
#include "Support/Fourier.h"
#include "Support/Oracle.h"

#include <cmath>
#include <numbers>

using namespace faltwerk;
using Catch::Matchers::Contains;
using test::after;
using test::applied;
using test::hall;

namespace
{

double gainInDb (float a, float b)
{
    return 20.0 * std::log10 (std::abs (static_cast<double> (a) / static_cast<double> (b)));
}

/** Returns the mean level of the 20 ms around a time in s, in dB. */
double levelAround (const std::vector<float>& path, double seconds, double rate = 48000.0)
{
    const auto centre = static_cast<size_t> (seconds * rate), half = static_cast<size_t> (0.01 * rate);
    double sum = 0.0;

    for (size_t n = centre - std::min (half, centre); n < centre + half; ++n)
        sum += std::pow (static_cast<double> (path[n]), 2) / (0.02 * rate);

    return 10.0 * std::log10 (sum);
}

} // namespace

TEST_CASE ("Edits at rest change nothing, and undoing one gives every bit back", "[kernel]")
{
    const auto kernel = hall (0.5, 0.6);
    CHECK (applied (kernel, Edits {}) == kernel);

    Edits some;
    some.damping = 0.5;
    some.nodes = { { 0.1, -3.0 } };
    CHECK (applied (kernel, some).paths != kernel.paths);
    CHECK (applied (kernel, Edits {}) == kernel); // an edit is a value: the source is as it was
}

TEST_CASE ("Trims, reversal, gain and pre-delay are exact", "[kernel]")
{
    const auto kernel = hall (0.5, 0.6);
    const auto& left = kernel.paths[0];

    const auto part = after (kernel,
                             [] (Edits& edits)
                             {
                                 edits.start = 0.1;
                                 edits.end = 0.25;
                             });
    CHECK (part.paths[0] == std::vector<float> (left.begin() + 4800, left.begin() + 12000));

    const auto backwards = after (kernel, [] (Edits& edits) { edits.reverse = true; });
    CHECK (std::vector<float> (backwards.paths[0].rbegin(), backwards.paths[0].rend()) == left);
    CHECK (after (backwards, [] (Edits& edits) { edits.reverse = true; }) == kernel);

    const auto louder = after (kernel, [] (Edits& edits) { edits.gainDb = 6.0; });
    const auto factor = static_cast<float> (std::pow (10.0, 0.3));
    bool exact = true;

    for (size_t n = 0; n < left.size(); ++n)
        exact = exact && louder.paths[0][n] == left[n] * factor;

    CHECK (exact);

    const auto late = after (kernel, [] (Edits& edits) { edits.preDelay = 0.01; });
    CHECK (late.lengthInFrames() == kernel.lengthInFrames() + 480);
    CHECK (std::vector<float> (late.paths[1].begin() + 480, late.paths[1].end()) == kernel.paths[1]);
    CHECK (std::count (late.paths[1].begin(), late.paths[1].begin() + 480, 0.0f) == 480);
}

TEST_CASE ("Fades are raised cosines, and an attack rises to full level", "[kernel]")
{
    const Kernel ones { { std::vector<float> (4800, 1.0f) }, 48000.0, Routing::mono, "ones" };
    const auto faded = after (ones,
                              [] (Edits& edits)
                              {
                                  edits.fadeIn = 0.02;
                                  edits.fadeOut = 0.05;
                              });
    double error = 0.0;

    for (size_t n = 0; n < 4800; ++n)
    {
        const auto rise = [] (double x) { return x >= 1.0 ? 1.0 : 0.5 - 0.5 * std::cos (std::numbers::pi * x); };
        const double position = static_cast<double> (n) + 0.5;
        error = std::max (error, std::abs (static_cast<double> (faded.paths[0][n])
                                           - rise (position / 960.0) * rise ((4800.0 - position) / 2400.0)));
    }

    CHECK (error < 1e-6);

    const auto soft = after (ones, [] (Edits& edits) { edits.attack = 0.05; }).paths[0];
    CHECK (soft[0] < 0.001f);
    CHECK (soft[1199] == Approx (0.75).margin (0.001)); // 1 - (1 / 2)^2 half way
    CHECK (soft[2400] == 1.0f);
    CHECK (std::is_sorted (soft.begin(), soft.end()));
}

TEST_CASE ("The decay envelope passes through its nodes and never overshoots them", "[kernel]")
{
    const NodeCurve curve ({ { 0.1, 0.0 }, { 0.2, -6.0 }, { 0.5, -6.0 }, { 0.6, -30.0 } });
    CHECK (curve.gainDbAt (0.0) == 0.0);
    CHECK (curve.gainDbAt (0.1) == Approx (0.0).margin (1e-9));
    CHECK (curve.gainDbAt (0.2) == Approx (-6.0));
    CHECK (curve.gainDbAt (0.35) == Approx (-6.0)); // level between equal nodes
    CHECK (curve.gainDbAt (0.6) == Approx (-30.0));
    CHECK (curve.gainDbAt (9.0) == -30.0);

    for (double t = 0.0; t < 0.7; t += 0.001)
        CHECK (curve.gainDbAt (t + 0.001) <= curve.gainDbAt (t) + 1e-9);

    CHECK (NodeCurve ({}).gainDbAt (1.0) == 0.0);

    const Kernel ones { { std::vector<float> (48000, 1.0f) }, 48000.0, Routing::mono, "ones" };
    const auto shaped = after (ones,
                               [] (Edits& edits) {
                                   edits.nodes = { { 0.1, 0.0 }, { 0.2, -6.0 }, { 0.5, -6.0 }, { 0.6, -30.0 } };
                               });

    for (const double t : { 0.05, 0.1, 0.15, 0.3, 0.55, 0.9 })
        CHECK (gainInDb (shaped.paths[0][static_cast<size_t> (t * 48000.0)], 1.0f)
               == Approx (curve.gainDbAt (t)).margin (0.01));
}

TEST_CASE ("Decay sets the decay time, without lifting the noise", "[kernel]")
{
    auto kernel = hall (4.0, 1.2);
    const auto timeOf = [] (const Kernel& k)
    {
        const auto band = analyseBroadbandDecay (k);
        REQUIRE (band.t30);
        return band.t30.value;
    };

    for (const double decay : { 0.25, 0.5, 1.5, 2.0 })
    {
        CAPTURE (decay);
        CHECK (timeOf (after (kernel, [decay] (Edits& edits) { edits.decay = decay; }))
               == Approx (1.2 * decay).epsilon (0.02));
    }

    // With noise at -70 dB: what follows the crossing falls on at the new rate.
    const auto floor = test::noise (kernel.lengthInFrames(), 9, 0.25 * std::pow (10.0, -3.5));

    for (auto& path : kernel.paths)
        for (size_t n = 0; n < path.size(); ++n)
            path[n] += floor[n];

    const auto longer = after (kernel, [] (Edits& edits) { edits.decay = 2.0; });
    CHECK (timeOf (longer) == Approx (2.4).epsilon (0.05));
    CHECK (levelAround (longer.paths[0], 3.9) < levelAround (longer.paths[0], 0.01) - 85.0);

    // A reversed kernel falls as fast, the other way round.
    auto mirrored = after (hall (2.0, 1.2),
                           [] (Edits& edits)
                           {
                               edits.reverse = true;
                               edits.decay = 0.5;
                           });
    CHECK (timeOf (after (mirrored, [] (Edits& edits) { edits.reverse = true; })) == Approx (0.6).epsilon (0.02));
}

TEST_CASE ("However short a kernel beside its silence, edits of its decay leave it finite", "[kernel]")
{
    // Clicks, whose decay is steeper than any number holds over ten seconds, and what is left of them in floats.
    for (const float rest : { 0.0f, 1e-30f, 1e-9f })
    {
        for (const size_t onset : test::Sizes { 0, 240000 })
        {
            std::vector<float> click (480000, rest);
            click[onset] = 1.0f;
            click[onset + 1] = -0.5f;
            const Kernel kernel { { click, click }, 48000.0, Routing::stereo, "click" };
            Edits edits;

            for (const double decay : { 0.1, 0.5, 1.5, 2.0 })
            {
                for (const double damping : { 0.0, 1.0 })
                {
                    for (const bool reverse : { false, true })
                    {
                        CAPTURE (rest, onset, decay, damping, reverse);
                        edits.decay = decay;
                        edits.damping = damping;
                        edits.reverse = reverse;
                        const auto path = applied (kernel, edits).paths[1];
                        CHECK (std::all_of (path.begin(), path.end(), [] (float x) { return std::abs (x) <= 2.0f; }));
                    }
                }
            }
        }
    }
}

TEST_CASE ("Damping shortens the decay of high frequencies and leaves low ones", "[kernel]")
{
    const auto kernel = hall (3.0, 2.0);
    const auto before = analyseDecay (kernel);

    for (const double damping : { 0.3, 0.7 })
    {
        const auto result = analyseDecay (after (kernel, [damping] (Edits& edits) { edits.damping = damping; }));
        CAPTURE (damping);

        for (const size_t band : { 1u, 2u }) // 125 and 250 Hz
            CHECK (result.bands[band].t20.value == Approx (before.bands[band].t20.value).epsilon (0.03));

        CHECK (result.bands[7].t20.value == Approx (2.0 * (1.0 - 0.9 * damping)).epsilon (0.1)); // 8 kHz
        CHECK (result.bands[7].t20.value < result.bands[4].t20.value);
    }
}

TEST_CASE ("Width scales what left and right do not share", "[kernel]")
{
    const auto kernel = hall (0.2, 0.3);
    const auto narrow = after (kernel, [] (Edits& edits) { edits.width = 0.0; });
    CHECK (narrow.paths[0] == narrow.paths[1]);
    CHECK (narrow.paths[0][100] == Approx ((kernel.paths[0][100] + kernel.paths[1][100]) / 2.0f));

    const auto wide = after (kernel, [] (Edits& edits) { edits.width = 2.0; });
    CHECK (wide.paths[0][100] - wide.paths[1][100] == Approx (2.0f * (kernel.paths[0][100] - kernel.paths[1][100])));
    CHECK (wide.paths[0][100] + wide.paths[1][100] == Approx (kernel.paths[0][100] + kernel.paths[1][100]));

    // True stereo: each input's own pair. Mono has no width.
    Kernel four { { { 1 }, { 0 }, { 0 }, { 1 } }, 48000.0, Routing::trueStereo, "four" };
    CHECK (after (four, [] (Edits& edits) { edits.width = 0.0; }).paths
           == std::vector<std::vector<float>> { { 0.5f }, { 0.5f }, { 0.5f }, { 0.5f } });
    const Kernel mono { { { 1, 2 } }, 48000.0, Routing::mono, "mono" };
    CHECK (after (mono, [] (Edits& edits) { edits.width = 0.0; }) == mono);
}

TEST_CASE ("A stretch moves pitch and time together and keeps the level in band", "[kernel]")
{
    // A band of noise around 2 kHz, twice as long: around 1 kHz, at the level of what a sound meets there.
    auto band = test::bandPassed (test::noise (32768, 5), 48000.0, 1500.0, 2500.0);
    const Kernel kernel { { { band.begin(), band.end() } }, 48000.0, Routing::mono, "band" };
    const auto stretched = after (kernel, [] (Edits& edits) { edits.stretch = 2.0; });
    CHECK (stretched.sampleRate == 48000.0);
    CHECK (stretched.lengthInFrames() == 65536 + 128); // with what rings behind the end

    const auto within = [] (const Kernel& k, double low, double high)
    { return test::energyWithin (k.paths[0], 48000.0, [=] (double f) { return f >= low && f < high ? 1.0 : 0.0; }); };
    CHECK (within (stretched, 740.0, 1260.0) > 0.999 * within (stretched, 0.0, 24000.0));

    // |H|^2 is what it was, over half the band: half the energy.
    CHECK (within (stretched, 0.0, 24000.0) == Approx (0.5 * within (kernel, 0.0, 24000.0)).epsilon (0.01));
}

TEST_CASE ("Edits that leave nothing or grow too long are refused with a sentence", "[kernel]")
{
    const auto kernel = hall (0.5, 0.6);
    Edits edits;
    edits.start = 0.4;
    edits.end = 0.3;
    CHECK_THAT (edited (kernel, edits).error(), Contains ("'hall'") && Contains ("nothing is left"));

    edits = {};
    edits.preDelay = 1e9;
    CHECK_THAT (edited (kernel, edits).error(), Contains ("60 s at 192 kHz"));

    edits = {};
    edits.start = -1.0;
    edits.end = 99.0;
    CHECK (applied (kernel, edits) == kernel); // what lies beyond the ends is their place
}

TEST_CASE ("Numbers without a rate are edited as at 48 kHz, and keep having none", "[kernel]")
{
    const Kernel numbers { { { 1, 2, 3, 4 } }, 0.0, Routing::mono, "numbers" };
    const auto result = after (numbers, [] (Edits& edits) { edits.start = 1.0 / 48000.0; });
    CHECK (result.paths[0] == std::vector<float> { 2, 3, 4 });
    CHECK (result.sampleRate == 0.0);
}
