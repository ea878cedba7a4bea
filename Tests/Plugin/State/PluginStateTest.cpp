#include "Plugin/State/PluginState.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <cstdio>
#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

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
    const auto state = test::stateOf (original);

    const auto check = [&] (PluginProcessor& processor)
    {
        CHECK (processor.parameters.gain.get() == Approx (-7.25f).margin (1e-4));
        CHECK (processor.parameters.mix.get() == Approx (64.0f).margin (1e-4));
        CHECK (processor.parameters.wet.get() == Approx (-60.0f).margin (1e-4));
        CHECK (processor.parameters.dry.get() == Approx (3.5f).margin (1e-4));
        CHECK (processor.parameters.out.get() == Approx (1.5f).margin (1e-4));
        CHECK (processor.parameters.bypass.get());
        const auto document = processor.kernelStatus().source;
        REQUIRE (document != nullptr);
        REQUIRE (document->kernel != nullptr);
        CHECK (document->name == "plate");
        CHECK (document->kernel->paths == sound.channels);
        CHECK (document->origin.path == folder.path ("plate.wav"));
    };

    PluginProcessor withFile;
    test::restore (withFile, state); // before prepareToPlay
    check (withFile);
    CHECK (withFile.kernelStatus().message == "");

    (folder / "plate.wav").deleteFile();
    const auto withoutFile = test::makeProcessor();
    test::restore (*withoutFile, state); // after it
    check (*withoutFile);
    CHECK_THAT (withoutFile->kernelStatus().message,
                Contains ("'plate.wav' was not found: using an earlier copy, saved with the session"));

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
    test::restore (third, test::stateOf (*withoutFile));
    CHECK (third.kernelStatus().source->kernel->paths == sound.channels);

    // Another sound under the same name is not taken for it.
    REQUIRE (writeSound (folder.path ("plate.wav"), stereoKernel (90), SampleFormat::float32) == "");
    PluginProcessor changed;
    test::restore (changed, state);
    check (changed);
    CHECK_THAT (changed.kernelStatus().message, Contains ("has changed"));
}

TEST_CASE ("A new instance's own kernel is kept as well", "[state]")
{
    const test::Juce juce;
    const auto first = test::makeProcessor();
    PluginProcessor second;
    test::restore (second, test::stateOf (*first));
    CHECK (*second.kernelStatus().source->kernel == *first->kernelStatus().source->kernel);
    CHECK (second.kernelStatus().message == "");
}

TEST_CASE ("A session whose kernel is lost says so, keeps the settings, and loses nothing when saved", "[state]")
{
    const test::Juce juce;
    PluginState state;
    state.current.parameters = { { "gain", 3.0f } };
    auto lost = std::make_shared<LoadedKernel>();
    lost->name = "lost";
    lost->origin.path = "/nowhere/lost.wav";
    lost->hash = "0123";
    lost->sampleRate = 48000;
    state.current.source = lost;
    juce::MemoryBlock block;
    state.write (block);

    const auto processor = test::makeProcessor();
    test::restore (*processor, block);
    CHECK (processor->parameters.gain.get() == Approx (3.0f).margin (1e-4));
    CHECK_THAT (processor->kernelStatus().message, Contains ("'lost.wav' was not found"));
    CHECK (processor->kernelStatus().source->kernel == nullptr);

    const Sound input { { test::noise (9000, 84), test::noise (9000, 85) }, 48000 };
    const auto output = test::process (*processor, input); // passes, once faded
    CHECK (std::equal (output.channels[0].end() - 4000, output.channels[0].end(), input.channels[0].end() - 4000));

    const auto again = PluginState::read (test::stateOf (*processor).getData(), test::stateOf (*processor).getSize());
    REQUIRE (again);
    CHECK (again->current.source->origin.path == "/nowhere/lost.wav");
    CHECK (again->current.source->hash == "0123");
}

TEST_CASE ("A session saved while its kernel is loading keeps the reference", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("k.wav"), stereoKernel (86), SampleFormat::float32) == "");
    PluginProcessor processor;
    test::load (processor, folder / "k.wav");
    const auto state = test::stateOf (processor);

    for (int n = 0; n < 20; ++n)
    {
        PluginProcessor other;
        other.setStateInformation (state.getData(), static_cast<int> (state.getSize()));
        const auto again =
            PluginState::read (test::stateOf (other).getData(), test::stateOf (other).getSize()); // at once
        REQUIRE (again);
        CHECK (again->current.source->origin.path == folder.path ("k.wav"));
        CHECK (again->current.source->hash == contentHash (*processor.kernelStatus().source->kernel));
    }
}

namespace
{

ViewState goldenView()
{
    ViewState view;
    view.view = 2;
    view.from = 0.00001;
    view.to = 0.00004;
    view.width = 1100;
    view.height = 700;
    view.choices = { { "decibels", 1 }, { "stacked", 0 } };
    return view;
}

} // namespace

