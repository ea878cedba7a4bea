#include "Plugin/PluginState.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

juce::MemoryBlock stateOf (PluginProcessor& processor)
{
    juce::MemoryBlock block;
    processor.getStateInformation (block);
    return block;
}

void restore (PluginProcessor& processor, const juce::MemoryBlock& state)
{
    processor.setStateInformation (state.getData(), static_cast<int> (state.getSize()));

    while (processor.isLoading())
        juce::Thread::sleep (1);
}

Sound stereoKernel (uint64_t seed)
{
    return { { test::decayingNoise (2000, seed), test::decayingNoise (2000, seed + 1) }, 48000 };
}

} // namespace

TEST_CASE ("A session comes back: parameters and kernel, from the file and without it", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto sound = stereoKernel (80);
    REQUIRE (writeSound (folder.path ("plate.wav"), sound, SampleFormat::float32) == "");

    PluginProcessor original;
    test::load (original, folder / "plate.wav");
    original.parameters.gain = -7.25f;
    original.parameters.mix = 64.0f;
    original.parameters.wet = -60.0f;
    original.parameters.dry = 3.5f;
    original.parameters.out = 1.5f;
    original.parameters.bypass = true;
    const auto state = stateOf (original);

    const auto check = [&] (PluginProcessor& processor)
    {
        CHECK (processor.parameters.gain.get() == Approx (-7.25f).margin (1e-4));
        CHECK (processor.parameters.mix.get() == Approx (64.0f).margin (1e-4));
        CHECK (processor.parameters.wet.get() == Approx (-60.0f).margin (1e-4));
        CHECK (processor.parameters.dry.get() == Approx (3.5f).margin (1e-4));
        CHECK (processor.parameters.out.get() == Approx (1.5f).margin (1e-4));
        CHECK (processor.parameters.bypass.get());
        const auto document = processor.kernelStatus().document;
        REQUIRE (document != nullptr);
        REQUIRE (document->kernel != nullptr);
        CHECK (document->name == "plate");
        CHECK (document->kernel->paths == sound.channels);
        CHECK (document->path == folder.path ("plate.wav"));
    };

    PluginProcessor withFile;
    restore (withFile, state); // before prepareToPlay
    check (withFile);
    CHECK (withFile.kernelStatus().message == "");

    (folder / "plate.wav").deleteFile();
    const auto withoutFile = test::makeProcessor();
    restore (*withoutFile, state); // after it
    check (*withoutFile);
    CHECK_THAT (withoutFile->kernelStatus().message,
                Contains ("'plate.wav' was not found: using the copy in the session"));

    // It sounds, too.
    withoutFile->parameters.bypass = false;

    for (auto* const parameter :
         { &withoutFile->parameters.gain, &withoutFile->parameters.out, &withoutFile->parameters.wet })
        *parameter = 0.0f;

    test::setWetOnly (*withoutFile);
    const Sound input { { test::noise (90000, 82), test::noise (90000, 83) }, 48000 };
    const auto output = test::process (*withoutFile, input);
    const auto expected = test::oracle (input.channels[1], sound.channels[1]);
    CHECK (test::errorInDb (std::span (output.channels[1]).subspan (20000), std::span (expected).subspan (20000, 70000))
           < -115.0);

    // And saving again keeps it.
    PluginProcessor third;
    restore (third, stateOf (*withoutFile));
    CHECK (third.kernelStatus().document->kernel->paths == sound.channels);

    // Another sound under the same name is not taken for it.
    REQUIRE (writeSound (folder.path ("plate.wav"), stereoKernel (90), SampleFormat::float32) == "");
    PluginProcessor changed;
    restore (changed, state);
    check (changed);
    CHECK_THAT (changed.kernelStatus().message, Contains ("has changed"));
}

TEST_CASE ("A new instance's own kernel is kept as well", "[state]")
{
    const test::Juce juce;
    const auto first = test::makeProcessor();
    PluginProcessor second;
    restore (second, stateOf (*first));
    CHECK (*second.kernelStatus().document->kernel == *first->kernelStatus().document->kernel);
    CHECK (second.kernelStatus().message == "");
}

