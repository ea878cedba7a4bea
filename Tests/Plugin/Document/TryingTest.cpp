#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

std::string nameOf (const PluginProcessor& processor)
{
    const auto kernel = processor.document.current().source;
    return kernel != nullptr ? kernel->name : std::string();
}

} // namespace

TEST_CASE ("Kernels that are tried make no step until one is kept, and can all be taken back", "[controls]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    auto& document = processor->document;
    document.edit ("Shape", [] (DocumentEdits& edits) { edits.fadeOut = 0.25; });
    settle (*processor);
    const auto before = nameOf (*processor);
    const auto steps = document.undoName();

    document.beginTrying();

    for (const char* const name : { "Slapback", "Telephone", "Open 1x12" })
    {
        document.loadFactoryKernel (name);
        settle (*processor);
        CHECK (nameOf (*processor) == name);
        CHECK (processor->kernelStatus().source->name == name); // it sounds
    }

    CHECK (document.undoName() == steps);
    document.endTrying (false);
    settle (*processor);
    CHECK (nameOf (*processor) == before);
    CHECK (document.current().edits.fadeOut == 0.25);
    CHECK (document.undoName() == steps);
    CHECK_FALSE (document.isTrying());

    document.beginTrying();
    document.loadFactoryKernel ("Slapback");
    document.loadFactoryKernel ("Telephone");
    document.endTrying (true); // before it has arrived
    settle (*processor);
    CHECK (nameOf (*processor) == "Telephone");
    CHECK (document.undoName() == "Load 'Telephone'");
    document.undo();
    settle (*processor);
    CHECK (nameOf (*processor) == before);
    CHECK (document.current().edits.fadeOut == 0.25);
    document.redo();
    settle (*processor);
    CHECK (nameOf (*processor) == "Telephone");
}

TEST_CASE ("Another undo step keeps the kernel that is tried and automation continues meanwhile", "[controls]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    auto& document = processor->document;
    const auto before = nameOf (*processor);
    document.beginTrying();
    document.loadFactoryKernel ("Telephone");
    settle (*processor);
    processor->parameters.mix = 77.0f; // the host's
    document.swapSlots();
    settle (*processor);
    CHECK_FALSE (document.isTrying());
    document.undo();
    document.undo();
    settle (*processor);
    CHECK (nameOf (*processor) == before);
    CHECK (processor->parameters.mix.get() == Approx (77.0f));

    document.beginTrying();
    document.loadFactoryKernel ("Telephone");
    settle (*processor);
    processor->parameters.gain = 3.0f;
    document.endTrying (false);
    settle (*processor);
    CHECK (nameOf (*processor) == before);
    CHECK (processor->parameters.gain.get() == Approx (3.0f));
}