TEST_CASE ("States of every version are still read", "[state]")
{
    const test::Juce juce;

    for (const int version : { 1, 2, 3, 4 })
    {
        CAPTURE (version);
        juce::MemoryBlock block;
        REQUIRE (juce::File (FALTWERK_GOLDEN)
                     .getChildFile ("state-v" + juce::String (version) + ".bin")
                     .loadFileAsData (block));
        PluginProcessor processor;
        test::restore (processor, block);
        CHECK (processor.parameters.gain.get() == Approx (-4.5f).margin (1e-4));
        CHECK (processor.parameters.mix.get() == Approx (40.0f).margin (1e-4));
        CHECK (processor.parameters.bypass.get());
        const auto document = processor.kernelStatus().source;
        REQUIRE (document->kernel != nullptr);
        CHECK (document->name == "three taps");
        CHECK (document->kernel->paths == std::vector<std::vector<float>> { { 0.0f, 1.0f, 0.5f } });
        CHECK (document->kernel->sampleRate == 44100.0);

        // The first version knew neither levels nor edits: its kernels sounded as they were.
        const auto present = processor.document.current();
        CHECK (processor.parameters.normalise.getIndex() == (version == 1 ? 0 : 1));
        CHECK (present.edits.nodes.size() == (version == 1 ? 0 : 2));

        if (version >= 2)
        {
            CHECK (processor.parameters.size.get() == Approx (150.0f).margin (1e-3));
            CHECK (present.edits.fadeOut == 0.00001);
            CHECK (present.edits.end == std::optional (0.0001));
            CHECK (present.edits.nodes[1] == DecayNode { 0.00005, -3.5 });
            CHECK (processor.document.isB());
            CHECK (processor.session.options() == InstanceOptions { true, true, true });
            processor.document.swapSlots();
            CHECK (processor.parameters.gain.get() == Approx (6.0f).margin (1e-3));
        }

        CHECK (processor.session.viewState() == (version < 3 ? ViewState() : goldenView()));
    }
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
    processor.parameters.gain = 6.0f;
    processor.document.swapSlots();
    processor.parameters.gain = -4.5f;
    processor.parameters.mix = 40.0f;
    processor.parameters.bypass = true;
    processor.parameters.size = 150.0f;
    processor.parameters.normalise = 1;
    processor.document.edit ("Shape",
                             [] (DocumentEdits& edits)
                             {
                                 edits.end = 0.0001;
                                 edits.fadeOut = 0.00001;
                                 edits.nodes = { { 0.0, 0.0 }, { 0.00005, -3.5 } };
                             });
    processor.session.setOptions ({ true, true, true });
    processor.session.setViewState (goldenView());
    test::settle (processor);
    const auto state = test::stateOf (processor);
    const auto file =
        juce::File (FALTWERK_GOLDEN).getChildFile ("state-v" + juce::String (PluginState::currentVersion) + ".bin");
    REQUIRE_FALSE (file.exists());
    REQUIRE (file.replaceWithData (state.getData(), state.getSize()));
}

