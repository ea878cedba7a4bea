// Kernels that were lost once: each case is one proven fault, with what is right.

#include "Plugin/Document/Document.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <atomic>
#include <cmath>
#include <limits>
#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

Kernel taps (std::vector<float> samples, const char* name)
{
    return *makeKernel ({ std::move (samples) }, 48000.0, name);
}

std::string nameOf (const PluginProcessor& processor)
{
    const auto kernel = processor.document.current().source;
    return kernel == nullptr ? "none" : kernel->kernel == nullptr ? kernel->name + " (missing)" : kernel->name;
}

std::string soundingIn (const PluginProcessor& processor)
{
    const auto status = processor.kernelStatus();
    return status.source == nullptr || status.edited == nullptr ? "none" : status.source->name;
}

/** Opens a session in another instance, whose kernel it names. */
std::string opened (const juce::MemoryBlock& session)
{
    PluginProcessor other;
    test::restore (other, session);
    CHECK (nameOf (other) == soundingIn (other));
    return nameOf (other);
}

/** An instance with "Slapback", which loads quickly. */
std::unique_ptr<PluginProcessor> withSlapback()
{
    auto processor = test::makeProcessor();
    processor->document.loadFactoryKernel ("Slapback");
    test::settle (*processor);
    return processor;
}

} // namespace

TEST_CASE ("With copies switched off, kernels of no file survive any number of sessions, in both slots", "[state]")
{
    const test::Juce juce;
    const auto first = test::makeProcessor();
    first->session.setOptions ({ false, false, false });
    first->document.loadKernel ("made one", [] { return Outcome<Kernel> (taps ({ 1, 2, 3 }, "made one")); });
    test::settle (*first);
    first->document.swapSlots();
    first->document.loadKernel (taps ({ 4, 5, 6 }, "made two"));
    test::settle (*first);
    auto session = test::stateOf (*first);

    for (int round = 0; round < 3; ++round)
    {
        CAPTURE (round);
        PluginProcessor other;
        other.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
        session = test::stateOf (other); // before it has loaded
        test::settle (other);
        CHECK (nameOf (other) == "made two");
        session = test::stateOf (other); // and after
        other.document.swapSlots();
        test::settle (other);
        CHECK (nameOf (other) == "made one");
        CHECK (other.kernelStatus().source->kernel->paths[0] == std::vector<float> { 1, 2, 3 });
    }
}

TEST_CASE ("A session that is saved while a kernel loads holds what sounds and what was asked for", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("there.wav"), { { { 1.0f, 0.5f } }, 48000 }, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    processor->document.loadKernel (taps ({ 1, 2 }, "made one"));
    test::settle (*processor);
    processor->document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.00001; });
    juce::MemoryBlock failing, arriving, making, generating, pasting;

    {
        const KernelLoader::Hold hold (processor->document.loader());
        processor->document.loadFile (folder / "nothing.wav");
        failing = test::stateOf (*processor);
        processor->document.loadFile (folder / "there.wav");
        arriving = test::stateOf (*processor);
        processor->document.loadKernel ("capture", [] { return Outcome<Kernel> (taps ({ 7 }, "capture")); });
        making = test::stateOf (*processor);
        processor->document.loadRecipe ("Echo", recipeFor ("delayed-delta", { { "delay", 5 } }));
        generating = test::stateOf (*processor);
        processor->document.loadKernel (taps ({ 8, 9 }, "pasted"));
        pasting = test::stateOf (*processor);
    }

    CHECK (opened (failing) == "made one");
    CHECK (opened (arriving) == "there");
    CHECK (opened (making) == "there"); // what only a function here can make gives way to what was before
    CHECK (opened (generating) == "Echo");
    CHECK (opened (pasting) == "pasted");

    PluginProcessor other;
    test::restore (other, failing);
    CHECK (other.document.current().edits.fadeOut == 0.00001);
    CHECK_THAT (other.kernelStatus().message, ! Contains ("no copy"));
}

