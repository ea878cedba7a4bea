#include "Kernel/Analysis/Decay/Decay.h"
#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using Grade = MeasuringQuality::Grade;

namespace
{

/** 100 Hz to 22 kHz in half a second, as made at 48 kHz. */
Sweep halfSecond()
{
    Sweep sweep;
    sweep.from = 100.0;
    sweep.seconds = 0.5;
    sweep.leadIn = 0.1;
    sweep.tail = 0.5;
    return sweep;
}

KnownSweep known (const Sweep& sweep)
{
    KnownSweep result;
    result.law = sweep;
    return result;
}

Deconvolved measured (std::vector<std::vector<float>> channels, const KnownSweep& knownSweep, double rate = 48000.0)
{
    auto result = deconvolve ({ { std::move (channels), rate } }, knownSweep, "take");
    INFO (result.error());
    REQUIRE (result);
    return *result;
}

std::string remarks (const Deconvolved& result)
{
    std::string all;

    for (const auto& remark : remarksOn (result))
        all += remark + "\n";

    return all;
}

double energyOf (const std::vector<float>& samples, size_t first, size_t last)
{
    double energy = 0.0;

    for (size_t n = first; n < std::min (last, samples.size()); ++n)
        energy += static_cast<double> (samples[n]) * static_cast<double> (samples[n]);

    return energy;
}

const std::vector<Pulse> twoPulses { { 0.0, 0.8 }, { 4.0 / 48000.0, 0.4 } };

} // namespace

TEST_CASE ("A sweep is measured at another sample rate than it was made at", "[kernel][measuring]")
{
    const auto sweep = halfSecond();

    for (const double rate : { 44100.0, 48000.0, 96000.0, 192000.0, 32000.0 })
    {
        CAPTURE (rate);
        const auto result = measured ({ recordedSweep (sweep, twoPulses, rate) }, known (sweep), rate);
        const auto& kernel = result.kernel.paths[0];
        CHECK (result.latency == Approx (0.0).margin (1.5 / rate));
        CHECK (result.driftInPpm == 0.0);
        CHECK (judge (result).grade == Grade::good);
        CHECK (remarks (result) == "");

        for (const double frequency : { 200.0, 1000.0, 5000.0, 10000.0, 0.42 * std::min (rate, 48000.0) })
        {
            CAPTURE (frequency);
            CHECK (levelAt (kernel, rate, frequency) == Approx (levelAt (twoPulses, frequency)).margin (0.05));
        }

        // All of it within some milliseconds: 100 Hz alone rings longer.
        const auto ms = static_cast<size_t> (rate / 1000.0);
        CHECK (energyOf (kernel, 4 * ms, kernel.size()) < 0.02 * energyOf (kernel, 0, kernel.size()));
    }
}

TEST_CASE ("A dead or noisy channel never decides where a kernel begins", "[kernel][measuring]")
{
    const auto sweep = halfSecond();
    const auto recording = recordedSweep (sweep, { { 0.01, 0.8 }, { 0.015, 0.3 } }, 48000.0);
    const auto alone = measured ({ recording }, known (sweep));

    for (const double level : { -200.0, -90.0, -60.0, -40.0, -20.0 })
    {
        CAPTURE (level);
        auto other = inNoise (std::vector<float> (recording.size()), level, 4);

        if (level == -200.0)
            std::fill (other.begin(), other.end(), 0.0f);

        for (const bool isFirst : { false, true })
        {
            const auto result = isFirst ? measured ({ other, recording }, known (sweep))
                                        : measured ({ recording, other }, known (sweep));
            CHECK (result.latency == alone.latency);
            CHECK (result.kernel.routing == Routing::stereo);
            const auto& silent = result.kernel.paths[isFirst ? 0 : 1];
            const bool isSilent = std::all_of (silent.begin(), silent.end(), [] (float x) { return x == 0.0f; });
            CHECK (isSilent);
            CHECK_THAT (remarks (result), Contains (isFirst ? "The left channel does not hold the sweep"
                                                            : "The right channel does not hold the sweep"));
            const bool isSame = result.kernel.paths[isFirst ? 1 : 0] == alone.kernel.paths[0];
            CHECK (isSame);
        }
    }

    // A faint channel that is earlier: it stays in its place, and does not decide.
    const auto faint = recordedSweep (sweep, { { 0.002, 0.0005 } }, 48000.0);
    const auto result = measured ({ recording, faint }, known (sweep));
    CHECK (result.latency == alone.latency);
    CHECK_THAT (remarks (result), Contains ("The right channel is 64 dB below the loudest"));
}

