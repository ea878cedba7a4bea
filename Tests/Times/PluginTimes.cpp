// The plugin: changes heard, sessions saved.

#include "Plugin/PluginProcessor.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Times/Rows.h"

#include <thread>

using namespace faltwerk;
using namespace faltwerk::times;

TEST_CASE ("Times from a changed control of a 10 s stereo kernel to the end of its change", "[plugin]")
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

        row ("10 s of stereo, " + parameter.paramID.toStdString() + ": heard whole, in the middle of 7",
             1e3 * median (times), 100.0);
    };

    auto& p = processor->parameters;
    measure (p.attack, 10.0f, 3.0f);
    measure (p.width, 50.0f, 5.0f);
    measure (p.preDelay, 10.0f, 5.0f);
    measure (p.decay, 50.0f, 5.0f);
    measure (p.damping, 50.0f, 5.0f);
    measure (p.size, 80.0f, 3.0f);
}

TEST_CASE ("Times of saving a session with 10 s of stereo", "[plugin]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const Sound sound { { test::decayingNoise (480000, 1), test::decayingNoise (480000, 2) }, 48000 };
    REQUIRE (writeSound (folder.path ("long.wav"), sound, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    test::load (*processor, folder / "long.wav");
    row ("saving a session with 10 s of stereo",
         shortest (10, [&] { REQUIRE (test::stateOf (*processor).getSize() > 3840000); }), 20.0);
}
