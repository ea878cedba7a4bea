#include "Plugin/Document/UndoHistory.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <cstdio>

using namespace faltwerk;

TEST_CASE ("The oldest steps go when their kernels fill the memory", "[controls]")
{
    UndoHistory history;
    DocumentSlots slots;

    for (int n = 0; n < 100; ++n)
    {
        auto kernel = std::make_shared<LoadedKernel>();
        kernel->hash = std::to_string (n);
        kernel->encoded = KernelCopy (std::vector<std::byte> (10 << 20));
        auto after = slots;
        after.current.source = kernel;
        history.add ({ "Load", slots, after });
        slots = after;
    }

    CHECK (history.audioInBytes() <= UndoHistory::mostAudioBytes);
    CHECK (history.audioInBytes() > UndoHistory::mostAudioBytes / 2);
    int numSteps = 0;

    for (; history.canUndo(); ++numSteps)
        slots = history.undo (slots);

    CHECK (numSteps > 30);
    CHECK (slots.current.source->hash == std::to_string (99 - numSteps));
}

TEST_CASE ("A hundred steps of a long kernel share its audio", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const Sound sound { { test::decayingNoise (480000, 1), test::decayingNoise (480000, 2) }, 48000 };
    REQUIRE (writeSound (folder.path ("long.wav"), sound, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    test::load (*processor, folder / "long.wav");
    const std::weak_ptr<const LoadedKernel> kernel = processor->kernelStatus().source;
    auto& document = processor->document;

    for (int n = 0; n < 100; ++n)
        document.edit ("Trim", [n] (DocumentEdits& edits) { edits.start = 0.001 * (n + 1); });

    test::settle (*processor);
    CHECK (document.current().source == kernel.lock()); // the very same

    for (int n = 0; n < 100; ++n)
    {
        document.undo();
        REQUIRE (document.current().source == kernel.lock());
    }

    UndoHistory history;
    DocumentSlots slots;
    slots.current = document.current();

    for (int n = 0; n < 100; ++n)
    {
        auto after = slots;
        after.current.edits.start += 0.001;
        history.add ({ "Trim", slots, after });
        slots = after;
    }

    const size_t copy = 480000 * 2 * sizeof (float);
    std::printf ("100 steps of a 10 s stereo kernel: %.1f MB of audio, %zu bytes each beside\n",
                 static_cast<double> (history.audioInBytes()) / 1e6, sizeof (UndoHistory::Step));
    CHECK (history.audioInBytes() < 2 * copy + 1000); // itself, and what a session holds of it

    // A step beside the audio, which it points to.
    CHECK (sizeof (UndoHistory::Step) < 2000);
    test::settle (*processor);
    CHECK (processor->kernelStatus().edited->edits.start == 0.0);
}

TEST_CASE ("Only steps from preset to preset or kernel to kernel within two seconds are joined", "[controls]")
{
    UndoHistory history;
    DocumentSlots slots;
    using Stepping = UndoHistory::Stepping;
    auto through = Stepping::Through::presets;
    const auto add = [&] (const char* name, std::optional<uint32_t> steppedAt)
    {
        auto after = slots;
        after.current.parameters[0] += 1.0f;
        after.preset.name = name;
        history.add (
            { name, slots, after, false, steppedAt ? std::optional (Stepping { through, *steppedAt }) : std::nullopt });
        slots = after;
    };
    constexpr uint32_t nearEnd = 0xffffffff - 1000; // the clock begins anew
    add ("one", nearEnd);
    add ("two", nearEnd + 1999);
    add ("three", nearEnd + 3998);
    CHECK (history.names() == std::vector<std::string> { "three" });
    add ("late", nearEnd + 5998);
    add ("by name", {});
    add ("four", nearEnd + 6000);
    CHECK (history.names() == std::vector<std::string> { "three", "late", "by name", "four" });
    slots = history.undo (slots);
    slots = history.undo (slots);
    slots = history.undo (slots);
    CHECK (slots.preset.name == "three");
    CHECK (slots.current.parameters[0] == 3.0f);
    add ("after an undo", nearEnd + 4000);
    CHECK (history.names() == std::vector<std::string> { "three", "after an undo" });
    slots = history.undo (history.undo (slots));
    CHECK (slots.preset.name.empty());
    CHECK (slots.current.parameters[0] == 0.0f);

    // Kernels join kernels, and no presets.
    add ("preset", 0);
    through = Stepping::Through::kernels;
    add ("kernel", 10);
    add ("next kernel", 20);
    CHECK (history.names() == std::vector<std::string> { "preset", "next kernel" });
    through = Stepping::Through::presets;
    add ("next preset", 30);
    CHECK (history.names() == std::vector<std::string> { "preset", "next kernel", "next preset" });
}