TEST_CASE ("Clipping is said, and does not move the onset", "[kernel][measuring]")
{
    const auto sweep = halfSecond();
    const auto clean = recordedSweep (sweep, { { 0.0, 0.7 } }, 48000.0);
    CHECK_FALSE (findClipping (clean, 48000.0));
    CHECK (remarks (measured ({ clean }, known (sweep))) == "");

    for (const double overDb : { 0.3, 2.4, 7.6, 11.0 })
    {
        auto clipped = clean;
        const float peak = *std::max_element (clean.begin(), clean.end());
        const float limit = peak * static_cast<float> (std::pow (10.0, -overDb / 20.0));
        size_t numClipped = 0;

        for (auto& x : clipped)
        {
            numClipped += std::abs (x) >= limit ? 1u : 0u;
            x = std::clamp (x, -limit, limit);
        }

        CAPTURE (overDb);
        const auto result = measured ({ clipped }, known (sweep));
        const auto& found = result.channels[0].clipping;
        REQUIRE (found);
        CHECK (static_cast<double> (found.numFrames) == Approx (static_cast<double> (numClipped)).epsilon (0.1));
        CHECK (found.peakDb == Approx (20.0 * std::log10 (static_cast<double> (limit))).margin (0.01));
        CHECK (findOnset (result.kernel) == Approx (24).margin (2));
        CHECK (result.latency == Approx (0.0).margin (1e-4));
        CHECK_THAT (remarks (result), Contains ("The recording clips: ") && Contains ("at a lower level"));
        CHECK (judge (result).grade != Grade::good);

        // On one side only, as a tired input stage does.
        auto oneSided = clean;

        for (auto& x : oneSided)
            x = std::min (x, limit);

        CHECK (findClipping (oneSided, 48000.0));
    }

    // A sine of 15 Hz stays long at its crest, and does not clip; nor does what is quantised to 16 bits.
    std::vector<float> slow (48000);

    for (size_t n = 0; n < slow.size(); ++n)
        slow[n] = static_cast<float> (std::round (32767.0 * std::sin (static_cast<double> (n) * 0.0019635)) / 32768.0);

    CHECK_FALSE (findClipping (slow, 48000.0));
    CHECK_FALSE (findClipping (std::vector<float> (1000), 48000.0));

    // At a converter's full scale two in a row are enough, and one is none.
    CHECK_FALSE (findFullScale (clean));
    CHECK_FALSE (findFullScale (std::vector<float> { 1.0f, 0.9f, -1.0f, 0.0f }));
    const auto few = findFullScale (std::vector<float> { 0.0f, 1.0f, 0.0f, -1.0f, -1.2f, 0.5f, 1.0f });
    CHECK (few.numFrames == 2);
    CHECK (few.firstFrame == 3);
}

TEST_CASE ("A wrong law is never called good, and the right one is named", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.seconds = 1.0;
    const auto loop = recordedSweep (sweep, twoPulses, 48000.0);
    CHECK (judge (measured ({ loop }, known (sweep))).grade == Grade::good);

    struct Wrong
    {
        std::optional<double> from, to, seconds;
    };

    for (const auto& wrong : { Wrong { {}, {}, 0.9 }, Wrong { {}, {}, 0.99 }, Wrong { {}, {}, 1.1 },
                               Wrong { {}, 20000.0, {} }, Wrong { 120.0, {}, {} }, Wrong { 90.0, {}, {} } })
    {
        KnownSweep given;
        given.from = wrong.from.value_or (100.0);
        given.to = wrong.to.value_or (22000.0);
        given.seconds = wrong.seconds.value_or (1.0);
        given.leadIn = 0.1;
        CAPTURE (*given.from, *given.to, *given.seconds);
        const auto result = deconvolve ({ { { loop }, 48000.0 } }, given, "take");

        if (! result)
        {
            CHECK_THAT (result.error(), Contains ("100 Hz to 22000 Hz in 1 s"));
            continue;
        }

        CHECK (judge (*result).grade == Grade::poor);
        CHECK_THAT (remarks (*result), Contains ("fits a sweep of 100 Hz to 22000 Hz in 1 s"));
    }
}

