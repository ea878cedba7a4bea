#include "Plugin/Document/Document.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

// Steps of undo around kernels that are on their way.

using namespace faltwerk;

namespace
{

juce::File writeKernel (const test::TemporaryFolder& folder, const juce::String& name)
{
    REQUIRE (writeSound (folder.path (name), Sound { { test::decayingNoise (48000, 1) }, 48000 }, SampleFormat::float32)
             == "");
    return folder / name;
}

/** Keeps what is asked for on its way, for as long as it lives. */
using OnItsWay = KernelLoader::Hold;

std::string kernelName (const PluginProcessor& processor)
{
    const auto kernel = processor.document.current().source;
    return kernel != nullptr ? kernel->name : "none";
}

} // namespace

TEST_CASE ("What is done to a kernel on its way is undone before the load", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "new.wav");
    const auto processor = test::makeProcessor();
    test::settle (*processor);
    auto& document = processor->document;
    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.5; });

    {
        const OnItsWay hold (document.loader());
        document.loadFile (file);
        CHECK (document.undoName() == "Load 'new'"); // a step at once
        CHECK (kernelName (*processor) == "new");
        document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.25; });
        document.beginGesture ("Fade");
        document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.125; });
    }

    test::settle (*processor); // it comes while something is dragged
    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.25; });
    document.endGesture();
    test::settle (*processor);
    CHECK (processor->kernelStatus().edited->edits.fadeIn == 0.25);

    document.undo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "new");
    CHECK (document.current().edits.fadeIn == 0.0);
    CHECK (document.current().edits.start == 0.25);
    document.undo();
    CHECK (document.undoName() == "Load 'new'");
    CHECK (document.current().edits == DocumentEdits());
    document.undo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "Concert Hall");
    CHECK (document.current().edits.fadeOut == 0.5);
    document.redo();
    document.redo();
    document.redo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "new");
    CHECK (processor->kernelStatus().edited->edits.start == 0.25);
    CHECK (processor->kernelStatus().edited->edits.fadeIn == 0.25);
    CHECK_FALSE (document.canRedo());
}

TEST_CASE ("A load that fails removes its undo step and the edits of its kernel", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    test::settle (*processor);
    auto& document = processor->document;
    auto& p = processor->parameters;
    document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.5; });
    document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.01; });
    document.undo();

    {
        const OnItsWay hold (document.loader());
        document.loadFile (folder / "missing.wav");
        document.edit ("Trim", [] (DocumentEdits& edits) { edits.end = 1.0; });
        p.decay.beginChangeGesture();
        p.decay.setValueNotifyingHost (p.decay.convertTo0to1 (50.0f));
        p.decay.endChangeGesture();
        document.beginGesture ("Trim");
        document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.5; });
    }

    test::settle (*processor);
    document.endGesture();
    CHECK (kernelName (*processor) == "Concert Hall");
    CHECK (document.current().edits.fadeOut == 0.5);
    CHECK (document.current().edits.start == 0.0);
    CHECK_FALSE (document.current().edits.end);
    CHECK (p.decay.get() == Approx (50.0f).margin (1e-3)); // that was no business of the kernel's
    CHECK (document.undoName() == "Decay");
    document.undo();
    CHECK (p.decay.get() == Approx (100.0f).margin (1e-3));
    CHECK (document.undoName() == "Fade");
    document.undo();
    CHECK (document.current().edits == DocumentEdits());
    CHECK_FALSE (document.canUndo());

    // With nothing done since, what could be redone still can.
    document.loadFile (folder / "missing.wav");
    test::settle (*processor);
    CHECK (document.redoName() == "Fade");
    document.redo();
    CHECK (document.current().edits.fadeOut == 0.5);
}

