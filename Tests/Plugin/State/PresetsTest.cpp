#include "Plugin/State/Presets.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <random>

using namespace faltwerk;
using Catch::Matchers::Contains;

TEST_CASE ("Presets are saved, listed, loaded, renamed and deleted", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    processor.document.loadFactoryKernel ("Tuned Comb");
    test::settle (processor);
    processor.parameters.size = 150.0f;
    processor.parameters.mix = 80.0f;
    processor.document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.02; });
    CHECK (processor.presets.names().isEmpty());
    CHECK (processor.savePreset ("Wide comb") == "");
    CHECK (processor.savePreset ("another") == "");
    CHECK (processor.presets.names() == juce::StringArray { "another", "Wide comb" });
    CHECK (processor.session.presetName() == "another");
    CHECK_FALSE (processor.session.differsFromPreset());
    CHECK ((user / "Presets").getNumberOfChildFiles (juce::File::findFiles) == 2); // nothing half-written stays

    processor.session.applyInitialPreset();
    test::settle (processor);
    CHECK (processor.parameters.size.get() == Approx (100.0f).margin (1e-3));
    CHECK (processor.kernelStatus().source->name == "Concert Hall");
    CHECK (processor.document.current().edits == DocumentEdits());
    CHECK_FALSE (processor.session.differsFromPreset());
    processor.parameters.out = -3.0f;
    CHECK (processor.session.differsFromPreset());

    // A locked mix is never touched, and neither is bypass.
    processor.session.setOptions ({ true, false, true });
    processor.parameters.mix = 12.0f;
    processor.parameters.bypass = true;
    CHECK (processor.loadPreset ("Wide comb") == "");
    test::settle (processor);
    CHECK (processor.parameters.size.get() == Approx (150.0f).margin (1e-3));
    CHECK (processor.parameters.mix.get() == Approx (12.0f).margin (1e-3));
    CHECK (processor.parameters.bypass.get());
    CHECK (processor.kernelStatus().source->name == "Tuned Comb");
    CHECK (processor.document.current().edits.fadeOut == 0.02);
    CHECK_FALSE (processor.session.differsFromPreset());
    processor.session.setOptions ({ true, false, false });
    CHECK (processor.loadPreset ("Wide comb") == "");
    CHECK (processor.parameters.mix.get() == Approx (80.0f).margin (1e-3));
    CHECK (processor.document.undoName() == "Preset 'Wide comb'");

    const auto& presets = processor.presets;
    CHECK_THAT (presets.rename ("another", "Wide comb"), Contains ("already"));
    CHECK (presets.rename ("another", "second") == "");
    CHECK_THAT (presets.rename ("another", "third"), Contains ("was not found"));
    CHECK (presets.remove ("second") == "");
    CHECK_THAT (presets.remove ("second"), Contains ("was not found"));
    CHECK (presets.names() == juce::StringArray { "Wide comb" });

    // What was removed comes back as it was, unless its name is taken.
    CHECK (presets.restore ("second") == "");
    CHECK (processor.loadPreset ("second") == "");
    CHECK_THAT (presets.restore ("second"), Contains ("another preset"));
    CHECK (presets.remove ("second") == "");
    CHECK (presets.names() == juce::StringArray { "Wide comb" });
    CHECK_THAT (presets.restore ("third"), Contains ("could not be brought back"));

    for (const char* name : { "", " ", "a/b", "../outside", "x.", ".hidden" })
    {
        CAPTURE (name);
        CHECK (processor.savePreset (name) != "");
        CHECK (processor.loadPreset (name) != "");
        CHECK (presets.remove (name) != "");
        CHECK (presets.rename ("Wide comb", name) != "");
    }
}

TEST_CASE ("What is listed can be loaded and renamed, and no other preset is overwritten", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    const auto& presets = processor.presets;
    REQUIRE (processor.savePreset ("plate") == "");

    // A name that somebody else's system gave it.
    const auto strange = (user / "Presets").getChildFile ("Plate #2, wide.faltwerk");
    REQUIRE (presets.fileOf ("plate").copyFileTo (strange));
    CHECK (presets.names() == juce::StringArray { "plate", "Plate #2, wide" });
    CHECK (processor.loadPreset ("Plate #2, wide") == "");
    CHECK (presets.rename ("Plate #2, wide", "second") == "");
    CHECK_FALSE (strange.exists());
    REQUIRE (presets.fileOf ("plate").copyFileTo (strange));
    CHECK (presets.remove ("Plate #2, wide") == "");

    // Names that differ in case are two presets where files are told apart so, and one elsewhere.
    CHECK (presets.rename ("second", "Second") == "");
    CHECK (presets.names() == juce::StringArray { "plate", "Second" });
    processor.parameters.size = 200.0f;
    REQUIRE (processor.savePreset ("second") == "");

    if (presets.names().size() == 3)
    {
        CHECK_THAT (presets.rename ("second", "Second"), Contains ("already"));
        CHECK (presets.names().size() == 3);
    }

    // No name leads out of the folder.
    for (const char* name : { "../Presets/plate", "../../etc/passwd", "/etc/passwd" })
    {
        CHECK_THAT (processor.loadPreset (name), Contains ("was not found"));
        CHECK_THAT (presets.remove (name), Contains ("was not found"));
        CHECK_THAT (presets.rename (name, "any"), Contains ("was not found"));
    }
}

