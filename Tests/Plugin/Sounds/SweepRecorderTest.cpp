// A sweep that is played and recorded through the processor, in simulated rooms, and what may come between.

#include "Kernel/Measuring/LoopLatency.h"
#include "Kernel/Measuring/MeasuringReport.h"
#include "Plugin/Sounds/SweepRun.h"
#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/MeasuredRoom.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;
using State = SweepRun::State;
using Taps = MeasuredRoom::Taps;
using Paths = MeasuredRoom::Paths;

namespace
{

constexpr double rate = 48000.0;
constexpr size_t device = 9600; // frames of latency: more than any block

Sweep shortSweep()
{
    Sweep sweep;
    sweep.sampleRate = rate;
    sweep.seconds = 1.0;
    sweep.from = 20.0;
    sweep.leadIn = 0.1;
    sweep.tail = 0.5;
    return sweep;
}

std::shared_ptr<SweepTake> takeOf (const Sweep& sweep, size_t numInputs)
{
    return std::make_shared<SweepTake> (std::vector<std::vector<float>> { makeSweep (sweep) }, numInputs,
                                        sweep.sampleRate);
}

/** Blocks of a size. */
Cutting blocksOf (size_t size)
{
    return { "fixed", [size] { return size; } };
}

/** Goes on in blocks until a take has ended, or some frames of it are done. */
State measure (PluginProcessor& processor,
               MeasuredRoom& room,
               SweepRun& run,
               const Cutting& cutting,
               size_t numFrames = static_cast<size_t> (-1))
{
    auto next = cutting.next;
    double now = 0.0;

    for (;;)
    {
        const auto state = run.update (now);

        if (state == State::done || state == State::failed || run.take().numDone() >= numFrames)
            return state;

        const size_t size = next();

        if (size > 0)
            room.run (processor, size);

        now += static_cast<double> (size) / rate;
    }
}

Deconvolved found (const SweepTake& take, const Sweep& sweep)
{
    KnownSweep known;
    known.law = sweep;
    auto result = deconvolve ({ take.recording() }, known, "room");
    CAPTURE (result.error());
    REQUIRE (result);
    return std::move (*result);
}

/** What is found in a room of a mono processor. */
Deconvolved measured (const Taps& taps)
{
    const auto sweep = shortSweep();
    const auto processor = makeProcessor (rate, 1, 1);
    MeasuredRoom room (MeasuredRoom::straight (taps, 1));
    const auto take = takeOf (sweep, 1);
    SweepRun run (*processor, take, {});
    REQUIRE (measure (*processor, room, run, blocksOf (441)) == State::done);
    return found (*take, sweep);
}

} // namespace

TEST_CASE ("What is recorded is what was played through the room however blocks are cut", "[realtime]")
{
    const Juce juce;
    const auto sweep = shortSweep();
    const auto samples = makeSweep (sweep);
    const Taps direct { { device, 0.5f }, { device + 90, -0.25f }, { device + 399, 0.1f } },
        other { { device + 7, 0.125f } };
    std::vector<float> kernel (400);
    kernel[0] = 0.5f;
    kernel[90] = -0.25f;
    kernel[399] = 0.1f;

    for (const auto& [numIn, numOut] : { std::pair (1, 1), { 1, 2 }, { 2, 2 } })
    {
        std::optional<Sound> first;
        auto path = kernel;
        path[7] += numOut == 2 ? 0.125f : 0.0f;
        const auto expected = oracle (samples, path);

        for (const auto& cutting : cuttings())
        {
            CAPTURE (numIn, numOut, cutting.name);
            const auto processor = makeProcessor (rate, numIn, numOut);
            MeasuredRoom room (numOut == 1 ? Paths { { direct } } : Paths { { direct, other }, { other, direct } });
            const auto take = takeOf (sweep, static_cast<size_t> (numIn));
            SweepRun run (*processor, take, {});
            REQUIRE (measure (*processor, room, run, cutting) == State::done);
            const auto recording = take->recording();
            REQUIRE (recording.channels.size() == static_cast<size_t> (numIn));
            REQUIRE (recording.lengthInFrames() == samples.size());

            if (! first)
            {
                first = recording;

                // Sums of three products of floats, rounded once: within half a step of the largest.
                for (const auto& channel : recording.channels)
                    for (size_t n = 0; n < channel.size(); ++n)
                        REQUIRE (static_cast<double> (channel[n])
                                 == Approx (n >= device ? expected[n - device] : 0.0).margin (1e-6));
            }

            for (size_t channel = 0; channel < recording.channels.size(); ++channel)
                CHECK (differingBits (recording.channels[channel], first->channels[channel]) == "");
        }
    }
}

