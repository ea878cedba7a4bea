#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"
#include "Kernel/Measuring/SweepText.h"

#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"

#include <cmath>
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