TEST_CASE ("A session keeps the name of its preset and that it was left", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    processor.document.loadFactoryKernel ("Tuned Comb");
    test::settle (processor);
    REQUIRE (processor.savePreset ("Wide comb") == "");
    juce::MemoryBlock saved, changed;
    processor.getStateInformation (saved);
    processor.parameters.out = -3.0f;
    processor.getStateInformation (changed);

    PluginProcessor opened (user / "");
    opened.setStateInformation (saved.getData(), static_cast<int> (saved.getSize()));
    CHECK (opened.session.presetName() == "Wide comb");
    CHECK_FALSE (opened.session.differsFromPreset()); // while its kernel loads
    test::settle (opened);
    CHECK_FALSE (opened.session.differsFromPreset()); // and when it is there
    opened.parameters.out = -3.0f;
    CHECK (opened.session.differsFromPreset());
    opened.parameters.out = 0.0f;
    CHECK_FALSE (opened.session.differsFromPreset());

    opened.setStateInformation (changed.getData(), static_cast<int> (changed.getSize()));
    test::settle (opened);
    CHECK (opened.session.presetName() == "Wide comb");
    CHECK (opened.session.differsFromPreset());

    // What was left stays so in the next session, and a preset that is chosen anew counts as itself.
    juce::MemoryBlock again;
    opened.getStateInformation (again);
    opened.setStateInformation (again.getData(), static_cast<int> (again.getSize()));
    CHECK (opened.session.differsFromPreset());
    REQUIRE (opened.loadPreset ("Wide comb") == "");
    test::settle (opened);
    CHECK_FALSE (opened.session.differsFromPreset());

    // A preset's file names none.
    CHECK (opened.presets.load ("Wide comb")->preset == "");
}

TEST_CASE ("Bypass is no part of a preset", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    REQUIRE (processor.savePreset ("any") == "");
    processor.parameters.bypass = true;
    CHECK_FALSE (processor.session.differsFromPreset());
    processor.parameters.out = -3.0f;
    CHECK (processor.session.differsFromPreset());
}

TEST_CASE ("A kernel that is here already is not kept once more for a preset or a session", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder, user;
    const Sound sound { { test::decayingNoise (3000, 5) }, 48000 };
    REQUIRE (writeSound (folder.path ("k.wav"), sound, SampleFormat::float32) == "");
    PluginProcessor processor (user / "");
    auto& document = processor.document;
    test::load (processor, folder / "k.wav");
    const auto kernel = document.current().source;
    REQUIRE (processor.savePreset ("one") == "");
    processor.parameters.size = 150.0f;
    document.swapSlots();
    std::vector<std::weak_ptr<const LoadedKernel>> read;

    for (int n = 0; n < 3; ++n)
    {
        const auto preset = processor.presets.load ("one");
        REQUIRE (preset);
        read.push_back (preset->current.source);
        processor.session.applyPreset ("one", *preset);
        test::settle (processor);
        processor.parameters.size = 60.0f + static_cast<float> (n);
        CHECK (document.current().source == kernel);
    }

    const auto bytes = test::stateOf (processor);

    {
        const auto session = PluginState::read (bytes.getData(), bytes.getSize());
        REQUIRE (session);
        REQUIRE (session->other);
        read.push_back (session->current.source);
        read.push_back (session->other->source);
        processor.session.restore (*session);
    }

    test::settle (processor);

    for (const auto& each : read)
        CHECK (each.expired());

    CHECK (processor.session.state().current.source == kernel);
    CHECK (processor.session.state().other->source == kernel);
}

TEST_CASE ("A damaged preset gives one sentence and changes nothing", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    REQUIRE (processor.savePreset ("good") == "");
    juce::MemoryBlock good;
    REQUIRE (processor.presets.fileOf ("good").loadFileAsData (good));
    const auto file = processor.presets.fileOf ("bad");
    const auto before = processor.document.current();

    for (const char* text : { "", "FLTP", "no preset at all, but long enough" })
    {
        REQUIRE (file.replaceWithText (text));
        CHECK_THAT (processor.loadPreset ("bad"), Contains ("'bad' is damaged"));
    }

    auto newer = good;
    newer[4] = 9;
    REQUIRE (file.replaceWithData (newer.getData(), newer.getSize()));
    CHECK_THAT (processor.loadPreset ("bad"), Contains ("newer"));
    CHECK (processor.document.current() == before);

    constexpr uint32_t seed = 5;
    std::mt19937 random (seed);

    for (int round = 0; round < 200; ++round)
    {
        auto damaged = good;
        const auto place = random() % good.getSize();

        if (round % 2 == 0)
            damaged.setSize (place);
        else
            damaged[place] = static_cast<char> (random());

        REQUIRE (file.replaceWithData (damaged.getData(), damaged.getSize()));
        CAPTURE (seed, round, place);
        const auto sentence = processor.loadPreset ("bad");
        CHECK ((sentence.empty() || sentence.find ("'bad'") != std::string::npos));
    }

    test::settle (processor);
}