TEST_CASE ("A measured room is its known kernel, and its delay is that of the room once the loop is taken off",
           "[realtime]")
{
    const Juce juce;
    const auto cable = measured ({ { device, 1.0f } });
    CHECK (std::lround (cable.latency * rate) == static_cast<long> (device));
    CHECK (judge (cable).grade == MeasuringQuality::Grade::good);

    // The kernel of a cable is the sweep's band; through a room it is that, convolved with the room.
    Taps taps;
    std::vector<float> known (6000);
    constexpr size_t preDelay = 1000;

    for (size_t n = 0; n < 40; ++n)
    {
        const size_t place = n * n * 3;
        known[place] = (n % 3 == 1 ? -0.5f : 0.5f) * std::exp (-0.1f * static_cast<float> (n));
        taps.push_back ({ device + preDelay + place, known[place] });
    }

    auto room = measured (taps);
    CHECK (std::lround (room.latency * rate) == static_cast<long> (device + preDelay));
    const auto expected = oracle (cable.kernel.paths[0], known);
    const auto& path = room.kernel.paths[0];
    const size_t length = std::min<size_t> (path.size(), 5000);
    const double error = errorInDb (std::span (path).first (length), expected);
    CAPTURE (error);
    CHECK (error < -100.0); // of single precision in both divisions; it is -115 dB

    // With the loop taken off, the room's delay is in the kernel, to the frame.
    auto loop = cable;
    takeOffLoop (loop, cable.latency);
    takeOffLoop (room, cable.latency);
    CHECK (loop.kernel.paths[0][0] == cable.kernel.paths[0][24]); // half a millisecond before the first sound
    CHECK (peakFrameOf (room.kernel.paths[0]) == peakFrameOf (loop.kernel.paths[0]) + preDelay);
    CHECK_THAT (latencyInWords (room, false), Contains ("10600 frames") && Contains ("9600 frames are the loop's"));
    CHECK (remarksOn (room).empty());

    // A loop that is longer than what was measured is another's.
    auto early = cable;
    takeOffLoop (early, cable.latency + 0.01);
    CHECK (early.kernel.paths == cable.kernel.paths);
    CHECK_THAT (remarksOn (early).at (0), Contains ("10.00 ms before") && Contains ("measure the loop again"));
}

TEST_CASE ("A measurement sounds alone and unchanged, and sound fades to it and back", "[realtime]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    setWetOnly (*processor);
    processor->parameters.out = -6.0f;
    MeasuredRoom room (MeasuredRoom::straight ({}));

    const auto sine = [] (size_t n) { return 0.5f * static_cast<float> (std::sin (0.01 * static_cast<double> (n))); };
    processor->parameters.bypass = true; // a sine in, the same sine out
    room.background = sine;

    for (int n = 0; n < 40; ++n)
        room.run (*processor, 512);

    const auto sweep = shortSweep();
    const auto take = takeOf (sweep, 2);
    std::vector<std::pair<bool, size_t>> opened; // and when

    {
        SweepRun run (*processor, take, [&] (bool isOpen) { opened.emplace_back (isOpen, room.output (0).size()); });
        REQUIRE (measure (*processor, room, run, blocksOf (100)) == State::done);
        room.run (*processor, 480);
    }

    const size_t end = room.output (0).size();
    room.background = [] (size_t) { return 0.0f; };

    for (int n = 0; n < 40; ++n)
        room.run (*processor, 480);

    const auto& output = room.output (0);
    const auto samples = makeSweep (sweep);
    const auto begin = static_cast<size_t> (std::search (output.begin(), output.end(), samples.begin(), samples.end())
                                            - output.begin());
    REQUIRE (begin + samples.size() <= output.size()); // bit for bit

    // The input is opened in silence, and closed in silence.
    REQUIRE (opened.size() == 2);
    CHECK ((opened[0].first && ! opened[1].first));
    CHECK (opened[1].second == end);

    for (const auto& [isOpen, when] : opened)
        for (size_t n = when - 10; n < when; ++n)
            REQUIRE (output[n] == 0.0f);

    // No step is larger than those of the sine and of a fade over 480 frames.
    for (size_t n = 1; n < begin; ++n)
        REQUIRE (std::abs (output[n] - output[n - 1]) < 0.5f * 0.01f + 0.5f / 480.0f);
}