TEST_CASE ("A kernel with negative zeros, or of 24 channels, comes back from its copy", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("inverted.wav"), { { { -0.5f, -0.0f, -0.25f, 0.125f } }, 48000 },
                         SampleFormat::float32)
             == "");
    Sound many { {}, 44100 };

    for (uint64_t n = 0; n < 24; ++n)
        many.channels.push_back (test::decayingNoise (200, n));

    REQUIRE (writeSound (folder.path ("m24.wav"), many, SampleFormat::float32) == "");

    for (const char* name : { "inverted", "m24" })
    {
        CAPTURE (name);
        const auto file = folder / (juce::String (name) + ".wav");
        const bool isMatrix = juce::String (name) == "m24";
        juce::MemoryBlock session;
        std::vector<std::vector<float>> paths;

        {
            const auto processor = test::makeProcessor();
            processor->document.loadFile (file, { isMatrix ? ChannelLayout::matrix : ChannelLayout::automatic, 4 });
            test::settle (*processor);
            REQUIRE (nameOf (*processor) == name);
            paths = processor->kernelStatus().source->kernel->paths;
            session = test::stateOf (*processor);
        }

        REQUIRE (file.deleteFile());

        for (int round = 0; round < 2; ++round) // opened again, too
        {
            PluginProcessor other;
            test::restore (other, session);
            REQUIRE (nameOf (other) == name);
            const auto document = other.kernelStatus().source;
            REQUIRE (document->kernel->paths.size() == paths.size());

            for (size_t path = 0; path < paths.size(); ++path)
                CHECK (test::differingBits (document->kernel->paths[path], paths[path]) == "");

            CHECK (document->routing == (isMatrix ? Routing::matrix : Routing::mono));
            session = test::stateOf (other);
        }
    }
}

TEST_CASE ("A kernel on its way that is undone, swapped, tried, renamed or put into a preset can still be had",
           "[state]")
{
    const test::Juce juce;
    const auto processor = withSlapback();
    auto& document = processor->document;
    std::atomic<bool> go { false };
    const auto loadRoom = [&document, &go]
    {
        document.loadKernel ("room",
                             [&go]
                             {
                                 while (! go)
                                     juce::Thread::sleep (1);

                                 return Outcome<Kernel> (taps ({ 1, 2, 3 }, "room"));
                             });
    };
    const auto settleWith = [&] (const char* name)
    {
        go = true;
        test::settle (*processor);
        CHECK (nameOf (*processor) == name);
        CHECK (soundingIn (*processor) == name);
    };

    SECTION ("undone before it is there, and done again")
    {
        loadRoom();
        document.undo();
        document.redo();
        settleWith ("room");
    }

    SECTION ("before a trial that is given up")
    {
        loadRoom();
        document.beginTrying();
        settleWith ("room");
        document.loadFactoryKernel ("Hollow");
        test::settle (*processor);
        document.endTrying (false);
        settleWith ("room");
    }

    SECTION ("before a trial that is kept and undone")
    {
        loadRoom();
        document.beginTrying();
        settleWith ("room");
        document.loadFactoryKernel ("Hollow");
        test::settle (*processor);
        document.endTrying (true);
        document.undo();
        settleWith ("room");
    }

    SECTION ("into the other slot and back")
    {
        document.copyToOtherSlot();
        document.swapSlots();
        loadRoom();
        document.swapSlots();
        document.swapSlots();
        settleWith ("room");
    }

    SECTION ("into a preset")
    {
        loadRoom();
        const auto preset = processor->session.presetState();
        go = true;
        test::settle (*processor);
        document.loadFactoryKernel ("Hollow");
        test::settle (*processor);
        processor->session.applyPreset ("any", preset);
        settleWith ("Slapback"); // which sounded when the preset was taken
    }

    SECTION ("renamed")
    {
        loadRoom();
        document.renameKernel ("mine");
        settleWith ("mine");
        CHECK (processor->kernelStatus().source->kernel->paths[0] == std::vector<float> { 1, 2, 3 });
        document.undo();
        settleWith ("room");
        document.undo();
        settleWith ("Slapback");
    }
}

TEST_CASE ("Escape after a kernel on its way has failed gives the one that sounded before it", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;

    for (const bool isFile : { false, true })
    {
        CAPTURE (isFile);
        const auto processor = withSlapback();
        auto& document = processor->document;

        {
            const KernelLoader::Hold hold (document.loader());

            if (isFile)
                document.loadFile (folder / "nothing.wav");
            else
                document.loadKernel ("bad", [] { return Outcome<Kernel>::failure ("It went wrong."); });

            document.beginTrying();
        }

        test::settle (*processor);
        document.loadFactoryKernel ("Hollow");
        test::settle (*processor);
        CHECK (soundingIn (*processor) == "Hollow");
        document.endTrying (false);
        test::settle (*processor);
        CHECK (nameOf (*processor) == "Slapback");
        CHECK (soundingIn (*processor) == "Slapback");
    }
}

