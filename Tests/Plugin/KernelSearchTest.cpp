#include "Plugin/KernelSearch.h"

#include "Support/Catch.h"
#include "Support/Files.h"
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

    PluginProcessor processor (user / "");
    test::load (processor, file);
    const auto hash = processor.kernelStatus().document->hash;
    processor.document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.01; });
    const auto state = test::stateOf (processor);
    CHECK (state.getSize() < 10000); // no copy in it

    const auto check = [&] (const juce::File& place, const char* message)
    {
        PluginProcessor other (user / "");
        test::restore (other, state);
        const auto status = other.kernelStatus();
        CHECK_THAT (status.message, Contains (message));
        REQUIRE (status.document != nullptr);
        CHECK (status.document->path == place.getFullPathName().toStdString());
        CHECK (status.document->hash == hash);
        CHECK (other.document.present().edits.fadeIn == 0.01);
        return status.document->kernel != nullptr;
    };

    CHECK (check (file, ""));

    // The whole library elsewhere.
    const auto elsewhere = folder / "elsewhere";
    REQUIRE (library.moveFileTo (elsewhere));
    values.kernelFolders = { moved.getFullPathName(), elsewhere.getFullPathName() };
    processor.settings->set (values);
    CHECK (check (elsewhere.getChildFile ("halls/big.wav"), ""));

    // The file alone, under another name.
    const auto renamed = moved.getChildFile ("deep/er/other name.wav");
    REQUIRE (elsewhere.getChildFile ("halls/big.wav").moveFileTo (renamed));
    CHECK (check (renamed, "was not where it was"));

    // Nowhere; and then the user shows it.
    REQUIRE (renamed.moveFileTo (folder / "hidden.wav"));
    CHECK_FALSE (check (file, "was not found"));
    PluginProcessor last (user / "");
    test::restore (last, state);
    last.document.relink (folder / "hidden.wav");
    test::settle (last);
    CHECK (last.kernelStatus().document->hash == hash);
    CHECK (last.document.present().edits.fadeIn == 0.01);
}
