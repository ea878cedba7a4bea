#include "Kernel/Measuring/Sweeps/SweepFinder.h"

#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

Sweep sweepOf (double from, double to, double seconds)
{
    Sweep sweep;
    sweep.from = from;
    sweep.to = to;
    sweep.seconds = seconds;
    sweep.leadIn = 0.2;
    sweep.tail = 0.8;
    return sweep;
}

} // namespace

TEST_CASE ("The figures of a sweep are found in its recording", "[kernel][measuring]")
{
    for (const auto& sweep :
         { sweepOf (100.0, 22000.0, 0.4), sweepOf (15.0, 22000.0, 2.0), sweepOf (20.0, 20000.0, 1.5),
           sweepOf (50.0, 16000.0, 1.0), sweepOf (20.0, 24000.0, 131072.0 / 48000.0), sweepOf (30.0, 21168.0, 3.0) })
    {
        for (const double rate : { 48000.0, 44100.0, 96000.0 })
        {
            if (sweep.to > 0.51 * rate)
                continue;

            CAPTURE (inWords (sweep), rate);
            const auto recording =
                inNoise (recordedSweep (sweep, { { 0.01, 0.7 }, { 0.0117, 0.4 }, { 0.0131, -0.3 } }, rate), -70.0, 3);
            const auto result = deconvolve ({ { { recording }, rate } }, {}, "take");
            INFO (result.error());
            REQUIRE (result);
            CHECK (result->wasFound);
            CHECK (inWords (*result->sweep) == inWords (sweep));
            CHECK (result->latency + 0.5 == Approx (0.21).margin (1e-4)); // from the recording's beginning
            CHECK (judge (*result).grade == MeasuringQuality::Grade::good);
        }
    }
}

TEST_CASE ("A sweep of odd figures is found as far as its law goes", "[kernel][measuring]")
{
    const auto sweep = sweepOf (37.7, 17113.0, 1.2345);
    const auto recording = recordedSweep (sweep, { { 0.01, 0.7 }, { 0.0113, 0.4 } }, 48000.0);
    const auto result = deconvolve ({ { { recording }, 48000.0 } }, {}, "take");
    REQUIRE (result);
    CHECK (result->sweep->growthTime() * (1.0 + 1e-6 * result->driftInPpm)
           == Approx (sweep.growthTime()).epsilon (2e-5));
    const std::vector<Pulse> pulses { { 0.0, 0.7 }, { 0.0013, 0.4 } };

    // The ripple of a sweep's spectrum near its ends depends on them.
    for (const double frequency : { 200.0, 1000.0, 5000.0, 12000.0 })
    {
        CAPTURE (frequency);
        CHECK (levelAt (result->kernel.paths[0], 48000.0, frequency)
               == Approx (levelAt (pulses, frequency)).margin (frequency < 500.0 ? 0.3 : 0.1));
    }

    // The first sound is a pulse, and not turned in phase: it begins where it is highest.
    const auto& kernel = result->kernel.paths[0];
    const auto highest = static_cast<size_t> (std::max_element (kernel.begin(), kernel.end()) - kernel.begin());
    CHECK (highest == Approx (24).margin (3));
}

TEST_CASE ("A sweep that was found is good only if its law leaves no dispersion and tells no drift",
           "[kernel][measuring]")
{
    unsigned seed = 1;

    for (const auto& sweep : { sweepOf (20.0, 20000.0, 3.0), sweepOf (15.0, 22000.0, 5.0) })
    {
        for (const double decay : { 0.0, 0.3, 1.0 })
        {
            auto room = decayingNoise (static_cast<size_t> (std::max (decay, 0.001) * 48000.0), seed);
            room[0] = 0.4f;
            room.resize (decay == 0.0 ? 1 : room.size());

            for (const double ppm : { 0.0, 60.0, 300.0, -300.0, 700.0, -1000.0 })
            {
                CAPTURE (inWords (sweep), decay, ppm);
                const auto played = recordedSweep (sweep, { {} }, 48000.0, ppm * 1e-6);
                const auto sound = oracle (played, room);
                const std::vector<float> clean (sound.begin(),
                                                sound.begin() + static_cast<std::ptrdiff_t> (played.size()));
                const auto result = deconvolve ({ { { inNoise (clean, -80.0, ++seed) }, 48000.0 } }, {}, "take");

                if (! result)
                    continue; // refused, with a sentence

                REQUIRE (result->sweep);
                const auto quality = judge (*result);
                const double growthTime = sweep.growthTime() * (1.0 + 1e-6 * ppm);
                const double smear = (result->sweep->growthTime() - growthTime) * std::log (sweep.to / sweep.from);
                CAPTURE (inWords (*result->sweep), inWords (quality), smear);
                CHECK (result->driftInPpm == 0.0);
                CHECK ((quality.grade != MeasuringQuality::Grade::good || std::abs (smear) < 0.0002));
                CHECK ((quality.grade != MeasuringQuality::Grade::usable || std::abs (smear) < 0.01));
            }
        }
    }

    // Where the figures are given, the drift is told.
    const auto sweep = sweepOf (20.0, 20000.0, 3.0);
    KnownSweep given;
    given.from = sweep.from;
    given.to = sweep.to;
    given.seconds = sweep.seconds;
    const auto result =
        deconvolve ({ { { recordedSweep (sweep, { { 0.01, 0.7 } }, 48000.0, 300e-6) }, 48000.0 } }, given, "take");
    REQUIRE (result);
    CHECK (result->driftInPpm == Approx (300.0).margin (1.0));
}

TEST_CASE ("A linear sweep that was not given is refused or not called good", "[kernel][measuring]")
{
    for (const double seconds : { 2.0, 5.0 })
    {
        for (const uint64_t seed : { 1u, 2u })
        {
            std::vector<float> linear (static_cast<size_t> (48000.0 * seconds));

            for (size_t n = 0; n < linear.size(); ++n)
            {
                const double t = static_cast<double> (n) / 48000.0;
                linear[n] =
                    static_cast<float> (0.5 * std::sin (2.0 * std::numbers::pi * (20.0 * t + 9990.0 / seconds * t * t))
                                        * std::min ({ 1.0, 50.0 * t, 50.0 * (seconds - t) }));
            }

            auto room = decayingNoise (19200, seed);
            room[0] = 0.4f;
            const auto sound = oracle (linear, room);
            const auto result = deconvolve ({ { { { sound.begin(), sound.end() } }, 48000.0 } }, {}, "take");
            CAPTURE (seconds, seed);

            if (! result)
            {
                CHECK_THAT (result.error(), Catch::Matchers::Contains ("a linear sweep or another signal needs it"));
                continue;
            }

            CAPTURE (inWords (judge (*result)));
            CHECK (judge (*result).grade == MeasuringQuality::Grade::poor);
        }
    }
}

TEST_CASE ("No sweep is found in noise, tones and music", "[kernel][measuring]")
{
    CHECK (findSweeps (noise (96000, 5), 48000.0).sweeps.empty());
    CHECK (findSweeps (std::vector<float> (96000), 48000.0).sweeps.empty());
    CHECK (findSweeps (std::vector<float> (10, 1.0f), 48000.0).sweeps.empty());
    CHECK (findSweeps (decayingNoise (96000, 5), 48000.0).sweeps.empty());
    std::vector<float> tone (96000);

    for (size_t n = 0; n < tone.size(); ++n)
        tone[n] = static_cast<float> (std::sin (0.05 * static_cast<double> (n)));

    CHECK (findSweeps (tone, 48000.0).sweeps.empty());
}