TEST_CASE ("While a kernel is tried, a session holds it and the one before", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    processor->document.loadKernel (taps ({ 3, 2, 1 }, "mine"));
    test::settle (*processor);
    processor->document.beginTrying();
    processor->document.loadFactoryKernel ("Slapback");
    test::settle (*processor);
    auto session = test::stateOf (*processor);

    for (int round = 0; round < 2; ++round)
    {
        PluginProcessor other;
        test::restore (other, session);
        CHECK (nameOf (other) == "Slapback");
        CHECK (other.document.isTrying());
        session = test::stateOf (other);
        other.document.endTrying (false);
        test::settle (other);
        CHECK (nameOf (other) == "mine");
        CHECK (soundingIn (other) == "mine");
    }
}

TEST_CASE ("A generated kernel takes no room in a session, and comes back under its name", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    processor->document.loadRecipe ("Hall", recipeFor ("noise-hall", { { "length", 1.0 }, { "seed", 5 } }));
    test::settle (*processor);
    const auto paths = processor->kernelStatus().source->kernel->paths;
    processor->document.swapSlots();
    processor->document.loadFactoryKernel ("Slapback");
    test::settle (*processor);
    processor->document.renameKernel ("My echo");
    test::settle (*processor);
    const auto session = test::stateOf (*processor);
    CHECK (session.getSize() < 10000);

    PluginProcessor other;
    test::restore (other, session);
    CHECK (nameOf (other) == "My echo");
    other.document.swapSlots();
    test::settle (other);
    CHECK (nameOf (other) == "Hall");
    CHECK (other.kernelStatus().source->kernel->paths == paths);
    CHECK (test::stateOf (other).getSize() < 10000);
}

TEST_CASE ("A recipe wins over the hash and a recipe of a later version is kept", "[state]")
{
    const test::Juce juce;
    PluginState state;
    auto kernel = std::make_shared<LoadedKernel>();
    kernel->name = "Echo";
    kernel->origin.recipe = recipeFor ("delayed-delta", { { "delay", 3 } });
    kernel->hash = "0123456789"; // of other bits
    state.current.source = kernel;
    juce::MemoryBlock session;
    state.write (session);
    CHECK (opened (session) == "Echo");

    kernel = std::make_shared<LoadedKernel> (*kernel);
    kernel->origin.recipe->version = 99;
    state.current.source = kernel;
    state.write (session);
    PluginProcessor other;
    test::restore (other, session);
    CHECK (nameOf (other) == "Echo (missing)");
    const auto bytes = test::stateOf (other);
    const auto again = PluginState::read (bytes.getData(), bytes.getSize());
    REQUIRE (again);
    CHECK (again->current.source->origin.recipe == kernel->origin.recipe);
}

TEST_CASE ("With copies switched off, a kernel whose file has gone is kept", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("k.wav"), { { { 1.0f, 0.5f } }, 48000 }, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    processor->session.setOptions ({ false, false, false });
    test::load (*processor, folder / "k.wav");
    CHECK (test::stateWithoutCopyOf (*processor).getSize() < 10000);

    SECTION ("deleted") { REQUIRE ((folder / "k.wav").deleteFile()); }

    SECTION ("written again with another sound")
    {
        REQUIRE (writeSound (folder.path ("k.wav"), { { { 1.0f, 0.5f, 0.25f } }, 48000 }, SampleFormat::float32) == "");
    }

    const auto session = test::stateOf (*processor);
    const auto paths = processor->kernelStatus().source->kernel->paths;
    processor->document.clearKernel(); // no instance has it any more, but for the steps of undo
    PluginProcessor other;
    test::restore (other, session);
    REQUIRE (nameOf (other) == "k");
    CHECK (other.kernelStatus().source->kernel->paths == paths);
    CHECK (PluginState::read (session.getData(), session.getSize())->current.source->encoded.size() > 0);
}

TEST_CASE ("A preset of a kernel that cannot be had leaves the one that sounds", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder, user;
    PluginProcessor processor (user / "");
    processor.document.loadFactoryKernel ("Slapback");
    test::settle (processor);

    {
        const KernelLoader::Hold hold (processor.document.loader());
        processor.document.loadFile (folder / "nothing.wav");
        REQUIRE (processor.savePreset ("early") == "");
    }

    test::settle (processor);
    processor.document.loadFactoryKernel ("Hollow");
    test::settle (processor);
    REQUIRE (processor.loadPreset ("early") == "");
    test::settle (processor);
    CHECK (nameOf (processor) == "Slapback"); // what sounded when it was saved
    CHECK (soundingIn (processor) == "Slapback");
    processor.document.undo();
    test::settle (processor);
    CHECK (soundingIn (processor) == "Hollow");
}

