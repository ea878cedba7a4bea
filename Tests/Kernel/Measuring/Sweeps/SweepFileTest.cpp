#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"
#include "Kernel/Measuring/Sweeps/InverseSweep.h"
#include "Kernel/Measuring/Sweeps/SweepText.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

Sweep oddSweep()
{
    Sweep sweep;
    sweep.sampleRate = 44100.0;
    sweep.from = 31.5;
    sweep.to = 0.48 * 44100.0;
    sweep.seconds = 1.25;
    sweep.leadIn = 0.125;
    sweep.tail = 0.75;
    sweep.levelDb = -12.5;
    return sweep;
}

/** The response to any signal that was played, and recorded through two pulses. */
Deconvolved through (const std::vector<float>& signal, double rate, const Sound& file)
{
    std::vector<float> system (100);
    system[0] = 0.8f;
    system[48] = 0.4f;
    auto recording = oracle (signal, system);
    recording.resize (recording.size() + 24000);
    KnownSweep known;
    known.file = file;
    const auto result = deconvolve ({ { { { recording.begin(), recording.end() } }, rate } }, known, "take");
    INFO (result.error());
    REQUIRE (result);
    return *result;
}

} // namespace

TEST_CASE ("A sweep's figures survive in its file and in its name", "[kernel][measuring]")
{
    const auto sweep = oddSweep();
    CHECK (sweepInText (asText (sweep)) == sweep);
    CHECK (sweepInText ("INFOICMT\1\2" + asText (sweep) + "data") == sweep);
    const TemporaryFolder folder;
    Sound sound { { makeSweep (sweep) }, sweep.sampleRate };
    sound.comment = asText (sweep);

    for (const auto* const name : { "a.wav", "a.flac", "a.aiff", "a.caf" })
    {
        CAPTURE (name);
        REQUIRE (writeSound (folder.path (name), sound,
                             std::string (name) == "a.flac" ? SampleFormat::int24 : SampleFormat::float32)
                 == "");
        CHECK (sweepInFile (folder.path (name)) == sweep);
        CHECK (readSound (folder.path (name))->channels[0].size() == sound.channels[0].size());
    }

    // The name alone tells what is needed to divide by it.
    sound.comment.clear();
    const auto named = folder.path ("my " + fileNameOf (sweep));
    REQUIRE (writeSound (named, sound, SampleFormat::int16) == "");
    const auto found = sweepInFile (named);
    REQUIRE (found);
    CHECK (found->from == sweep.from);
    CHECK (found->to == sweep.to);
    CHECK (found->seconds == sweep.seconds);
    CHECK (found->levelDb == sweep.levelDb);
    CHECK_FALSE (sweepInFile (folder.path ("none.wav")));
}