TEST_CASE ("Names that cannot be a file's everywhere are refused with their reason", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    const auto refusal = [&] (const juce::String& name) { return processor.savePreset (name); };

    for (const auto* const name : { "~", "~warm", "a/b", ".", "a\tb", "a\nb", "a\x7f" })
        CHECK_THAT (refusal (name), Contains ("cannot be a preset's name"));

    for (const auto* const name : { "CON", "nul", "com1", "LPT9.old" })
        CHECK_THAT (refusal (name), Contains ("name of a device"));

    CHECK_THAT (refusal (juce::String::repeatedString ("a", 180)), Contains ("too long"));
    CHECK_THAT (refusal (juce::String::repeatedString (juce::String::fromUTF8 ("\xe6\xbc\xa2"), 90)),
                Contains ("too long"));
    CHECK (processor.presets.names().isEmpty());
    CHECK (! juce::File::getCurrentWorkingDirectory().getChildFile ("~.faltwerk").existsAsFile());
    CHECK (processor.savePreset ("mine") == "");
    CHECK_THAT (processor.presets.rename ("mine", "~mine"), Contains ("cannot be a preset's name"));

    for (const auto* const name : { "Console", "a~b", "COM10" })
        CHECK (refusal (name) == "");
}

TEST_CASE ("A preset that cannot be written says so", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    REQUIRE ((user / "Presets").replaceWithText ("a file where the folder should be"));
    PluginProcessor processor (user / "");
    CHECK_THAT (processor.savePreset ("any"), Contains ("could not be saved"));
}

TEST_CASE ("Settings are kept, shared by all instances, and hold for new ones", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    Settings::Values values;
    values.embedsKernels = false;
    values.cutsTailOnBypass = true;
    values.startsEmpty = true;
    values.normalise = Normalise::loudness;
    values.scalePercent = 150;
    values.kernelFolders = { (user / "kernels").getFullPathName() };

    {
        PluginProcessor first (user / ""), second (user / "");
        CHECK (first.settings == second.settings);
        CHECK (first.settings->get() == Settings::Values());
        CHECK (first.settings->set (values) == "");
        CHECK (second.settings->get() == values);
    }

    const PluginProcessor later (user / ""); // reads the file
    CHECK (later.settings->get() == values);
    CHECK (later.session.options() == InstanceOptions { false, true, false });
    CHECK (later.parameters.normalise.getIndex() == 3);
    CHECK (later.document.current().source == nullptr);

    values.scalePercent = 1000;
    later.settings->set (values);
    CHECK (later.settings->get().scalePercent == 200);

    REQUIRE ((user / "Settings.xml")
                 .replaceWithText ("<PROPERTIES><VALUE name=\"scalePercent\" val=\"-5\"/>"
                                   "<VALUE name=\"normalise\" val=\"77\"/></PROPERTIES>"));
    CHECK (Settings (user / "").get() == Settings::Values());
}

TEST_CASE ("A list of presets tells their kernels and that a file has changed", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    const auto& presets = processor.presets;
    const auto sound = test::decayingNoise (200000, 3);
    REQUIRE (writeSound (user.path ("Long one.wav"), Sound { { sound, sound }, 48000 }, SampleFormat::float32) == "");
    test::load (processor, user / "Long one.wav");
    REQUIRE (processor.savePreset ("with audio") == "");
    REQUIRE (presets.fileOf ("with audio").getSize() > 200000); // more than is read for the list
    CHECK (presets.kernelNameOf ("with audio") == "Long one");
    processor.document.clearKernel();
    test::settle (processor);
    REQUIRE (processor.savePreset ("without") == "");
    CHECK (presets.kernelNameOf ("without") == "");
    CHECK (presets.kernelNameOf ("not there") == "");
    presets.fileOf ("damaged").replaceWithText ("FLTPFLTWFLTWFLTW");
    CHECK (presets.kernelNameOf ("damaged") == "");

    auto version = presets.version();
    const auto grows = [&] { return std::exchange (version, presets.version()) < presets.version(); };
    REQUIRE (processor.savePreset ("third") == "");
    CHECK (grows());
    REQUIRE (presets.rename ("third", "fourth") == "");
    CHECK (grows());
    REQUIRE (presets.remove ("fourth") == "");
    CHECK (grows());
    REQUIRE (presets.restore ("fourth") == "");
    CHECK (grows());
    CHECK (presets.remove ("nothing") != "");
    CHECK_FALSE (grows());
}