TEST_CASE ("Parameters survive a session bit for bit and values that are not finite never enter one", "[state]")
{
    const test::Juce juce;
    PluginProcessor first, second, third;
    std::mt19937 random (7);
    std::uniform_real_distribution<float> unit;
    const auto numbers = { std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                           -std::numeric_limits<float>::infinity() };

    for (int round = 0; round < 300; ++round)
    {
        CAPTURE (round);

        for (size_t n = 0; n < Parameters::count; ++n)
            if (n % 2 == 0)
                first.parameters[n].setValueNotifyingHost (unit (random)); // a host's way
            else
                first.parameters[n].setPlainValue (first.parameters[n].getNormalisableRange().start
                                                   + unit (random)
                                                         * (first.parameters[n].getNormalisableRange().end
                                                            - first.parameters[n].getNormalisableRange().start));

        const auto values = first.parameters.values();

        for (const float bad : numbers)
            for (size_t n = 0; n < Parameters::count; ++n)
                first.parameters[n].setValueNotifyingHost (bad);

        CHECK (first.parameters.values() == values);
        const auto session = test::stateOf (first);
        second.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
        CHECK (second.parameters.values() == values);
        const auto again = test::stateOf (second);
        third.setStateInformation (again.getData(), static_cast<int> (again.getSize()));
        CHECK (third.parameters.values() == values);

        // A host that sends back what it has read leaves the value alone.
        for (size_t n = 0; n < Parameters::count; ++n)
            third.parameters[n].setValueNotifyingHost (third.parameters[n].getValue());

        CHECK (third.parameters.values() == values);
    }

    PluginState state;

    for (size_t n = 0; n < Parameters::count; ++n)
        state.current.parameters.emplace_back (first.parameters[n].paramID, std::numeric_limits<float>::quiet_NaN());

    juce::MemoryBlock bytes;
    state.write (bytes);
    second.setStateInformation (bytes.getData(), static_cast<int> (bytes.getSize()));
    CHECK (second.parameters.values() == second.parameters.defaults());

    for (size_t n = 0; n < Parameters::count; ++n)
        for (const char* text : { "nan", "inf", "-inf", "1e999" })
            CHECK (std::isfinite (second.parameters[n].getValueForText (text)));
}

TEST_CASE ("A kernel that was refused for its memory does not count as loaded afterwards", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    document.loadKernel (taps (std::vector<float> (200000, 0.001f), "a"));
    test::settle (*processor);
    document.loader().setMemoryLimit (1000);
    processor->setRateAndBufferSizeDetails (96000, 512);
    processor->prepareToPlay (96000, 512);
    test::settle (*processor);
    CHECK_THAT (processor->kernelStatus().message, Contains ("'a' is too long") && Contains ("limit is 1 MB"));

    document.loader().setMemoryLimit (size_t { 2 } << 30);
    document.loadKernel (taps (std::vector<float> (200000, 0.001f), "a"));
    test::settle (*processor);
    CHECK (processor->kernelStatus().message == "");
    test::setWetOnly (*processor);
    const auto output =
        test::process (*processor, { { std::vector<float> (9600, 1.0f), std::vector<float> (9600, 1.0f) }, 96000 });
    CHECK (output.channels[0].back() != 1.0f); // the kernel sounds, not the input
    CHECK (processor->completedKernelChanges() > 0);
}

TEST_CASE ("A session's kernel whose loading is given up stays in its slot", "[state]")
{
    const test::Juce juce;
    juce::MemoryBlock session;

    {
        const auto processor = test::makeProcessor();
        processor->document.loadKernel (taps ({ 1, 2 }, "one"));
        test::settle (*processor);
        processor->document.swapSlots();
        processor->document.loadKernel (taps ({ 3, 4 }, "two"));
        test::settle (*processor);
        session = test::stateOf (*processor);
    }

    for (const bool swaps : { false, true })
    {
        CAPTURE (swaps);
        PluginProcessor opened;

        {
            const KernelLoader::Hold hold (opened.document.loader());
            opened.setStateInformation (session.getData(), static_cast<int> (session.getSize()));

            if (swaps)
                opened.document.swapSlots();

            opened.document.cancelLoading();
        }

        test::settle (opened);
        CHECK (nameOf (opened) == (swaps ? "one (missing)" : "two (missing)"));
        const auto again = test::stateOf (opened);
        PluginProcessor last;
        test::restore (last, again);
        CHECK (nameOf (last) == (swaps ? "one" : "two"));
        last.document.swapSlots();
        test::settle (last);
        CHECK (nameOf (last) == (swaps ? "two" : "one"));
    }
}