TEST_CASE ("Damaged figures of a sweep are none", "[kernel][measuring]")
{
    const auto text = asText (oddSweep());

    for (size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE (sweepInText (text.substr (0, length)));

    for (const auto* const each :
         { "faltwerk sweep: 0 Hz to 22000 Hz in 10 s, lead-in 0.5 s, tail 4 s, level -6 dB, made at 48000 Hz",
           "faltwerk sweep: 15 Hz to nan Hz in 10 s, lead-in 0.5 s, tail 4 s, level -6 dB, made at 48000 Hz",
           "faltwerk sweep: 15 Hz to 22000 Hz in 1e30 s, lead-in 0.5 s, tail 4 s, level -6 dB, made at 48000 Hz",
           "faltwerk sweep: 15 Hz to 22000 Hz in 10 s, lead-in -1 s, tail 4 s, level -6 dB, made at 48000 Hz" })
        CHECK_FALSE (sweepInText (each));
}

TEST_CASE ("The law of a sweep of another program is found in its file and tells drift and harmonics",
           "[kernel][measuring]")
{
    unsigned seed = 1;

    for (const auto& [from, to, seconds] :
         { std::array { 20.0, 20000.0, 131072.0 / 48000.0 }, std::array { 37.0, 17113.0, 3.3 } })
    {
        Sweep law;
        law.from = from;
        law.to = to;
        law.seconds = seconds;
        law.leadIn = 0.1;
        law.tail = 1.0;
        KnownSweep known;
        known.file = Sound { { recordedSweep (law, { {} }, 48000.0) }, 48000.0 };

        for (const double ppm : { 0.0, 60.0, -200.0 })
        {
            CAPTURE (from, seconds, ppm);
            auto recording = recordedSweep (law, { { 0.003, 0.7 } }, 48000.0, ppm * 1e-6);

            for (auto& x : recording)
                x += 0.02f * x * x + 0.02f * x * x * x;

            const auto result = deconvolve ({ { { inNoise (recording, -90.0, seed++) }, 48000.0 } }, known, "take");
            INFO (result.error());
            REQUIRE (result);
            REQUIRE (result->sweep);
            CHECK (result->sweep->growthTime() == Approx (law.growthTime()).epsilon (1e-4));
            CHECK (result->driftInPpm == Approx (ppm).margin (3.0));
            CHECK (result->harmonics.standOut);

            // Of a sine of 0.351, relative to it: 0.02 * 0.351 / 2, 0.02 * 0.351^2 / 4. Near the end of the band, which
            // is seen to a 24th of an octave, harmonics count more.
            CHECK (result->harmonics.secondInDb == Approx (-49.1).margin (1.5));
            CHECK (result->harmonics.thirdInDb == Approx (-64.2).margin (1.5));
            CHECK (judge (*result).grade == MeasuringQuality::Grade::good);

            for (const double frequency : { 200.0, 1100.0, 5000.0, 10000.0 })
                CHECK (levelAt (result->kernel.paths[0], 48000.0, frequency)
                       == Approx (20.0 * std::log10 (0.7)).margin (0.1));
        }
    }
}

TEST_CASE ("A recording convolved with the inverse sweep is the kernel", "[kernel][measuring]")
{
    Sweep sweep;
    sweep.from = 40.0;
    sweep.to = 20000.0;
    sweep.seconds = 1.5;
    sweep.leadIn = 0.2;
    sweep.tail = 0.6;
    auto room = decayingNoise (9600, 4);
    room[0] = 0.4f;
    const auto sound = oracle (makeSweep (sweep), room);
    const std::vector<float> recording (sound.begin(), sound.end());
    const auto inverse = inverseOf (sweep);
    const auto convolved = oracle (recording, inverse.samples);
    KnownSweep known;
    known.law = sweep;
    const auto result = deconvolve ({ { { recording }, 48000.0 } }, known, "take");
    REQUIRE (result);
    const auto& kernel = result->kernel.paths[0];
    const size_t start = static_cast<size_t> (std::lround (48000.0 * (inverse.zero - preRollInSeconds)));
    REQUIRE (convolved.size() > start + 9000);
    const std::vector<float> same (kernel.begin() + 24, kernel.begin() + 8000); // not its faded ends
    const std::vector<double> expected (convolved.begin() + static_cast<std::ptrdiff_t> (start) + 24,
                                        convolved.begin() + static_cast<std::ptrdiff_t> (start) + 8000);
    CHECK (errorInDb (same, expected) < -80.0);
}

TEST_CASE ("A band of linear phase turns no frequency", "[kernel][measuring]")
{
    Sweep sweep;
    sweep.from = 40.0;
    sweep.to = 20000.0;
    sweep.seconds = 2.0;
    sweep.leadIn = 0.2;
    sweep.tail = 0.6;
    KnownSweep known;
    known.law = sweep;
    const auto loop = recordedSweep (sweep, { { 0.01, 0.8 } }, 48000.0);
    double turned[2] = {};

    for (const auto phase : { BandPhase::minimum, BandPhase::linear })
    {
        const auto result = deconvolve ({ { { loop }, 48000.0 } }, known, "take", phase);
        REQUIRE (result);
        CHECK (result->latency == Approx (0.01).margin (1e-5));
        CHECK (judge (*result).grade == MeasuringQuality::Grade::good);
        const auto& kernel = result->kernel.paths[0];
        const double preRoll = std::round (preRollOf (phase, 40.0) * 48000.0);

        for (const double frequency : { 100.0, 300.0, 1000.0, 5000.0, 12000.0 })
        {
            std::complex<double> sum;

            for (size_t n = 0; n < kernel.size(); ++n)
                sum += static_cast<double> (kernel[n])
                       * std::polar (1.0, -2.0 * std::numbers::pi * frequency * (static_cast<double> (n) - preRoll)
                                              / 48000.0);

            CAPTURE (frequency);
            CHECK (20.0 * std::log10 (std::abs (sum)) == Approx (20.0 * std::log10 (0.8)).margin (0.1));
            auto& most = turned[phase == BandPhase::linear ? 1 : 0];
            most = std::max (most, std::abs (std::arg (sum)) * 180.0 / std::numbers::pi);
        }
    }

    CHECK (turned[0] > 20.0);
    CHECK (turned[1] < 1.0);
}

TEST_CASE ("Any signal that was played divides its recording", "[kernel][measuring]")
{
    // An exponential sweep of another program, a linear one, and noise.
    Sweep law;
    law.from = 40.0;
    law.to = 20000.0;
    law.seconds = 1.0;
    law.leadIn = 0.1;
    law.tail = 0.2;
    std::vector<float> linear (48000);

    for (size_t n = 0; n < linear.size(); ++n)
    {
        const double t = static_cast<double> (n) / 48000.0;
        linear[n] = static_cast<float> (0.5 * std::sin (2.0 * std::numbers::pi * (50.0 * t + 9900.0 * t * t))
                                        * std::min ({ 1.0, 20.0 * t, 20.0 * (1.0 - t) }));
    }

    const std::vector<Pulse> pulses { { 0.0, 0.8 }, { 0.001, 0.4 } };

    for (const auto& signal : { recordedSweep (law, { {} }, 48000.0), linear, noise (48000, 8) })
    {
        const auto result = through (signal, 48000.0, { { signal }, 48000.0 });
        CHECK (result.latency == Approx (0.0).margin (1e-9));
        CHECK (judge (result).grade == MeasuringQuality::Grade::good);

        for (const double frequency : { 200.0, 1100.0, 5000.0, 10000.0, 17000.0 })
        {
            CAPTURE (frequency);
            CHECK (levelAt (result.kernel.paths[0], 48000.0, frequency)
                   == Approx (levelAt (pulses, frequency)).margin (0.1));
        }
    }

    // Its file is of another rate than the recording.
    const auto at44 = recordedSweep (law, { {} }, 44100.0), at48 = recordedSweep (law, { {} }, 48000.0);
    const auto result = through (at44, 44100.0, { { at48 }, 48000.0 });
    const std::vector<Pulse> later { { 0.0, 0.8 }, { 48.0 / 44100.0, 0.4 } };

    for (const double frequency : { 200.0, 1100.0, 5000.0, 10000.0, 17000.0 })
        CHECK (levelAt (result.kernel.paths[0], 44100.0, frequency)
               == Approx (levelAt (later, frequency)).margin (0.1));

    KnownSweep silent;
    silent.file = Sound { { std::vector<float> (1000) }, 48000.0 };
    CHECK_THAT (deconvolve ({ { { linear }, 48000.0 } }, silent, "take").error(),
                Catch::Matchers::Contains ("the file of the sweep is silent"));
}