TEST_CASE ("The engine hears nothing of a measurement, so that nothing rings after it", "[realtime]")
{
    const Juce juce;
    const auto processor = makeProcessor(); // a hall of three seconds
    setWetOnly (*processor);
    MeasuredRoom room (MeasuredRoom::straight ({ { device, 0.5f } }));
    const auto take = takeOf (shortSweep(), 2);

    {
        SweepRun run (*processor, take, {});
        REQUIRE (measure (*processor, room, run, blocksOf (100)) == State::done);
        CHECK (take->peak() > 0.2f);

        for (int n = 0; n < 40; ++n) // until the room is silent too
            room.run (*processor, 480);
    }

    const size_t end = room.output (0).size();

    for (int n = 0; n < 100; ++n)
        room.run (*processor, 480);

    for (size_t n = end; n < room.output (0).size(); ++n)
        REQUIRE (std::abs (room.output (0)[n]) < 1e-9f);
}

TEST_CASE ("What the loop plays is no part of a recording", "[realtime]")
{
    const Juce juce;
    const auto processor = makeProcessor (rate, 1, 1);
    processor->loop.setPlaying (true);
    processor->loop.finishMaking();
    MeasuredRoom room (MeasuredRoom::straight ({}, 1));
    const auto take = takeOf (shortSweep(), 1);
    SweepRun run (*processor, take, {});
    REQUIRE (measure (*processor, room, run, blocksOf (512)) == State::done);
    CHECK (take->peak() == 0.0f);
    CHECK (take->recording().channels[0] == std::vector<float> (take->lengthInFrames()));
}

TEST_CASE ("A measurement allocates nothing on the audio thread", "[realtime]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    auto sweep = shortSweep();
    sweep.seconds = 0.3;
    juce::AudioBuffer<float> block (2, 512);
    juce::MidiBuffer midi;
    size_t count = 0;
    double now = 0.0;
    std::vector<std::unique_ptr<SweepRun>> runs;
    processor->sweep.listen (true);

    // To its end, cancelled, and to its end again.
    for (int n = 0; n < 300; ++n)
    {
        if (n == 20 || n == 60 || n == 150)
        {
            runs.clear();
            runs.push_back (std::make_unique<SweepRun> (*processor, takeOf (sweep, 2), SweepRun::OpenInput()));
        }

        if (! runs.empty())
            runs.back()->update (now += 0.01);

        block.clear();
        const AllocationGuard guard;
        processor->processBlock (block, midi);
        count += guard.count();
    }

    CHECK (count == 0);
    CHECK (runs.back()->state() == State::done);
}

