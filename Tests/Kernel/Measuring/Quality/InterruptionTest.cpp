#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Measuring/Deconvolution.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Kernel/Measuring/RecordedSweep.h"
#include "Kernel/Reading/KernelFile.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"

#include <array>
#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using Grade = MeasuringQuality::Grade;

namespace
{

/** 20 Hz to 20 kHz in four seconds. */
Sweep fourSeconds()
{
    Sweep sweep;
    sweep.from = 20.0;
    sweep.to = 20000.0;
    sweep.seconds = 4.0;
    sweep.leadIn = 0.3;
    sweep.tail = 1.5;
    return sweep;
}

/** The frame of a recording at which the sweep has a frequency. */
size_t frameOf (const Sweep& sweep, double frequency)
{
    return static_cast<size_t> (std::lround (48000.0 * (sweep.leadIn + sweep.timeOf (frequency))));
}

/** A recording from which samples were lost at a place, -size of them, or in which the last ones come again. */
std::vector<float> interrupted (const std::vector<float>& clean, std::ptrdiff_t place, std::ptrdiff_t size)
{
    auto recording = clean;

    if (size < 0)
        recording.erase (recording.begin() + place, recording.begin() + place - size);
    else
        recording.insert (recording.begin() + place, clean.begin() + place - size, clean.begin() + place);

    return recording;
}

std::vector<float> room (double decay, uint64_t seed)
{
    auto samples = decayingNoise (static_cast<size_t> (decay * 48000.0), seed);
    samples[0] = 0.3f;
    return samples;
}

/** A sweep through a room, in noise below its level. */
std::vector<float> recorded (const Sweep& sweep, std::vector<float> system, double snrInDb, unsigned seed)
{
    system.resize (std::min<size_t> (system.size(), 72000));
    const auto played = recordedSweep (sweep, { {} }, 48000.0);
    const auto sound = oracle (played, system);
    std::vector<float> recording (sound.begin(), sound.begin() + static_cast<std::ptrdiff_t> (played.size()));
    double power = 0.0;

    for (const float x : recording)
        power += static_cast<double> (x) * static_cast<double> (x);

    return inNoise (recording, 10.0 * std::log10 (power / (48000.0 * sweep.seconds)) - snrInDb, seed);
}

Deconvolved measured (const std::vector<float>& recording, const Sweep& sweep)
{
    KnownSweep known;
    known.law = sweep;
    auto result = deconvolve ({ { { recording }, 48000.0 } }, known, "take");
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

void requireNothing (const Deconvolved& result)
{
    CHECK_FALSE (result.interruption.silence);
    CHECK (result.interruption.shift == 0.0);
    CHECK_FALSE (result.interruption.jump);
    CHECK (result.echo.seconds == 0.0);
}

} // namespace

TEST_CASE ("Samples that are lost or repeated within a sweep are found with their place and number",
           "[kernel][measuring]")
{
    const auto sweep = fourSeconds();
    unsigned seed = 1;

    for (const double decay : { 0.0, 0.4, 1.2 })
    {
        const auto clean =
            recorded (sweep, decay == 0.0 ? std::vector<float> { 0.8f } : room (decay, seed), 50.0, seed);

        for (const double frequency : { 1500.0, 4000.0, 8000.0 })
        {
            for (const long size : { -512L, 512L, -4096L, 4096L })
            {
                CAPTURE (decay, frequency, size, seed);
                const auto place = static_cast<std::ptrdiff_t> (frameOf (sweep, frequency) + 37 * seed++);
                const auto result = measured (interrupted (clean, place, size), sweep);
                CHECK (result.interruption.shift == Approx (static_cast<double> (size) / 48000.0).margin (0.003));
                CHECK (result.interruption.shiftAt == Approx (static_cast<double> (place) / 48000.0).margin (0.15));
                CHECK (judge (result).grade == Grade::poor);
                CHECK_THAT (remarks (result), Contains (size < 0 ? "early: samples were lost there"
                                                                 : "late: samples were repeated or put in there"));
            }
        }
    }
}

TEST_CASE ("Samples that are lost or repeated below 1 kHz leave a jump that is found", "[kernel][measuring]")
{
    const auto sweep = fourSeconds();
    unsigned seed = 1;

    for (const double decay : { 0.0, 0.4, 1.2 })
    {
        const auto clean =
            recorded (sweep, decay == 0.0 ? std::vector<float> { 0.8f } : room (decay, seed), 50.0, seed);

        for (const double frequency : { 60.0, 215.0, 640.0 })
        {
            for (const long size : { -512L, 512L, -1000L })
            {
                CAPTURE (decay, frequency, size, seed);
                const auto place = static_cast<std::ptrdiff_t> (frameOf (sweep, frequency) + 37 * seed++);
                const auto result = measured (interrupted (clean, place, size), sweep);
                const auto& found = result.interruption;
                REQUIRE ((found.jump || found.shift != 0.0));
                CHECK ((found.shift != 0.0 ? found.shiftAt : found.jump.seconds)
                       == Approx (static_cast<double> (place) / 48000.0).margin (found.jump ? 0.001 : 0.2));
                CHECK (judge (result).grade != Grade::good);
                CHECK_THAT (remarks (result), Contains (found.jump ? "The recording jumps at" : "samples were"));
            }
        }
    }
}

TEST_CASE ("Silence within a sweep is found with its place and length", "[kernel][measuring]")
{
    const auto sweep = fourSeconds();
    unsigned seed = 1;

    for (const double decay : { 0.0, 0.4, 1.2 })
    {
        for (const double snr : { 60.0, 30.0 })
        {
            const auto clean =
                recorded (sweep, decay == 0.0 ? std::vector<float> { 0.8f } : room (decay, seed), snr, seed);

            for (const double frequency : { 150.0, 700.0, 3000.0 })
            {
                for (const double seconds : { 0.05, 0.2, 1.0 })
                {
                    for (const bool isInserted : { false, true })
                    {
                        CAPTURE (decay, snr, frequency, seconds, isInserted, seed);
                        const auto place = frameOf (sweep, frequency) + 37 * seed++;
                        const auto length = static_cast<size_t> (seconds * 48000.0);
                        auto recording = clean;
                        const auto begin = recording.begin() + static_cast<std::ptrdiff_t> (place);

                        if (place + length > frameOf (sweep, 15000.0))
                            continue;

                        if (isInserted)
                            recording.insert (begin, length, 0.0f);
                        else
                            std::fill (begin, begin + static_cast<std::ptrdiff_t> (length), 0.0f);

                        const auto result = measured (recording, sweep);
                        const auto& found = result.interruption.silence;
                        REQUIRE (found);
                        CHECK (found.begin == Approx (static_cast<double> (place) / 48000.0).margin (0.012));
                        CHECK (found.seconds == Approx (seconds).margin (0.015));
                        CHECK (judge (result).grade == Grade::poor);
                        CHECK_THAT (remarks (result), Contains ("The recording is silent for"));
                    }
                }
            }
        }
    }
}

TEST_CASE ("A loop back into the recorder is found in a ringing room", "[kernel][measuring]")
{
    const auto sweep = fourSeconds();
    unsigned seed = 1;

    for (const double decay : { 0.4, 1.2 })
    {
        for (const double delay : { 0.0213, 0.0617, 0.2003 })
        {
            for (const double gain : { 0.15, -0.25, 0.5 })
            {
                CAPTURE (decay, delay, gain, seed);
                auto looped = room (decay, ++seed);
                looped.resize (72000);
                const auto frames = static_cast<size_t> (std::lround (delay * 48000.0));

                for (size_t n = frames; n < looped.size(); ++n)
                    looped[n] += static_cast<float> (gain) * looped[n - frames];

                const auto result = measured (recorded (sweep, looped, 50.0, seed), sweep);
                CHECK (result.echo.seconds == Approx (delay).margin (3e-5));
                CHECK (result.echo.levelDb == Approx (20.0 * std::log10 (std::abs (gain))).margin (1.5));
                CHECK_THAT (remarks (result), Contains ("the recording went back into the loop"));
                CHECK (judge (result).grade != Grade::good);
            }
        }
    }
}

TEST_CASE ("A recording cut anywhere in the sweep gives a result or a sentence", "[kernel][measuring]")
{
    auto sweep = fourSeconds();
    sweep.seconds = 2.0;
    const auto whole = recordedSweep (sweep, { {} }, 48000.0);
    KnownSweep known;
    known.law = sweep;
    const auto check = [&] (size_t from, size_t to)
    {
        CAPTURE (from, to);

        // No capacity behind the end, so that a checking allocator sees what is read there.
        const std::vector<float> cut (whole.begin() + static_cast<std::ptrdiff_t> (from),
                                      whole.begin() + static_cast<std::ptrdiff_t> (to));

        for (const auto& given : { known, KnownSweep() })
        {
            const auto result = deconvolve ({ { { cut }, 48000.0 } }, given, "take");
            CHECK ((result ? ! result->kernel.paths.empty() : result.error().back() == '.'));
            const auto both = deconvolve ({ { { cut, whole }, 48000.0 } }, given, "take");
            CHECK ((both ? both->kernel.paths.size() == 2 : both.error().back() == '.'));
        }

        const auto mean = deconvolve ({ { { cut }, 48000.0 }, { { whole }, 48000.0 } }, known, "take");
        CHECK ((mean ? ! mean->kernel.paths.empty() : mean.error().back() == '.'));
    };

    for (const auto length : std::array<size_t, 3> { 0, 1, 100 })
        check (0, length);

    for (size_t n = 0; n <= 20; ++n)
    {
        const auto place = static_cast<size_t> ((sweep.leadIn + 0.05 * static_cast<double> (n) * 2.0) * 48000.0);
        check (0, place);

        if (n % 4 == 0)
            check (place, whole.size());
    }
}

TEST_CASE ("A sound recording is not called interrupted", "[kernel][measuring]")
{
    auto sweep = fourSeconds();
    unsigned seed = 1;

    for (const double snr : { 20.0, 40.0, 60.0 })
    {
        for (const double decay : { 0.1, 0.5, 1.5 })
        {
            CAPTURE (snr, decay, seed);
            requireNothing (measured (recorded (sweep, room (decay, seed), snr, seed), sweep));
            ++seed;
        }
    }

    // A third of the bank's rooms, halls, plates, springs and cabinets.
    for (size_t n = 0; n < factoryKernels().size(); n += 3)
    {
        const auto& kernel = factoryKernels()[n];

        if (kernel.category == "Textures" || kernel.category == "Filters") // among them loops
            continue;

        CAPTURE (kernel.name);
        KnownSweep known;
        known.law = sweep;
        const auto recording = recorded (sweep, makeFactoryKernel (n).paths[0], 50.0, ++seed);

        if (const auto result = deconvolve ({ { { recording }, 48000.0 } }, known, "take"))
            requireNothing (*result);
    }
}

TEST_CASE ("A measured plate is not called interrupted", "[kernel][measuring]")
{
    const auto folder = dataFolder();

    if (folder == juce::File())
        return;

    const auto sweep = fourSeconds();

    for (const auto* const name : { "emt_140_bright_5.wav", "emt_140_dark_1.wav", "emt_140_medium_3.wav" })
    {
        const auto plate =
            readSound (folder.getChildFile ("kernels").getChildFile (name).getFullPathName().toStdString());
        REQUIRE (plate);

        for (const double snr : { 20.0, 40.0, 60.0 })
        {
            CAPTURE (name, snr);
            requireNothing (measured (recorded (sweep, plate->channels[0], snr, 5), sweep));
        }
    }
}
