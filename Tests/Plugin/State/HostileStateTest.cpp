#include "Plugin/State/PluginState.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <limits>
#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;

TEST_CASE ("Damaged and hostile states leave a working plugin and a sentence", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    const auto state = test::stateOf (*processor);
    const auto kernelBefore = processor->kernelStatus().source->hash;

    for (const char* text : { "", "x", "FLTW", "not a state at all, but long enough to look like one" })
    {
        juce::MemoryBlock block (text, strlen (text));
        test::restore (*processor, block);
        CHECK (processor->kernelStatus().source->hash == kernelBefore);
        CHECK_THAT (processor->kernelStatus().message, Contains ("could not be read"));
    }

    // A version to come is refused, not guessed at.
    auto newer = state;
    newer[4] = 99;
    test::restore (*processor, newer);
    CHECK (processor->kernelStatus().source->hash == kernelBefore);

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
        test::restore (*processor, damaged);
        processor->processBlock (block, midi);
        CHECK (std::isfinite (processor->parameters.gain.get()));
    }
}

TEST_CASE ("A session whose text is not UTF-8 is refused", "[state]")
{
    const auto isRead = [] (const std::string& name)
    {
        const auto text = "<faltwerk><present kernel=\"0\"/><kernel name=\"" + name + "\"/></faltwerk>";
        juce::MemoryOutputStream stream;
        stream.writeInt (0x57544c46); // FLTW
        stream.writeInt (PluginState::currentVersion);
        stream.writeInt (static_cast<int> (text.size()));
        stream.write (text.data(), text.size());
        const auto state = PluginState::read (stream.getData(), stream.getDataSize());
        return state && state->current.source != nullptr && state->current.source->name == name;
    };

    CHECK (isRead ("Hall"));
    CHECK (isRead ("H\u00e4ll \u2212 \U0001f3b9"));

    // A lone first byte, a lone later byte, characters that are cut, no byte of UTF-8 at all.
    for (const char* name : { "H\xe4ll", "\x80", "\xe2\x88", "\xf0\x9f\x8e", "\xff" })
        CHECK_FALSE (isRead (name));
}

TEST_CASE ("A parameter's value that no float can hold is limited to the parameter's range", "[state]")
{
    const test::Juce juce;
    PluginProcessor processor;
    const auto session = test::sessionOf ("<faltwerk><present><parameters gain=\"2e68\" out=\"-1e300\" mix=\"nan\"/>"
                                          "</present></faltwerk>");
    const auto state = PluginState::read (session.getData(), session.getSize());
    REQUIRE (state);

    for (const auto& [id, value] : state->current.parameters)
        CHECK (std::isfinite (value) == (id != "mix"));

    processor.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
    CHECK (processor.parameters.gain.get() == 24.0f);
    CHECK (processor.parameters.out.get() == -60.0f);
    CHECK (processor.parameters.mix.get() == processor.parameters.mix.plainDefault());
}