namespace
{

std::string existingFile()
{
    return juce::File::getSpecialLocation (juce::File::currentExecutableFile).getFullPathName().toStdString();
}

/** Any document, from a seed. */
PluginState randomState (uint32_t seed)
{
    std::mt19937 random (seed);
    const auto any = [&random] (double low, double high)
    { return std::uniform_real_distribution<double> (low, high) (random); };
    const auto saved = [&] (const juce::String& name)
    {
        PluginState::Saved result;

        for (const char* id : { "gain", "size", "lowShelf.frequency", "mix", "reverse" })
            result.parameters.emplace_back (id, static_cast<float> (any (-100.0, 30000.0)));

        result.edits.start = any (0.0, 1.0);
        result.edits.fadeIn = any (0.0, 0.1);

        if (any (0.0, 1.0) < 0.5)
            result.edits.end = any (1.0, 4.0);

        double time = 0.0;

        for (auto count = static_cast<int> (any (0.0, 20.0)); --count > 0;)
            result.edits.nodes.push_back ({ time += any (0.001, 0.1), any (-60.0, 12.0) });

        if (any (0.0, 1.0) < 0.8)
        {
            auto kernel = std::make_shared<LoadedKernel>();
            kernel->name = (name + juce::String::charToString (0x20ac) + "<&\"'>\t\n\r]]>--\x1f").toStdString();
            kernel->origin.path = random() % 2 == 0 ? "/some where/" + kernel->name + ".wav" : existingFile();
            kernel->origin.stamp = FileStamp::of (kernel->origin.path);
            kernel->hash = juce::String (random()).toStdString();
            kernel->sampleRate = any (8000.0, 192000.0);
            kernel->origin.channels.layout = static_cast<ChannelLayout> (random() % 9);
            kernel->origin.channels.isMirrored = random() % 2 == 0;
            kernel->origin.channels.channelsByHand.assign (random() % 5, random() % 20);
            kernel->origin.otherFiles.assign (random() % 4, kernel->origin.path);
            kernel->routing = static_cast<Routing> (random() % 5);
            kernel->origin.channels.numMatrixInputs = random() % 17;
            kernel->origin.isOnlyInSessions = random() % 3 == 0;

            if (random() % 4 == 0)
                kernel->origin.recipe =
                    KernelRecipe { "shoebox", static_cast<int> (random() % 3), { { "width", any (1, 9) } } };
            else
                kernel->encoded =
                    KernelCopy (std::vector<std::byte> (random() % 5000, static_cast<std::byte> (random() & 255)));

            kernel->origin.stamp = kernel->origin.otherFiles.empty() ? kernel->origin.stamp : stampOf (kernel->origin);
            result.source = kernel;
        }

        while (random() % 3 == 0 && result.fallbacks.size() < PluginState::mostFallbacks)
        {
            auto kernel = std::make_shared<LoadedKernel>();
            kernel->name = juce::String (random()).toStdString();
            kernel->origin.recipe = KernelRecipe { "delta", 1, {} };
            KernelEntry entry { random() % 4 == 0 ? nullptr : kernel, {} };
            entry.edits.fadeOut = any (0.0, 3.0);
            result.fallbacks.push_back (entry);
        }

        return result;
    };

    PluginState state;
    state.current = saved ("one");
    state.isB = random() % 2 == 1;
    state.options = { random() % 4 != 0, random() % 2 == 1, random() % 2 == 1 };

    if (random() % 2 == 1)
        state.other = saved ("two");

    if (random() % 3 == 0)
        state.beforeTrying = saved ("three");

    return state;
}

/** Whether a kernel's copy belongs into a session: not where a file holds it. */
bool belongsIn (const LoadedKernel& kernel, bool embeds)
{
    return ! kernel.encoded.empty()
           && (embeds || kernel.origin.isOnlyInSessions || kernel.origin.path != existingFile());
}

/** Whether a copy was written that need not have been. */
bool hasSpareCopy (const PluginState::Saved& written, const PluginState::Saved& read, bool embeds)
{
    return written.source != nullptr && read.source != nullptr && ! belongsIn (*written.source, embeds)
           && ! (read.source->encoded == KernelCopy());
}

void checkEqual (const PluginState::Saved& a, const PluginState::Saved& b, bool embeds)
{
    REQUIRE (a.fallbacks.size() == b.fallbacks.size());

    for (size_t n = 0; n < a.fallbacks.size(); ++n)
    {
        CHECK (a.fallbacks[n].edits == b.fallbacks[n].edits);
        CHECK (isSameKernel (a.fallbacks[n].source, b.fallbacks[n].source));
    }

    CHECK (a.parameters == b.parameters);
    CHECK (a.edits == b.edits);
    REQUIRE ((a.source == nullptr) == (b.source == nullptr));

    if (a.source == nullptr)
        return;

    // A copy is left out where a file holds the kernel, and what was read counts as being in no file.
    const bool hasCopy = belongsIn (*a.source, embeds);
    KernelOrigin expected = a.source->origin;
    expected.isOnlyInSessions = ! expected.recipe;
    expected.stamp = {};
    CHECK (expected == b.source->origin);
    CHECK (a.source->name == b.source->name);
    CHECK (a.source->hash == b.source->hash);
    CHECK (a.source->sampleRate == b.source->sampleRate);
    CHECK (a.source->routing == b.source->routing);
    CHECK (b.source->encoded == (hasCopy ? a.source->encoded : KernelCopy()));
}

} // namespace

TEST_CASE ("Any document survives being written and read, to the last bit", "[state]")
{
    const test::Juce juce;

    for (uint32_t seed = 0; seed < 300; ++seed)
    {
        CAPTURE (seed);
        const auto state = randomState (seed);
        std::optional<PluginState> again;

        // Where a busy machine tells too late that a file holds a kernel, its copy is written to be safe: then once more.
        for (int n = 0; n < 100; ++n)
        {
            juce::MemoryBlock block;
            state.write (block);
            again = PluginState::read (block.getData(), block.getSize());
            REQUIRE (again);

            if (! hasSpareCopy (state.current, again->current, state.options.embedsKernel)
                && ! (state.other && again->other
                      && hasSpareCopy (*state.other, *again->other, state.options.embedsKernel))
                && ! (state.beforeTrying && again->beforeTrying
                      && hasSpareCopy (*state.beforeTrying, *again->beforeTrying, state.options.embedsKernel)))
                break;

            juce::Thread::sleep (10);
        }

        CHECK (again->isB == state.isB);
        CHECK (again->options == state.options);
        checkEqual (state.current, again->current, state.options.embedsKernel);
        REQUIRE (state.other.has_value() == again->other.has_value());

        if (state.other)
            checkEqual (*state.other, *again->other, state.options.embedsKernel);

        REQUIRE (state.beforeTrying.has_value() == again->beforeTrying.has_value());

        if (state.beforeTrying)
            checkEqual (*state.beforeTrying, *again->beforeTrying, state.options.embedsKernel);
    }
}