TEST_CASE ("Made kernels, pairs, names and meanings of channels are loaded, undone and kept in sessions", "[controls]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto processor = makeProcessor();
    auto& document = processor->document;
    processor->session.setOptions ({ false, false, false }); // no copies: but of what is nowhere else
    document.loadKernel ("three taps", [] { return makeKernel ({ { 1.0f, 0.5f, 0.25f } }, 48000.0, "three taps"); });
    settle (*processor);
    CHECK (nameOf (*processor) == "three taps");
    juce::MemoryBlock state;
    processor->getStateInformation (state);

    {
        const auto second = makeProcessor();
        second->setStateInformation (state.getData(), static_cast<int> (state.getSize()));
        settle (*second);
        REQUIRE (second->kernelStatus().source != nullptr);
        REQUIRE (second->kernelStatus().source->kernel != nullptr);
        CHECK (second->kernelStatus().source->kernel->paths[0] == std::vector<float> { 1.0f, 0.5f, 0.25f });
    }

    document.renameKernel ("My taps");
    settle (*processor);
    CHECK (nameOf (*processor) == "My taps");
    CHECK (processor->kernelStatus().source->name == "My taps");
    document.undo();
    settle (*processor);
    CHECK (nameOf (*processor) == "three taps");

    // A pair of files.
    const auto left = decayingNoise (4800, 1), right = decayingNoise (4800, 2);
    REQUIRE (writeSound (folder.path ("hall L.wav"), { { left }, 48000 }, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("hall R.wav"), { { right }, 48000 }, SampleFormat::float32) == "");
    document.loadParts (*findKernelParts (folder.path ("hall R.wav")));
    settle (*processor);
    CHECK (nameOf (*processor) == "hall");
    CHECK (processor->kernelStatus().source->kernel->paths == std::vector { left, right });
    processor->getStateInformation (state);

    {
        const auto second = makeProcessor();
        second->setStateInformation (state.getData(), static_cast<int> (state.getSize()));
        settle (*second);
        REQUIRE (second->kernelStatus().source->kernel != nullptr);
        CHECK (second->kernelStatus().source->kernel->paths == std::vector { left, right });
    }

    // Two files of any names, in that order, which a session brings back, also without a copy.
    REQUIRE (writeSound (folder.path ("one.wav"), { { left }, 48000 }, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("two.wav"), { { right }, 48000 }, SampleFormat::float32) == "");
    document.loadParts (partsOfFiles ({ folder.path ("two.wav"), folder.path ("one.wav") }));
    settle (*processor);
    CHECK (nameOf (*processor) == "two + one");
    CHECK (processor->kernelStatus().source->kernel->paths == std::vector { right, left });
    ChannelChoice mirrored;
    mirrored.isMirrored = true;
    document.setChannels (mirrored);
    settle (*processor);
    CHECK (processor->kernelStatus().source->kernel->paths == std::vector { left, right });
    processor->session.setOptions ({ false, false, false });
    state = stateWithoutCopyOf (*processor);
    CHECK (PluginState::read (state.getData(), state.getSize())->current.source->encoded.empty());

    {
        const auto second = makeProcessor();
        second->setStateInformation (state.getData(), static_cast<int> (state.getSize()));
        settle (*second);
        REQUIRE (second->kernelStatus().source->kernel != nullptr);
        CHECK (second->kernelStatus().source->kernel->paths == std::vector { left, right });
        CHECK (second->document.current().source->origin.channels.isMirrored);
    }

    processor->session.setOptions ({ true, false, false });

    // Any of four files brings the others.
    for (const auto* word : { "LL", "LR", "RL", "RR" })
        REQUIRE (writeSound (folder.path ("quad_" + juce::String (word) + ".wav"),
                             { { word[0] == word[1] ? left : right }, 48000 }, SampleFormat::float32)
                 == "");

    document.loadFile (folder / "quad_RL.wav");
    settle (*processor);
    CHECK (nameOf (*processor) == "quad");
    CHECK (processor->kernelStatus().source->routing == Routing::trueStereo);
    CHECK (processor->kernelStatus().source->kernel->paths == std::vector { left, right, right, left });

    // What is not heard is said, once.
    std::vector<std::vector<float>> six (6, left);
    REQUIRE (writeSound (folder.path ("six.wav"), { six, 48000 }, SampleFormat::float32) == "");
    document.loadFile (folder / "six.wav");
    settle (*processor);
    CHECK (processor->kernelStatus().message
           == "'six' is heard in part: 2 of its 6 paths, with 2 channels in and 2 out");
    ChannelChoice byHand (ChannelLayout::byHand);
    byHand.channelsByHand = { 6, 0, 0, 5 };
    document.setChannels (byHand);
    settle (*processor);
    CHECK (processor->kernelStatus().source->routing == Routing::stereo);
    CHECK (processor->kernelStatus().message == "'six.wav' is connected by hand: 4 of its channels are left out");

    // Four channels, said to be in the other order.
    std::vector<std::vector<float>> four;

    for (uint64_t n = 0; n < 4; ++n)
        four.push_back (decayingNoise (2400, 10 + n));

    REQUIRE (writeSound (folder.path ("four.wav"), { four, 48000 }, SampleFormat::float32) == "");
    document.loadFile (folder / "four.wav");
    settle (*processor);
    CHECK (processor->kernelStatus().source->routing == Routing::trueStereo);
    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.01; });
    document.setChannels (ChannelLayout::trueStereoByOutput);
    settle (*processor);
    CHECK (processor->kernelStatus().source->kernel->paths[1] == four[2]);
    CHECK (document.current().edits.fadeIn == 0.01);
    document.setChannels (ChannelLayout::perChannel);
    settle (*processor);
    CHECK (processor->kernelStatus().source->routing == Routing::perChannel);
    document.undo();
    document.undo();
    settle (*processor);
    CHECK (processor->kernelStatus().source->routing == Routing::trueStereo);
    CHECK (processor->kernelStatus().source->kernel->paths[1] == four[1]);
    REQUIRE (processor->kernelStatus().edited != nullptr);
    CHECK (processor->kernelStatus().edited->kernel->routing == Routing::trueStereo);
}