TEST_CASE ("A state that is cut or has any byte or size changed does no harm", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    const int version = GENERATE (1, 2, 3);
    CAPTURE (version);
    juce::MemoryBlock state;
    REQUIRE (
        juce::File (FALTWERK_GOLDEN).getChildFile ("state-v" + juce::String (version) + ".bin").loadFileAsData (state));
    juce::AudioBuffer<float> block (2, 64);
    juce::MidiBuffer midi;
    const auto survives = [&] (const juce::MemoryBlock& damaged)
    {
        test::restore (*processor, damaged);
        block.clear();
        processor->processBlock (block, midi);
        return std::isfinite (block.getSample (0, 0)) && std::isfinite (processor->parameters.size.get());
    };

    for (size_t size = 0; size < state.getSize(); ++size)
    {
        auto damaged = state;
        damaged.setSize (size);
        CAPTURE (size);
        REQUIRE (survives (damaged));
    }

    constexpr uint32_t seed = 11;
    CAPTURE (seed);
    std::mt19937 random (seed);

    for (int round = 0; round < 1500; ++round)
    {
        auto damaged = state;

        for (auto count = 1 + random() % 3; count > 0; --count)
            damaged[random() % damaged.getSize()] = static_cast<char> (random());

        CAPTURE (round);
        REQUIRE (survives (damaged));
    }

    // Sizes that are lies, wherever there could be one.
    for (size_t position = 4; position + 8 < state.getSize(); position += 3)
    {
        for (const juce::int64 lie : { juce::int64 { -1 }, juce::int64 { 0x7fffffff }, juce::int64 { 1 } << 40 })
        {
            auto damaged = state;
            damaged.copyFrom (&lie, static_cast<int> (position), sizeof lie);
            CAPTURE (position, lie);
            REQUIRE (survives (damaged));
        }
    }

    // Texts that are made to hurt their reader.
    const auto withText = [] (const juce::String& text) { return test::sessionOf (text, 2); };

    CHECK (survives (withText ("<faltwerk>" + juce::String::repeatedString ("<a>", 200000))));
    CHECK_THAT (processor->kernelStatus().message, Contains ("could not be read"));
    CHECK (survives (withText ("<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY b \"&a;&a;\">]><faltwerk><present>&b;</present>"
                               "</faltwerk>")));
    CHECK_THAT (processor->kernelStatus().message, Contains ("could not be read"));
    CHECK (survives (withText ("<faltwerk><present kernel='7'><edits start='1e308' end='nan'><node seconds='-1' "
                               "gainDb='inf'/></edits><parameters size='1e30' gain='nan'/></present></faltwerk>")));
    CHECK (processor->parameters.size.get() == 400.0f);
    const auto edits = processor->document.current().edits;
    CHECK (edits.start <= 3600.0);
    REQUIRE (edits.nodes.size() == 1);
    CHECK (edits.nodes[0].seconds == -1.0); // before a trimmed start
}

namespace
{

/** A session whose only kernel is given. */
juce::MemoryBlock sessionWith (const LoadedKernel& kernel)
{
    PluginState state;
    state.current.source = std::make_shared<LoadedKernel> (kernel);
    juce::MemoryBlock block;
    state.write (block);
    return block;
}

} // namespace

TEST_CASE ("A session with too many parameters or elements is refused", "[state]")
{
    const test::Juce juce;
    const auto read = [] (int number, const std::string& begin, const std::string& part, const std::string& end)
    {
        std::string text = "<faltwerk><present><parameters gain=\"-3\"" + begin;

        for (int n = 0; n < number; ++n)
            text += part + std::to_string (n) + end;

        text += begin.empty() ? "/></present></faltwerk>" : "</parameters></present></faltwerk>";
        const auto session = test::sessionOf (text, 2);
        return PluginState::read (session.getData(), session.getSize());
    };

    const auto many = read (4000, "", " a", "=\"1\"");
    REQUIRE (many);
    CHECK (many->current.parameters.front() == std::pair<juce::String, float> ("gain", -3.0f));
    CHECK_FALSE (read (300000, "", " a", "=\"1\""));
    CHECK_FALSE (read (300000, ">", "<a", "/>"));
}

TEST_CASE ("A session's sample rate that no kernel has is not believed", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    (folder / "numbers.csv").replaceWithText ("1\n0.5\n0.25\n");

    for (const double rate : { -48000.0, 1e-3, 1e300, std::numeric_limits<double>::infinity() })
    {
        CAPTURE (rate);
        LoadedKernel forged;
        forged.name = "forged";
        forged.origin.path = folder.path ("numbers.csv"); // bare numbers, which take the session's rate
        forged.sampleRate = rate;
        const auto processor = test::makeProcessor();
        test::restore (*processor, sessionWith (forged));
        const double length = processor->getTailLengthSeconds();
        CHECK (length >= 0.0);
        CHECK (length < 1.0);

        // The same by a copy, whose hash is right.
        const Kernel kernel { { { 1.0f, 0.5f, 0.25f } }, rate, Routing::mono, "forged" };
        forged.origin.path.clear();
        forged.hash = contentHash (kernel);
        forged.encoded = KernelCopy (encodeKernel ({ kernel.paths, 48000.0, Routing::mono, "forged" }));
        test::restore (*processor, sessionWith (forged));
        CHECK (processor->getTailLengthSeconds() >= 0.0);
        CHECK (processor->getTailLengthSeconds() < 1.0);
    }
}

