#include "Plugin/PluginProcessor.h"

#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Slowness.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

using namespace faltwerk;

TEST_CASE ("Automating the kernel's controls neither allocates nor frees on the audio thread", "[realtime]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    juce::AudioBuffer<float> block (2, 256);
    juce::MidiBuffer midi;
    size_t allocations = 0;

    // At four times real time: a new kernel must be able to catch up with a stream that it has to follow.
    constexpr auto pace = std::chrono::nanoseconds (256 * 1000000000LL / 48000 / 4);
    auto next = LoadMeter::Clock::now();

    for (int callback = 0; callback < 10000 && processor->document.loader().numBuilds() < 6; ++callback)
    {
        next += pace;
        std::this_thread::sleep_until (next);
        block.clear();
        block.setSample (0, 0, 1.0f);
        const float value = static_cast<float> (callback % 100) / 100.0f;
        const test::AllocationGuard guard;
        processor->parameters.size.setValueNotifyingHost (value);
        processor->parameters.preDelay.setValueNotifyingHost (value);
        processor->processBlock (block, midi);
        allocations += guard.count();
    }

    CHECK (allocations == 0);
    CHECK (processor->document.loader().numBuilds() >= 6); // and what was set is built
}

TEST_CASE ("A changed control of a 10 s stereo kernel is heard within a tenth of a second", "[realtime]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const Sound sound { { test::decayingNoise (480000, 70), test::decayingNoise (480000, 71) }, 48000 };
    REQUIRE (writeSound (folder.path ("long.wav"), sound, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    test::load (*processor, folder / "long.wav");
    juce::AudioBuffer<float> block (2, 64);
    juce::MidiBuffer midi;
    const Sound past { { test::noise (600000, 60), test::noise (600000, 61) }, 48000 };
    test::process (*processor, past); // so that a kernel's whole length of it is there to be heard

    using Clock = LoadMeter::Clock;
    auto next = Clock::now();
    const auto play = [&]
    {
        next += std::chrono::nanoseconds (64 * 1000000000LL / 48000);
        std::this_thread::sleep_until (next);
        block.setSample (0, 0, 0.5f);
        processor->processBlock (block, midi);
    };

    for (int n = 0; n < 500; ++n)
        play();

    const auto measure = [&] (juce::RangedAudioParameter& parameter, float first, float step)
    {
        std::vector<double> times;

        for (int n = 0; n < 7; ++n)
        {
            const auto before = processor->completedKernelChanges();
            const auto begin = Clock::now();
            parameter.setValueNotifyingHost (parameter.convertTo0to1 (first + step * static_cast<float> (n)));

            while (processor->completedKernelChanges() == before
                   && std::chrono::duration<double> (Clock::now() - begin).count() < 5.0)
                play();

            times.push_back (std::chrono::duration<double> (Clock::now() - begin).count());

            for (int rest = 0; rest < 100; ++rest)
                play();
        }

        std::sort (times.begin(), times.end());
        std::printf ("10 s of stereo, %s: %.0f ms at best, %.0f ms in the middle, %.0f ms at worst to the end of the "
                     "change\n",
                     parameter.paramID.toRawUTF8(), 1e3 * times.front(), 1e3 * times[times.size() / 2],
                     1e3 * times.back());
        return times[times.size() / 2];
    };

    auto& p = processor->parameters;
    const double limit = 0.1 * test::slowness();
    CHECK (measure (p.attack, 10.0f, 3.0f) < limit);
    CHECK (measure (p.width, 50.0f, 5.0f) < limit);
    CHECK (measure (p.preDelay, 10.0f, 5.0f) < limit);
    CHECK (measure (p.decay, 50.0f, 5.0f) < limit);
    CHECK (measure (p.damping, 50.0f, 5.0f) < limit);
    CHECK (measure (p.size, 80.0f, 3.0f) < limit);
}