TEST_CASE ("With copies switched off, a pair whose right file changes is kept", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("hall L.wav"), { { { 1.0f, 0.5f } }, 48000 }, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("hall R.wav"), { { { 0.5f, 0.25f } }, 48000 }, SampleFormat::float32) == "");
    juce::MemoryBlock session;

    {
        const auto processor = test::makeProcessor();
        processor->session.setOptions ({ false, false, false });
        processor->document.loadParts (*findKernelParts (folder.path ("hall L.wav")));
        test::settle (*processor);
        REQUIRE (nameOf (*processor) == "hall");
        const auto state = test::stateWithoutCopyOf (*processor);
        CHECK (PluginState::read (state.getData(), state.getSize())->current.source->encoded.empty());

        // At once, and of the same size: noticed all the same.
        REQUIRE (writeSound (folder.path ("hall R.wav"), { { { 0.25f, 0.5f } }, 48000 }, SampleFormat::float32) == "");
        session = test::stateOf (*processor);
    }

    CHECK (opened (session) == "hall");
}

TEST_CASE ("Kernels of equal samples that are routed otherwise are told apart, by undo and in sessions", "[state]")
{
    const test::Juce juce;
    const auto processor = withSlapback();
    const std::vector<std::vector<float>> four { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };
    processor->document.loadKernel (*makeKernel (four, 48000.0, "four"));
    test::settle (*processor);
    processor->document.copyToOtherSlot();
    processor->document.loadKernel (*makeKernel (four, 48000.0, "four", ChannelLayout::perChannel));
    test::settle (*processor);
    const auto session = test::stateOf (*processor);
    processor->document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->routing == Routing::trueStereo);

    PluginProcessor other;
    test::restore (other, session);
    CHECK (other.kernelStatus().source->routing == Routing::perChannel);
    other.document.swapSlots();
    test::settle (other);
    CHECK (other.kernelStatus().source->routing == Routing::trueStereo);
}

TEST_CASE ("A preset with a copy brings back a kernel that is missing", "[state]")
{
    const test::Juce juce;
    PluginState state, preset;
    auto kernel = std::make_shared<LoadedKernel> (*makeLoadedKernel (taps ({ 9, 8, 7 }, "lost"), {}));
    kernel->kernel = nullptr;
    preset.current.source = kernel;
    kernel = std::make_shared<LoadedKernel> (*kernel);
    kernel->encoded = {};
    state.current.source = kernel;
    juce::MemoryBlock session;
    state.write (session);
    PluginProcessor processor;
    test::restore (processor, session);
    REQUIRE (nameOf (processor) == "lost (missing)");
    processor.session.applyPreset ("with", preset);
    test::settle (processor);
    CHECK (nameOf (processor) == "lost");
    CHECK (soundingIn (processor) == "lost");
}

TEST_CASE ("The largest state that can be written is read with its last fallback", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    document.loadKernel (taps (std::vector<float> (4800, 0.01f), "sure"));
    test::settle (*processor);
    document.edit ("Shape",
                   [] (DocumentEdits& edits)
                   {
                       for (size_t n = 0; n < DocumentEdits::mostNodes; ++n)
                           edits.nodes.push_back ({ 0.0001 * static_cast<double> (n), -1.0 / 3.0 });
                   });
    juce::MemoryBlock session;

    {
        const KernelLoader::Hold hold (document.loader());

        for (int n = 0; n < 9; ++n)
            document.relink (folder / (juce::String (n) + ".wav")); // which keeps the edits

        document.copyToOtherSlot();
        document.beginTrying();
        document.clearKernel();
        session = test::stateOf (*processor);
    }

    PluginProcessor other;
    test::restore (other, session);
    CHECK (other.document.isTrying());
    other.document.endTrying (false);
    test::settle (other);
    CHECK (nameOf (other) == "sure");
    CHECK (other.document.current().edits.nodes.size() == DocumentEdits::mostNodes);
    other.document.swapSlots();
    test::settle (other);
    CHECK (nameOf (other) == "sure");
}