TEST_CASE ("No session or file passes for a kernel of the factory", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const Sound sound { { test::decayingNoise (3000, 5) }, 48000 };
    REQUIRE (writeSound (folder.path ("k.wav"), sound, SampleFormat::float32) == "");
    const auto check = []
    {
        PluginProcessor other;
        other.document.loadFactoryKernel ("Slapback");
        test::settle (other);
        CHECK (*other.kernelStatus().source->kernel == *makeFactoryKernel (std::string_view ("Slapback")));
    };

    LoadedKernel forged;
    forged.name = "Slapback";
    forged.origin.factoryName = "Slapback";
    forged.origin.path = folder.path ("k.wav");
    forged.sampleRate = 48000.0;
    forged.hash = contentHash (*readKernel (folder.path ("k.wav")));
    const auto processor = test::makeProcessor();
    test::restore (*processor, sessionWith (forged));
    CHECK (processor->kernelStatus().source->hash == forged.hash); // it is found, as what it is
    check();

    // One of a former bank is missing, and another file is shown in its place.
    forged.origin.path.clear();
    forged.hash = "0123";
    test::restore (*processor, sessionWith (forged));
    CHECK (processor->kernelStatus().source->kernel == nullptr);
    processor->document.relink (folder / "k.wav");
    test::settle (*processor);
    REQUIRE (processor->kernelStatus().source->kernel != nullptr);
    check();
}

TEST_CASE ("A session whose kernel cannot sound keeps it, says why, and loses nothing when saved", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const Sound sound { { test::decayingNoise (3000, 5) }, 48000 };
    REQUIRE (writeSound (folder.path ("k.wav"), sound, SampleFormat::float32) == "");
    PluginProcessor original;
    test::load (original, folder / "k.wav");
    original.document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.5; }); // beyond its end: refused
    test::settle (original);
    CHECK_THAT (original.kernelStatus().message, Contains ("nothing is left"));
    const auto session = test::stateOf (original);
    const auto hash = original.kernelStatus().source->hash;

    const auto processor = test::makeProcessor();
    test::restore (*processor, session);
    CHECK_THAT (processor->kernelStatus().message, Contains ("nothing is left"));
    CHECK (processor->kernelStatus().source->hash == hash);
    CHECK (processor->kernelStatus().edited == nullptr);
    CHECK (processor->document.current().edits.start == 0.5);
    CHECK (processor->getTailLengthSeconds() == 0.0);
    const Sound input { { test::noise (9000, 84), test::noise (9000, 85) }, 48000 };
    const auto output = test::process (*processor, input); // passes, once faded
    CHECK (std::equal (output.channels[0].end() - 4000, output.channels[0].end(), input.channels[0].end() - 4000));

    PluginProcessor again;
    test::restore (again, test::stateOf (*processor));
    CHECK (again.kernelStatus().source->hash == hash);
    CHECK (again.document.current().edits.start == 0.5);

    // Put right, it sounds, and nothing more is said.
    processor->document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.01; });
    test::settle (*processor);
    CHECK (processor->kernelStatus().message == "");
    REQUIRE (processor->kernelStatus().edited != nullptr);
    CHECK (processor->getTailLengthSeconds() == Approx (3000.0 / 48000.0 - 0.01));

    // So too if it needs too much memory here.
    const auto small = test::makeProcessor();
    small->document.loader().setMemoryLimit (1000);
    test::restore (*small, test::stateOf (*processor));
    CHECK_THAT (small->kernelStatus().message, Contains ("is too long"));
    CHECK (small->document.current().source->hash == hash);
    CHECK (small->document.current().edits.start == 0.01);
}