TEST_CASE ("A session whose kernel is lost says so, keeps the settings, and loses nothing when saved", "[state]")
{
    const test::Juce juce;
    PluginState state;
    state.parameters = { { "gain", 3.0f } };
    state.hasKernel = true;
    state.kernel.name = "lost";
    state.kernel.path = "/nowhere/lost.wav";
    state.kernel.hash = "0123";
    state.kernel.sampleRate = 48000;
    juce::MemoryBlock block;
    state.write (block);

    const auto processor = test::makeProcessor();
    restore (*processor, block);
    CHECK (processor->parameters.gain.get() == Approx (3.0f).margin (1e-4));
    CHECK_THAT (processor->kernelStatus().message, Contains ("'lost.wav' was not found"));
    CHECK (processor->kernelStatus().document->kernel == nullptr);

    const Sound input { { test::noise (9000, 84), test::noise (9000, 85) }, 48000 };
    const auto output = test::process (*processor, input); // passes, once faded
    CHECK (std::equal (output.channels[0].end() - 4000, output.channels[0].end(), input.channels[0].end() - 4000));

    const auto again = PluginState::read (stateOf (*processor).getData(), stateOf (*processor).getSize());
    REQUIRE (again);
    CHECK (again->kernel.path == "/nowhere/lost.wav");
    CHECK (again->kernel.hash == "0123");
}

TEST_CASE ("A session saved while its kernel is loading keeps the reference", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("k.wav"), stereoKernel (86), SampleFormat::float32) == "");
    PluginProcessor processor;
    test::load (processor, folder / "k.wav");
    const auto state = stateOf (processor);

    for (int n = 0; n < 20; ++n)
    {
        PluginProcessor other;
        other.setStateInformation (state.getData(), static_cast<int> (state.getSize()));
        const auto again = PluginState::read (stateOf (other).getData(), stateOf (other).getSize()); // at once
        REQUIRE (again);
        CHECK (again->kernel.path == folder.path ("k.wav"));
        CHECK (again->kernel.hash == contentHash (*processor.kernelStatus().document->kernel));
    }
}

TEST_CASE ("Damaged and hostile states leave a working plugin and a sentence", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    const auto state = stateOf (*processor);
    const auto kernelBefore = processor->kernelStatus().document->hash;

    for (const char* text : { "", "x", "FLTW", "not a state at all, but long enough to look like one" })
    {
        juce::MemoryBlock block (text, strlen (text));
        restore (*processor, block);
        CHECK (processor->kernelStatus().document->hash == kernelBefore);
        CHECK_THAT (processor->kernelStatus().message, Contains ("could not be read"));
    }

    // A version to come is refused, not guessed at.
    auto newer = state;
    newer[4] = 99;
    restore (*processor, newer);
    CHECK (processor->kernelStatus().document->hash == kernelBefore);

    std::mt19937 random (7);
    juce::AudioBuffer<float> block (2, 64);
    juce::MidiBuffer midi;

    for (int round = 0; round < 200; ++round)
    {
        auto damaged = state;
        const auto position =
            std::uniform_int_distribution<size_t> (0, round % 2 == 0 ? 700 : state.getSize() - 1) (random);

        if (round % 3 == 0)
            damaged.setSize (position);
        else
            damaged[position] = static_cast<char> (random());

        CAPTURE (round, position);
        restore (*processor, damaged);
        processor->processBlock (block, midi);
        CHECK (std::isfinite (processor->parameters.gain.get()));
    }
}

TEST_CASE ("States of every version are still read", "[state]")
{
    const test::Juce juce;
    juce::MemoryBlock block;
    REQUIRE (juce::File (FALTWERK_GOLDEN).getChildFile ("state-v1.bin").loadFileAsData (block));
    PluginProcessor processor;
    restore (processor, block);
    CHECK (processor.parameters.gain.get() == Approx (-4.5f).margin (1e-4));
    CHECK (processor.parameters.mix.get() == Approx (40.0f).margin (1e-4));
    CHECK (processor.parameters.bypass.get());
    const auto document = processor.kernelStatus().document;
    REQUIRE (document->kernel != nullptr);
    CHECK (document->name == "three taps");
    CHECK (document->kernel->paths == std::vector<std::vector<float>> { { 0.0f, 1.0f, 0.5f } });
    CHECK (document->kernel->sampleRate == 44100.0);
}

// Run once for a new version of the state, with the version in the file's name: "[.write-golden]".
TEST_CASE ("Write the golden state", "[.write-golden]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (
        writeSound (folder.path ("three taps.wav"), Sound { { { 0.0f, 1.0f, 0.5f } }, 44100 }, SampleFormat::float32)
        == "");
    PluginProcessor processor;
    test::load (processor, folder / "three taps.wav");
    processor.parameters.gain = -4.5f;
    processor.parameters.mix = 40.0f;
    processor.parameters.bypass = true;
    const auto state = stateOf (processor);
    const auto file =
        juce::File (FALTWERK_GOLDEN).getChildFile ("state-v" + juce::String (PluginState::currentVersion) + ".bin");
    REQUIRE_FALSE (file.exists());
    REQUIRE (file.replaceWithData (state.getData(), state.getSize()));
}