TEST_CASE ("Undo returns to the kernel that was heard and skips overtaken ones", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "new.wav");
    const auto processor = test::makeProcessor();
    test::settle (*processor);
    auto& document = processor->document;
    document.loadFile (file);
    test::settle (*processor);

    {
        const OnItsWay hold (document.loader());

        for (const char* name : { "Slapback", "Tuned Comb", "Slapback", "Tuned Comb" })
            document.loadFactoryKernel (name);
    }

    CHECK (kernelName (*processor) == "Tuned Comb");
    test::settle (*processor);
    CHECK (kernelName (*processor) == "Tuned Comb");
    document.undo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "new");
    document.undo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "Concert Hall");
    CHECK_FALSE (document.canUndo());
    document.redo();
    document.redo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "Tuned Comb");
    CHECK_FALSE (document.canRedo());
}

TEST_CASE ("A kernel that is loaded again is no step", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    processor->document.loadFactoryKernel ("Concert Hall");
    test::settle (*processor);
    CHECK_FALSE (processor->document.canUndo());
    processor->document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeOut = 0.5; });
    processor->document.loadFactoryKernel ("Concert Hall"); // anew, at rest
    test::settle (*processor);
    CHECK (processor->document.current().edits == DocumentEdits());
    processor->document.undo();
    CHECK (processor->document.current().edits.fadeOut == 0.5);
}

TEST_CASE ("Kernels that are stepped through quickly are one step of undo", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto first = writeKernel (folder, "first.wav"), second = writeKernel (folder, "second.wav");
    const auto damaged = folder / "damaged.wav";
    REQUIRE (damaged.replaceWithText ("RIFF, but no more"));
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    test::load (*processor, first);
    document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.25; });
    const auto before = document.current();
    const auto step = [&] (const juce::File& file) { document.loadFile (file, {}, Document::Choice::byStepping); };
    const auto names = [&] { return document.undoSteps().names; };
    using Names = std::vector<std::string>;

    {
        const OnItsWay hold (document.loader()); // some are left before they are there
        step (second);
        document.loadFactoryKernel ("Warm Plate", Document::Choice::byStepping);
        document.loadFactoryKernel ("Gold Foil", Document::Choice::byStepping);
    }

    test::settle (*processor);
    CHECK (names() == Names { "Load 'first'", "Trim", "Load 'Gold Foil'" });
    step (second);
    test::settle (*processor);
    CHECK (names() == Names { "Load 'first'", "Trim", "Load 'second'" });

    // One that cannot be loaded leaves the one before it.
    step (damaged);
    CHECK (document.undoName() == "Load 'damaged'");
    test::settle (*processor);
    CHECK (kernelName (*processor) == "second");
    CHECK (names() == Names { "Load 'first'", "Trim", "Load 'second'" });
    document.undo();
    test::settle (*processor);
    CHECK (document.current() == before);
    document.redo();
    test::settle (*processor);
    CHECK (kernelName (*processor) == "second");

    // One that is chosen by name is a step of its own, and so is stepping on from it; there and back again is none.
    document.loadFactoryKernel ("Warm Plate");
    step (second);
    CHECK (names().size() == 5);
    document.loadFactoryKernel ("Warm Plate", Document::Choice::byStepping);
    test::settle (*processor);
    CHECK (names() == Names { "Load 'first'", "Trim", "Load 'second'", "Load 'Warm Plate'" });
}

TEST_CASE ("A load that is undone while it goes on can be done again", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "new.wav");
    const auto processor = test::makeProcessor();
    auto& document = processor->document;

    {
        const OnItsWay hold (document.loader());
        document.loadFile (file);
        document.undo();
    }

    CHECK (kernelName (*processor) == "Concert Hall");
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
    document.redo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "new");
    CHECK_FALSE (document.canRedo());
}

TEST_CASE ("A kernel on its way that goes into the other slot comes when that is called", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "new.wav");
    const auto processor = test::makeProcessor();
    auto& document = processor->document;
    document.swapSlots();
    test::settle (*processor);

    {
        const OnItsWay hold (document.loader());
        document.loadFile (file);
        document.swapSlots(); // overtakes it
    }

    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
    document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "new");
    document.undo();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
    document.redo();
    document.redo();
    document.swapSlots();
    test::settle (*processor);
    CHECK (processor->kernelStatus().source->name == "new");
    CHECK (processor->kernelStatus().source->kernel->paths[0] == test::decayingNoise (48000, 1));
}
