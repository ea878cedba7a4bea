#include "Kernel/Measuring/SweepFinder.h"

#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>

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