TEST_CASE ("The quality falls with the smear", "[kernel][measuring]")
{
    const auto sweep = halfSecond();
    const auto loop = recordedSweep (sweep, { { 0.0, 1.0 } }, 48000.0);
    double former = 1e9;

    for (const double factor : { 1.0, 1.003, 1.01, 1.03, 1.1 })
    {
        auto wrong = sweep;
        wrong.seconds *= factor;
        const auto result = deconvolve ({ { { loop }, 48000.0 } }, known (wrong), "take");
        CAPTURE (factor);
        CHECK ((! result || (judge (*result).grade == Grade::good) == (factor == 1.0)));

        if (result)
        {
            CHECK (result->snrInDb < former + 3.0);
            former = result->snrInDb;
        }
    }
}

TEST_CASE ("The drift of the clocks is measured and corrected", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.seconds = 2.0;
    const std::vector<Pulse> pulses { { 0.0, 0.7 }, { 0.0013, 0.3 }, { 0.0031, -0.2 } };
    const auto right = measured ({ recordedSweep (sweep, pulses, 48000.0) }, known (sweep));
    CHECK (right.driftInPpm == 0.0);

    for (const double ppm : { 50.0, -50.0, 200.0, -450.0 })
    {
        CAPTURE (ppm);
        CHECK (measured ({ recordedSweep (sweep, { { 0.0, 0.7 } }, 48000.0, ppm * 1e-6) }, known (sweep)).driftInPpm
               == Approx (ppm).margin (0.2));

        // Reflections disperse a little by themselves: 3 us over the sweep's 2 s.
        const auto result = measured ({ recordedSweep (sweep, pulses, 48000.0, ppm * 1e-6) }, known (sweep));
        CHECK (result.driftInPpm == Approx (ppm).margin (1.5));
        CHECK_THAT (remarks (result), Contains (ppm > 0.0 ? "ppm faster" : "ppm slower"));
        CHECK (judge (result).grade == Grade::good);

        auto asRecorded = pulses;

        for (auto& pulse : asRecorded)
            pulse.seconds *= 1.0 + ppm * 1e-6;

        for (const double frequency : { 200.0, 1000.0, 5000.0, 10000.0, 20000.0 })
        {
            CAPTURE (frequency);
            CHECK (levelAt (result.kernel.paths[0], 48000.0, frequency)
                   == Approx (levelAt (asRecorded, frequency)).margin (0.05));
        }
    }
}

TEST_CASE ("A drift of five millionths is found over ten seconds", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.from = 15.0;
    sweep.seconds = 10.0;

    for (const double ppm : { 5.0, -5.0 })
    {
        const auto result = measured ({ recordedSweep (sweep, { { 0.0, 0.7 } }, 48000.0, ppm * 1e-6) }, known (sweep));
        CHECK (result.driftInPpm == Approx (ppm).margin (0.3));
    }
}

TEST_CASE ("Reflections and filters are not taken for a drift", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.seconds = 2.0;

    for (const uint64_t seed : { 1u, 2u, 3u, 4u, 5u })
    {
        auto room = decayingNoise (9600, seed);
        room[0] = 0.3f;
        const auto recording = oracle (makeSweep (sweep), room);
        const auto result = measured ({ { recording.begin(), recording.end() } }, known (sweep));
        CAPTURE (seed);
        CHECK (result.driftInPpm == 0.0);
        CHECK (judge (result).grade == Grade::good);
        CHECK (remarks (result) == "");
    }

    for (const double seconds : { 0.00003, 0.0001, 0.0003, 0.001 })
    {
        const auto result =
            measured ({ recordedSweep (sweep, { { 0.0, 0.6 }, { seconds, 0.5 } }, 48000.0) }, known (sweep));
        CAPTURE (seconds);
        CHECK (result.driftInPpm == 0.0);
    }
}

