#include "Plugin/Loading/KernelFinder.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

Sound stereoKernel (uint64_t seed)
{
    return { { test::decayingNoise (2000, seed), test::decayingNoise (2000, seed + 1) }, 48000 };
}

} // namespace

TEST_CASE ("A kernel that has moved is found again: below a kernel folder, or by its content", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder, user;
    const auto library = folder / "library", moved = folder / "moved";
    REQUIRE (library.getChildFile ("halls").createDirectory());
    REQUIRE (moved.getChildFile ("deep/er").createDirectory());
    const auto file = library.getChildFile ("halls/big.wav");
    REQUIRE (writeSound (file.getFullPathName().toStdString(), stereoKernel (91), SampleFormat::float32) == "");
    REQUIRE (writeSound (moved.getChildFile ("a.wav").getFullPathName().toStdString(), stereoKernel (93),
                         SampleFormat::float32)
             == "");

    Settings::Values values;
    values.embedsKernels = false;
    values.kernelFolders = { library.getFullPathName() };
    Settings::in (user / "")->set (values);

    auto processor = std::make_unique<PluginProcessor> (user / "");
    test::load (*processor, file);
    const auto hash = processor->kernelStatus().source->hash;
    processor->document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.01; });
    const auto state = test::stateWithoutCopyOf (*processor);
    const auto settings = processor->settings;
    CHECK (state.getSize() < 10000); // no copy in it

    const auto check = [&] (const juce::File& place, const char* message)
    {
        PluginProcessor other (user / "");
        test::restore (other, state);
        const auto status = other.kernelStatus();
        CHECK_THAT (status.message, Contains (message));
        REQUIRE (status.source != nullptr);
        CHECK (status.source->origin.path == place.getFullPathName().toStdString());
        CHECK (status.source->hash == hash);
        CHECK (other.document.current().edits.fadeIn == 0.01);
        return status.source->kernel != nullptr;
    };

    CHECK (check (file, ""));

    // The whole library elsewhere.
    const auto elsewhere = folder / "elsewhere";
    REQUIRE (library.moveFileTo (elsewhere));
    values.kernelFolders = { moved.getFullPathName(), elsewhere.getFullPathName() };
    settings->set (values);
    CHECK (check (elsewhere.getChildFile ("halls/big.wav"), ""));

    // The file alone, under another name.
    const auto renamed = moved.getChildFile ("deep/er/other name.wav");
    REQUIRE (elsewhere.getChildFile ("halls/big.wav").moveFileTo (renamed));
    CHECK (check (renamed, "was not where it was"));

    // In no file, but in another instance.
    REQUIRE (renamed.moveFileTo (folder / "hidden.wav"));
    CHECK (check (file, "using an earlier copy"));

    // Nowhere; and then the user shows it.
    processor.reset();
    CHECK_FALSE (check (file, "was not found"));
    PluginProcessor last (user / "");
    test::restore (last, state);
    last.document.relink (folder / "hidden.wav");
    test::settle (last);
    CHECK (last.kernelStatus().source->hash == hash);
    CHECK (last.document.current().edits.fadeIn == 0.01);
}

TEST_CASE ("A session keeps the copy of a kernel that no file holds even with copies switched off", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto sound = stereoKernel (95);
    REQUIRE (writeSound (folder.path ("k.wav"), sound, SampleFormat::float32) == "");
    PluginProcessor original;
    test::load (original, folder / "k.wav");
    original.session.setOptions ({ false, false, false });
    CHECK (test::stateWithoutCopyOf (original).getSize() < 10000); // the file is there
    original.session.setOptions ({ true, false, false });
    const auto session = test::stateOf (original);
    (folder / "k.wav").deleteFile();

    PluginProcessor second;
    test::restore (second, session);
    second.session.setOptions ({ false, false, false });
    PluginProcessor third;
    test::restore (third, test::stateOf (second));
    REQUIRE (third.kernelStatus().source->kernel != nullptr);
    CHECK (third.kernelStatus().source->kernel->paths == sound.channels);
    CHECK_FALSE (third.session.options().embedsKernel);
}

TEST_CASE ("Relinking is an undo step that changes no control and keeps a kernel that it cannot find", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto sound = stereoKernel (97);
    REQUIRE (writeSound (folder.path ("shown.wav"), sound, SampleFormat::float32) == "");
    PluginState state;
    state.current.parameters = { { "mix", 71.0f }, { "size", 150.0f } };
    state.current.edits.fadeIn = 0.002;
    state.options.locksMix = true;
    auto lost = std::make_shared<LoadedKernel>();
    lost->name = "lost";
    lost->origin.path = "/nowhere/lost.wav";
    lost->hash = "0123";
    lost->sampleRate = 48000;
    state.current.source = lost;
    juce::MemoryBlock block;
    state.write (block);

    PluginProcessor processor;
    test::restore (processor, block);
    const auto check = [&] (const char* name, const char* hash)
    {
        test::settle (processor);
        const auto present = processor.document.current();
        CHECK (present.source->name == name);
        CHECK (present.edits.fadeIn == 0.002);
        CHECK (processor.parameters.mix.get() == Approx (71.0f));
        CHECK (processor.parameters.size.get() == Approx (150.0f).margin (1e-3));
        const auto bytes = test::stateOf (processor);
        const auto saved = PluginState::read (bytes.getData(), bytes.getSize());
        REQUIRE (saved);
        CHECK ((hash == nullptr || saved->current.source->hash == hash));
    };

    check ("lost", "0123");
    processor.document.relink (folder / "not there.wav");
    check ("lost", "0123");
    CHECK_THAT (processor.kernelStatus().message, Contains ("not there.wav"));
    CHECK_FALSE (processor.document.canUndo());
    processor.document.relink (folder / "shown.wav");
    check ("shown", nullptr);
    CHECK (processor.kernelStatus().source->kernel->paths == sound.channels);
    CHECK (processor.document.undoName() == "Relink 'shown'");
    processor.document.undo();
    check ("lost", "0123");
    processor.document.redo();
    check ("shown", nullptr);
}