TEST_CASE ("A measurement that cannot go on says why, and leaves all as it was", "[realtime]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    MeasuredRoom room (MeasuredRoom::straight ({ { device, 0.5f } }));
    room.background = [] (size_t n) { return 0.1f * static_cast<float> (std::sin (0.05 * static_cast<double> (n))); };
    processor->parameters.bypass = true;
    const auto sweep = shortSweep();
    const auto take = takeOf (sweep, 2);
    auto run = std::make_unique<SweepRun> (*processor, take, SweepRun::OpenInput());
    const auto soundsAgain = [&]
    {
        run = nullptr;
        const size_t begin = room.output (0).size();

        for (int n = 0; n < 100; ++n)
            room.run (*processor, 480);

        const auto& output = room.output (0);
        return ! processor->sweep.isIsolated()
               && *std::max_element (output.begin() + static_cast<long> (begin) + 9600, output.end()) > 0.05f;
    };

    SECTION ("another rate")
    {
        measure (*processor, room, *run, blocksOf (512), 20000);
        processor->setRateAndBufferSizeDetails (44100.0, 512);
        processor->prepareToPlay (44100.0, 512);
        settle (*processor);
        CHECK (measure (*processor, room, *run, blocksOf (512)) == State::failed);
        CHECK_THAT (run->problem(), Contains ("restarted the sound"));
    }

    SECTION ("a take of another rate")
    {
        processor->setRateAndBufferSizeDetails (44100.0, 512);
        processor->prepareToPlay (44100.0, 512);
        settle (*processor);
        CHECK (measure (*processor, room, *run, blocksOf (512)) == State::failed);
        CHECK (take->numDone() == 0);
    }

    SECTION ("no audio")
    {
        measure (*processor, room, *run, blocksOf (512), 20000);
        room.run (*processor, 512);
        CHECK (run->update (10.0) == State::playing); // a block has come since
        CHECK (run->update (10.9) == State::playing);
        CHECK (run->update (11.1) == State::failed);
        CHECK_THAT (run->problem(), Contains ("No audio is running"));
    }

    SECTION ("no audio from the beginning")
    {
        CHECK (run->update (1.0) == State::waiting);
        CHECK (run->update (2.1) == State::failed);
        CHECK_THAT (run->problem(), Contains ("No audio is running"));
    }

    SECTION ("a bounce, which sounds as ever")
    {
        measure (*processor, room, *run, blocksOf (512), 20000);
        processor->setNonRealtime (true);
        const size_t begin = room.output (0).size();
        room.run (*processor, 512);

        for (size_t n = begin; n < begin + 512; ++n) // bypassed: the input's sine and what the room still answers
            REQUIRE (std::abs (room.output (0)[n]) > 0.0f);

        CHECK (run->update (1.0) == State::failed);
        CHECK_THAT (run->problem(), Contains ("renders offline"));
        processor->setNonRealtime (false);
    }

    SECTION ("cancelled before it is done, and measured twice")
    {
        measure (*processor, room, *run, blocksOf (512), 20000);
        const size_t done = take->numDone();
        run = nullptr;
        room.run (*processor, 512);
        CHECK (take->numDone() == done);

        // At once again, before the sound is back: the second is as if it were the first.
        const auto second = takeOf (sweep, 2);
        room.background = [] (size_t) { return 0.0f; };

        for (int n = 0; n < 40; ++n)
            room.run (*processor, 480);

        run = std::make_unique<SweepRun> (*processor, second, SweepRun::OpenInput());
        REQUIRE (measure (*processor, room, *run, blocksOf (100)) == State::done);
        const auto result = found (*second, sweep);
        CHECK (std::lround (result.latency * rate) == static_cast<long> (device));
        room.background = [] (size_t n)
        { return 0.1f * static_cast<float> (std::sin (0.05 * static_cast<double> (n))); };
    }

    SECTION ("a session is loaded meanwhile, which disturbs nothing")
    {
        room.background = [] (size_t) { return 0.0f; };
        const auto state = stateOf (*processor);
        measure (*processor, room, *run, blocksOf (512), 20000);
        processor->parameters.bypass = false;
        restore (*processor, state);
        REQUIRE (measure (*processor, room, *run, blocksOf (512)) == State::done);
        const auto result = found (*take, sweep);
        CHECK (std::lround (result.latency * rate) == static_cast<long> (device));
        CHECK (remarksOn (result).empty());
        room.background = [] (size_t n)
        { return 0.1f * static_cast<float> (std::sin (0.05 * static_cast<double> (n))); };
    }

    CHECK (soundsAgain());
}

TEST_CASE ("Full scale twice in a row is told with its frame, also across blocks", "[realtime]")
{
    const Juce juce;

    for (const size_t size : Sizes { 64, 100, 441 })
    {
        CAPTURE (size);
        const auto processor = makeProcessor (rate, 1, 1);
        MeasuredRoom room (MeasuredRoom::straight ({ { device, 1.0f } }, 1));
        const auto sweep = shortSweep();
        const auto take = takeOf (sweep, 1);
        SweepRun run (*processor, take, {});
        measure (*processor, room, run, blocksOf (size), 1);
        const size_t begin = room.output (0).size() - take->numDone();

        // One alone is a peak; and what is no number is silence.
        room.background = [begin] (size_t n)
        {
            return n == begin + 1000                        ? 1.0f
                   : n == begin + 6399 || n == begin + 6400 ? -1.0f
                   : n == begin + 7000                      ? std::nanf ("")
                                                            : 0.0f;
        };
        CHECK_FALSE (take->firstClip());
        REQUIRE (measure (*processor, room, run, blocksOf (size)) == State::done);
        REQUIRE (take->firstClip());
        CHECK (*take->firstClip() == 6399);
        CHECK (take->peak() == Approx (1.0f).margin (0.51f));
        CHECK (take->recording().channels[0][7000] == 0.0f);
    }
}