TEST_CASE ("A recording that was cut is used, with a remark, or refused with the true reason", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.seconds = 1.0;
    sweep.tail = 3.0;

    // A hall of 2.4 s.
    auto hall = noise (115200, 21, 1.0);

    for (size_t n = 0; n < hall.size(); ++n)
        hall[n] *= static_cast<float> (0.05 * std::pow (10.0, -3.0 * static_cast<double> (n) / 115200.0));

    hall[0] = 0.6f;
    const auto whole = oracle (makeSweep (sweep), hall);
    const std::vector<float> recording (whole.begin(), whole.end());
    const auto right = measured ({ recording }, known (sweep)).kernel.paths[0];

    for (const double rest : { 0.1, 0.3, 0.5 })
    {
        CAPTURE (rest);
        const auto length = static_cast<size_t> ((0.1 + 1.0 + rest) * 48000.0);
        const auto result = measured (
            { std::vector<float> (recording.begin(), recording.begin() + static_cast<long> (length)) }, known (sweep));
        CHECK_THAT (remarks (result), Contains ("cut short"));
        CHECK (judge (result).grade != Grade::good);
        CHECK_FALSE (result.noiseWasReached);
        const auto& kernel = result.kernel.paths[0];
        REQUIRE (kernel.size() == Approx (rest * 48000.0).margin (50.0));
        double error = 0.0;
        const size_t kept = kernel.size() * 85 / 100;

        for (size_t n = 0; n < kept; ++n)
            error += std::pow (static_cast<double> (kernel[n] - right[n]), 2);

        CHECK (10.0 * std::log10 (error / energyOf (right, 0, kept)) < -30.0);
    }

    const auto errorOf = [&] (double from, double to)
    {
        return deconvolve ({ { { std::vector<float> (recording.begin() + static_cast<long> (from * 48000.0),
                                                     recording.begin() + static_cast<long> (to * 48000.0)) },
                               48000.0 } },
                           known (sweep), "take")
            .error();
    };
    CHECK_THAT (errorOf (0.2, 4.0),
                Contains ("the recording begins 0.10 s after the sweep did, and what is below 171 Hz is lost"));
    CHECK_THAT (errorOf (0.0, 1.0), Contains ("the recording ends 0.10 s before the sweep does, and what is above 12"));
}

TEST_CASE ("The channel that ends first decides if a kernel is cut short", "[kernel][measuring]")
{
    const auto sweep = halfSecond();
    auto system = decayingNoise (24000, 3);
    system[0] = 0.3f;
    const auto sound = oracle (recordedSweep (sweep, { {} }, 48000.0), system);
    const std::vector<float> whole (sound.begin(), sound.end()), cut (sound.begin(), sound.begin() + 31200);
    REQUIRE (judge (measured ({ whole, whole }, known (sweep))).grade == Grade::good);

    for (const bool isFirst : { false, true })
    {
        const auto result =
            isFirst ? measured ({ cut, whole }, known (sweep)) : measured ({ whole, cut }, known (sweep));
        CHECK (judge (result).grade == Grade::poor);
        CHECK_THAT (remarks (result), Contains ("cut short"));
    }
}

TEST_CASE ("A recording that begins late has no latency to tell", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.leadIn = 0.4;
    const auto whole = recordedSweep (sweep, { { 0.005, 0.8 } }, 48000.0);
    CHECK (latencyInWords (measured ({ whole }, known (sweep)), true) == "5.00 ms (240 frames), removed");

    for (const double late : { 0.1, 0.3 })
    {
        const std::vector<float> cut (whole.begin() + static_cast<std::ptrdiff_t> (late * 48000.0), whole.end());
        const auto result = measured ({ cut }, known (sweep));
        CHECK_THAT (latencyInWords (result, true),
                    Contains (late == 0.1 ? "unknown: the recording begins 95.0 ms after the sweep's file"
                                          : "unknown: the recording begins 295.0 ms after the sweep's file"));
        CHECK (judge (result).grade == Grade::good);
    }

    // A sweep that was found may begin anywhere.
    const auto found = measured ({ whole }, {});
    CHECK (latencyInWords (found, false) == "unknown: the sweep begins 0.405 s after the recording did");
}

TEST_CASE ("A noisy measurement is not called good", "[kernel][measuring]")
{
    auto sweep = halfSecond();
    sweep.seconds = 2.0;
    auto room = decayingNoise (24000, 3);
    room[0] = 0.3f;
    const auto clean = oracle (makeSweep (sweep), room);
    const std::vector<float> recording (clean.begin(), clean.end());
    double power = 0.0;

    for (size_t n = 4800; n < 100800; ++n)
        power += static_cast<double> (recording[n]) * static_cast<double> (recording[n]) / 96000.0;

    const double levelDb = 10.0 * std::log10 (power);

    for (const double ratio : { 20.0, 10.0, 3.0, 0.0, -6.0 })
    {
        CAPTURE (ratio);
        const auto result =
            deconvolve ({ { { inNoise (recording, levelDb - ratio, 5) }, 48000.0 } }, known (sweep), "take");

        if (! result)
        {
            CHECK (ratio < 3.0);
            continue;
        }

        CAPTURE (result->snrInDb, result->kernel.lengthInSeconds());
        CHECK (judge (*result).grade != Grade::good);
        CHECK (result->noiseWasReached);
        CHECK (result->kernel.lengthInSeconds() < 0.7);
        CHECK (result->driftInPpm == 0.0);
    }
}

TEST_CASE ("A copy of the whole response is said to be an echo of the loop", "[kernel][measuring]")
{
    const auto sweep = halfSecond();

    for (const double gain : { 0.4, -0.4 })
    {
        const auto result =
            measured ({ recordedSweep (sweep, { { 0.0, 0.8 }, { 0.0403211, 0.8 * gain } }, 48000.0) }, known (sweep));
        CHECK (result.echo.seconds == Approx (0.0403211).margin (1e-6));
        CHECK (result.echo.levelDb == Approx (-8.0).margin (0.2));
        CHECK_THAT (remarks (result), Contains ("comes again 40.3 ms later, at -8.0 dB"));
    }
}

TEST_CASE ("Takes are aligned and averaged", "[kernel][measuring]")
{
    const auto sweep = halfSecond();
    const std::vector<Pulse> pulses { { 0.002, 0.7 }, { 0.0033, 0.3 } };
    std::vector<Sound> takes;
    const double starts[] = { 0.0, 0.01000731, -0.0005123, 0.0301 };

    for (unsigned n = 0; n < 4; ++n)
    {
        auto moved = pulses;

        for (auto& pulse : moved)
            pulse.seconds += starts[n];

        takes.push_back ({ { inNoise (recordedSweep (sweep, moved, 48000.0), -50.0, n + 1) }, 48000.0 });
    }

    const auto one = deconvolve ({ takes[0] }, known (sweep), "take"), all = deconvolve (takes, known (sweep), "take");
    REQUIRE (one);
    REQUIRE (all);
    CHECK (all->numTakes == 4);
    CHECK (all->latency == one->latency);
    CHECK (all->snrInDb - one->snrInDb == Approx (6.0).margin (1.0));

    // In noise of 0.05 dB or so at these levels.
    for (const double frequency : { 300.0, 1000.0, 5000.0, 10000.0, 18000.0 })
    {
        CAPTURE (frequency);
        CHECK (levelAt (all->kernel.paths[0], 48000.0, frequency) == Approx (levelAt (pulses, frequency)).margin (0.4));
    }

    takes[2].channels[0] =
        recordedSweep (sweep, { { 0.002, 0.4 }, { 0.0022, -0.3 }, { 0.0024, 0.5 }, { 0.0031, -0.4 } }, 48000.0);
    CHECK_THAT (deconvolve (takes, known (sweep), "take").error(), Contains ("recording 3 holds something else"));
    takes[2] = takes[1];
    takes[2].channels[0].erase (takes[2].channels[0].begin() + 19200, takes[2].channels[0].begin() + 20200);
    CHECK_THAT (deconvolve (takes, known (sweep), "take").error(), Contains ("recording 3 is interrupted"));
    std::swap (takes[0], takes[2]);
    CHECK_THAT (deconvolve (takes, known (sweep), "one", BandPhase::minimum, { "one", "two", "three", "four" }).error(),
                Contains ("'one': recording 1 is interrupted"));
    std::swap (takes[0], takes[2]);
    CHECK_THAT (deconvolve (takes, known (sweep), "one", BandPhase::minimum, { "one", "two", "three", "four" }).error(),
                Contains ("'three': recording 3 is interrupted"));
    takes[2].channels[0] = noise (takes[2].channels[0].size(), 9);
    CHECK_THAT (deconvolve (takes, known (sweep), "take").error(), Contains ("recording 3 holds something else"));
}

TEST_CASE ("High rates and long sweeps can be made", "[kernel][measuring]")
{
    Sweep sweep;
    sweep.sampleRate = 192000.0;
    CHECK (problemOf (sweep) == "");
    sweep.seconds = 60.0;
    CHECK (problemOf (sweep) == "");
    sweep.seconds = 100.0;
    CHECK_THAT (problemOf (sweep), Contains ("may last 87 s in all"));
    CHECK_THAT (
        deconvolve ({ { { std::vector<float> (longestRecordingInFrames + 1) }, 192000.0 } }, known (sweep), "take")
            .error(),
        Contains ("it is too long: sweep and recording may last about 74 s"));
}
