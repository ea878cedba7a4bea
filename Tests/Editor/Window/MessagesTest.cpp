// What is dropped on the window, and what it says when something is wrong or missing, without any display.

#include "Editor/Files/FileBrowserWords.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/Window/PluginEditor.h"
#include "Editor/Window/StatusLine.h"
#include "Picture/Theme.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <atomic>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** An editor of a user with a folder of their own, and files to drop on it. */
class Stage
{
public:
    Stage()
    {
        editor = std::make_unique<PluginEditor> (*processor);
        write ("Plate, bright.wav", 1, 90000, 44100.0);
        write ("hallL.wav", 1, 48000, 48000.0);
        write ("hallR.wav", 1, 48000, 48000.0);
        (folder / "letter.txt").replaceWithText ("Dear Sir");
        (folder / "picture.png").replaceWithText ("no sound");
        REQUIRE ((folder / "kernels").createDirectory().wasOk());
    }

    void write (const juce::String& name, size_t numChannels, size_t length, double rate) const
    {
        Sound sound { std::vector<std::vector<float>> (numChannels), rate };

        for (size_t channel = 0; channel < numChannels; ++channel)
            sound.channels[channel] = decayingNoise (length, channel + 5);

        REQUIRE (writeSound (folder.path (name), sound, SampleFormat::int24) == "");
    }

    juce::StringArray paths (const juce::StringArray& names) const
    {
        juce::StringArray result;

        for (const auto& name : names)
            result.add (folder.path (name));

        return result;
    }

    /** Holds files over the editor until what they are is known; gives the words. */
    juce::String hold (const juce::StringArray& names, juce::Point<int> at = { 300, 300 })
    {
        editor->fileDragEnter (paths (names), at.x, at.y);
        auto& overlay = find<DropOverlay> (*editor, "dropOverlay");

        for (int n = 0; n < 500 && ! overlay.facts().isKnown; ++n)
        {
            editor->update();
            juce::Thread::sleep (5);
        }

        return overlay.facts().description;
    }

    void drop (const juce::StringArray& names, juce::Point<int> at = { 300, 300 })
    {
        hold (names, at);
        editor->filesDropped (paths (names), at.x, at.y);
        settle (*processor);
        editor->update();
    }

    juce::String kernelName() const { return find<Header> (*editor, "header").shownKernelName(); }
    juce::String message() const { return find<StatusLine> (*editor, "status").shownMessage(); }

    const TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor = makeProcessorOf (folder / "user");
    std::unique_ptr<PluginEditor> editor;
};

constexpr juce::Point<int> overOtherSlot { 1000, 300 };

} // namespace

TEST_CASE ("What is held over the window says what it is before it is let go", "[editor]")
{
    const Juce juce;
    Stage stage;
    const auto space = juce::String::charToString (0xa0);
    const auto before = stage.kernelName();

    const auto plate = stage.hold ({ "Plate, bright.wav" });
    CHECK (plate.startsWith ("Plate, bright.wav"));
    CHECK (plate.contains ("2.04" + space + "s"));
    CHECK (plate.contains ("mono"));
    CHECK (plate.contains ("44.1" + space + "kHz, will be converted to 48" + space + "kHz"));
    keep (snapshot (*stage.editor, 2.0f), "drop");
    stage.editor->fileDragMove (stage.paths ({ "Plate, bright.wav" }), overOtherSlot.x, overOtherSlot.y);
    keep (snapshot (*stage.editor, 1.0f), "drop-other");
    stage.editor->fileDragExit ({});
    CHECK_FALSE (find (*stage.editor, "dropOverlay").isVisible());

    CHECK_THAT (stage.hold ({ "picture.png" }).toStdString(), Contains ("picture.png"));
    CHECK_FALSE (find<DropOverlay> (*stage.editor, "dropOverlay").facts().isUsable);
    keep (snapshot (*stage.editor, 2.0f), "drop-wrong");
    CHECK_THAT (stage.hold ({ "letter.txt" }).toStdString(), Contains ("no numbers"));
    CHECK_THAT (stage.hold ({ "hallL.wav", "hallR.wav" }).toStdString(), Contains ("hall (L and R)"));
    CHECK_THAT (stage.hold ({ "hallL.wav", "Plate, bright.wav" }).toStdString(), Contains ("the first of 2 files"));
    CHECK_THAT (stage.hold ({ "kernels" }).toStdString(), Contains ("'kernels' will be one of your kernel folders"));
    keep (snapshot (*stage.editor, 1.0f), "drop-folder");
    stage.editor->fileDragExit ({});
    CHECK (stage.kernelName() == before);
}

TEST_CASE ("A drop replaces the kernel, or fills the other slot for comparison", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& document = stage.processor->document;
    const auto before = stage.kernelName();
    stage.drop ({ "Plate, bright.wav" });
    CHECK (stage.kernelName() == "Plate, bright");
    CHECK_FALSE (document.isB());
    document.undo();
    settle (*stage.processor);
    stage.editor->update();
    CHECK (stage.kernelName() == before);

    stage.processor->parameters.mix = 64.0f;
    stage.drop ({ "Plate, bright.wav" }, overOtherSlot);
    CHECK (document.isB());
    CHECK (stage.kernelName() == "Plate, bright");
    CHECK (stage.processor->parameters.mix.get() == Approx (64.0f)); // everything else is alike
    document.swapSlots();
    settle (*stage.processor);
    stage.editor->update();
    CHECK (stage.kernelName() == before);
}

TEST_CASE ("Several files, a pair and a folder are dropped", "[editor]")
{
    const Juce juce;
    Stage stage;
    stage.drop ({ "hallL.wav", "hallR.wav" });
    CHECK (stage.kernelName() == "hall");
    CHECK (stage.processor->kernelStatus().source->kernel->paths.size() == 2);

    // Any two mono files of one rate are left and right, in the order of their names.
    REQUIRE (writeSound (stage.folder.path ("a spare.wav"), { { { 1.0f, 0.5f } }, 48000.0 }, SampleFormat::float32)
             == "");
    CHECK_THAT (stage.hold ({ "hallR.wav", "a spare.wav" }).toStdString(),
                Contains ("a spare (left) and hallR (right)") && Contains ("stereo"));
    stage.editor->fileDragExit ({});
    stage.drop ({ "hallR.wav", "a spare.wav" });
    CHECK (stage.kernelName() == "a spare + hallR");
    CHECK (stage.processor->kernelStatus().source->kernel->paths[0][0] == 1.0f);

    // Of several the first sounds, and the others are a step away.
    stage.drop ({ "Plate, bright.wav", "hallL.wav", "letter.txt" });
    CHECK (stage.kernelName() == "Plate, bright");
    CHECK_THAT (stage.message().toStdString(), Contains ("first of 3 files") && Contains ("Recent"));

    stage.drop ({ "kernels" });
    CHECK (stage.kernelName() == "Plate, bright");
    CHECK (stage.processor->settings->get().kernelFolders.contains (stage.folder.path ("kernels")));
    CHECK_THAT (stage.message().toStdString(), Contains ("'kernels'"));
}

TEST_CASE ("A file that cannot be a kernel is told in a banner, and what sounds goes on", "[editor]")
{
    const Juce juce;
    Stage stage;
    const auto before = stage.kernelName();
    const auto sounding = stage.processor->kernelStatus().edited;
    stage.drop ({ "letter.txt" });
    CHECK (stage.kernelName() == before);
    CHECK (stage.processor->kernelStatus().edited == sounding);
    auto& banner = find<Banner> (*stage.editor, "banner");
    REQUIRE (banner.isVisible());
    CHECK_THAT (banner.getTitle().toStdString(),
                Contains ("'letter.txt'") && Contains ("no numbers") && Contains ("has not changed"));
    CHECK (find (banner, "showFile").isVisible());
    CHECK_FALSE (stage.message().contains ("letter")); // said once
    keep (snapshot (*stage.editor, 2.0f), "banner");
    stage.editor->setSize (720, 460);
    keep (snapshot (*stage.editor, 2.0f), "banner-small");
    stage.editor->setSize (1100, 700);

    // It is closed by its button or Escape, and by anything newer.
    find<juce::Button> (*stage.editor, "banner/closeBanner").onClick();
    CHECK_FALSE (banner.isVisible());
    stage.editor->update();
    CHECK_FALSE (banner.isVisible());
    stage.processor->loadKernel (juce::File (stage.folder.path ("gone.wav")));
    settle (*stage.processor);
    stage.editor->update();
    REQUIRE (banner.isVisible());
    CHECK_FALSE (find (banner, "showFile").isVisible()); // there is none
    press (banner, juce::KeyPress (juce::KeyPress::escapeKey));
    CHECK_FALSE (banner.isVisible());
    stage.drop ({ "letter.txt" });
    REQUIRE (banner.isVisible());
    stage.drop ({ "Plate, bright.wav" });
    CHECK_FALSE (banner.isVisible());
}

TEST_CASE ("Without a kernel the window shows the ways to one", "[editor]")
{
    const Juce juce;
    Stage stage;
    stage.processor->document.clearKernel();
    settle (*stage.processor);
    stage.editor->update();
    auto& empty = find<EmptyState> (*stage.editor, "emptyState");
    REQUIRE (empty.isVisible());
    keep (snapshot (*stage.editor, 2.0f), "empty");
    stage.editor->setSize (720, 460);
    keep (snapshot (*stage.editor, 2.0f), "empty-small");
    stage.editor->setSize (1100, 700);

    find<juce::Button> (empty, "emptyBrowse").onClick();
    CHECK (find (*stage.editor, "browser").isVisible());
    find<juce::Button> (*stage.editor, "browser/closeBrowser").onClick();
    find<juce::Button> (empty, "emptyMake").onClick();
    CHECK (findComponent (*stage.editor, "dialogs/dialog/generator") != nullptr);
    find<juce::Button> (*stage.editor, "dialogs/dialog/cancel").onClick();
    find<DialogHost> (*stage.editor, "dialogs").shut(); // which JUCE posts
    settle (*stage.processor);
    stage.drop ({ "Plate, bright.wav" });
    CHECK_FALSE (empty.isVisible());
}

TEST_CASE ("A kernel that a session misses is located, or its copy goes on", "[editor]")
{
    const Juce juce;

    for (const bool holdsCopy : { true, false })
    {
        CAPTURE (holdsCopy);
        juce::MemoryBlock session;
        const TemporaryFolder kernels;
        REQUIRE (
            writeSound (kernels.path ("Chapel.wav"), { { decayingNoise (30000, 9) }, 48000.0 }, SampleFormat::int24)
            == "");
        {
            Stage before; // which goes, with its copy of the kernel
            load (*before.processor, kernels / "Chapel.wav");
            auto options = before.processor->session.options();
            options.embedsKernel = holdsCopy;
            before.processor->session.setOptions (options);
            session = stateOf (*before.processor);
        }

        REQUIRE ((kernels / "Chapel.wav").moveFileTo (kernels / "moved.wav"));
        Stage stage;
        restore (*stage.processor, session);
        stage.editor->update();
        CAPTURE (stage.message().toStdString());
        CHECK (stage.kernelName().contains ("Chapel"));
        CHECK (find (*stage.editor, "emptyState").isVisible() == ! holdsCopy);
        CHECK (stage.message().contains ("Chapel"));
        auto& locate = find<juce::Button> (*stage.editor, "status/action");
        CHECK (locate.isVisible());
        keep (snapshot (*stage.editor, 2.0f), holdsCopy ? "missing-copy" : "missing");

        stage.processor->document.relink (kernels / "moved.wav");
        settle (*stage.processor);
        stage.editor->update();
        CHECK_FALSE (find (*stage.editor, "emptyState").isVisible());
        CHECK_FALSE (locate.isVisible());
    }
}

TEST_CASE ("What takes longer than half a second to load says so, and is given up by a click", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& document = stage.processor->document;
    const auto before = stage.kernelName();
    const auto steps = document.undoName();
    const auto sounding = stage.processor->kernelStatus().edited;
    std::atomic<bool> mayEnd { false };
    document.loadKernel ("Slow",
                         [&mayEnd]
                         {
                             while (! mayEnd)
                                 juce::Thread::sleep (1);

                             return makeKernel ({ { 1.0f } }, 48000.0, "Slow");
                         });
    stage.editor->update();
    auto& cancel = find<juce::Button> (*stage.editor, "status/action");
    CHECK_FALSE (cancel.isVisible()); // not yet
    juce::Thread::sleep (550);
    stage.editor->update();
    CHECK (stage.message() == "Loading 'Slow'" + juce::String::charToString (0x2026));
    REQUIRE (cancel.isVisible());
    CHECK (cancel.getButtonText() == "Cancel");
    keep (snapshot (*stage.editor, 1.0f), "loading");
    cancel.onClick();
    mayEnd = true;
    settle (*stage.processor);
    stage.editor->update();
    CHECK (stage.kernelName() == before);
    CHECK (stage.processor->kernelStatus().edited == sounding);
    CHECK (document.undoName() == steps);
    CHECK_FALSE (cancel.isVisible());
    CHECK_FALSE (find (*stage.editor, "banner").isVisible());
}

TEST_CASE ("The app counts what its device has missed, from the moment it is open or was asked to count anew",
           "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& status = find<StatusLine> (*stage.editor, "status");
    int missed = 7; // before the window was open
    stage.editor->setStandalone ([] {}, [&missed] { return missed; });
    const auto shown = [&]
    {
        for (int n = 0; n < 4; ++n) // the load is shown once a second
        {
            juce::Thread::sleep (350);
            stage.editor->update();
        }

        return status.shownLoad().toStdString();
    };
    CHECK_THAT (shown(), ! Contains ("missed"));
    missed = 10;
    CHECK_THAT (shown(), Contains ("3 missed"));
    CHECK_THAT (status.loadInWords().toStdString(), Contains ("3 buffers came too late"));
    CHECK_THAT (status.loadInWords().toStdString(), Contains ("a larger buffer helps"));
    status.onResetLoad();
    CHECK_THAT (shown(), ! Contains ("missed"));
    ++missed;
    CHECK_THAT (shown(), Contains ("1 missed"));
}

TEST_CASE ("A missing audio device and a missing kernel are both seen", "[editor]")
{
    const Juce juce;
    Stage stage;
    int numShown = 0;
    const juce::String warning = "No audio device was found: start or connect one, and it is opened.";
    // A missing kernel is told in the middle of the window.
    const auto otherUser = std::make_unique<PluginProcessor> (stage.folder / "other user");
    restore (*otherUser,
             sessionOf ("<faltwerk slot=\"A\"><present kernel=\"0\"/><kernel name=\"Plate\" path=\"/nowhere/Plate.wav\""
                        " hash=\"51d31f3d5d56e8c0cda845b6a35fec8a6d8042218edbbdd852ffe33e5837a14b\""
                        " sampleRate=\"48000\"/></faltwerk>",
                        4));
    PluginEditor editor (*otherUser);
    editor.setStandalone ([&numShown] { ++numShown; });
    auto& status = find<StatusLine> (editor, "status");
    CHECK_THAT (status.shownMessage().toStdString(), Contains ("was not found") && Contains (": locate it"));
    editor.showDevice (warning, true);
    CHECK (status.shownMessage() == warning);
    CHECK (find (editor, "emptyState").isVisible());
    auto& otherLink = find<juce::Button> (editor, "status/action");
    CHECK (otherLink.getButtonText().startsWith ("Audio settings"));
    otherLink.onClick();
    CHECK (numShown == 1);
    keep (snapshot (editor, 1.0f), "missing-device-and-kernel");

    // Play does not turn to Stop while nothing can play, and says why.
    find<juce::Button> (editor, "play").onClick();
    CHECK_FALSE (otherUser->loop.isPlaying());
    CHECK_THAT (status.shownMessage().toStdString(), Contains ("without an audio device"));
    editor.keyPressed (juce::KeyPress ('1', juce::ModifierKeys(), '1'));
    CHECK (status.shownMessage() == warning);
    keep (snapshot (editor, 2.0f), "missing-device-and-kernel-2x");
    editor.setSize (PluginEditor::minimumWidth, PluginEditor::minimumHeight);
    keep (snapshot (editor, 1.0f), "missing-device-and-kernel-small");

    // Once the device is there, the kernel's message is back.
    editor.showDevice ({}, false);
    CHECK_THAT (status.shownMessage().toStdString(), Contains ("was not found"));
    CHECK_FALSE (otherLink.getButtonText().startsWith ("Audio"));
}

TEST_CASE ("JUCE's file browser says that a name was not found and that a folder is empty", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    juce::WildcardFileFilter filter ("*", {}, {});
    LookAndFeel lookAndFeel;
    juce::FileBrowserComponent browser (juce::FileBrowserComponent::openMode
                                            | juce::FileBrowserComponent::canSelectFiles,
                                        juce::File (folder.path ("")), &filter, nullptr);
    browser.setLookAndFeel (&lookAndFeel);
    browser.setSize (600, 400);
    FileBrowserWords words (browser);
    auto& list = browser.getDisplayComponent()->directoryContentsList;
    const auto wait = [&]
    {
        for (int n = 0; n < 100 && list.isStillLoading(); ++n)
            juce::Thread::sleep (20);
    };
    wait();
    CHECK (words.remark().isNotEmpty());
    CHECK (words.problem().isEmpty());

    juce::TextEditor* name = nullptr;

    for (auto* const child : browser.getChildren())
        if (auto* const text = dynamic_cast<juce::TextEditor*> (child))
            name = text;

    REQUIRE (name != nullptr);
    name->setText ("nope.wav");
    name->onReturnKey();
    CHECK_THAT (words.problem().toStdString(), Contains ("'nope.wav' was not found in '"));
    keep (snapshot (browser, 2.0f), "file-browser-words");
    name->setText ("other.wav");
    CHECK (words.problem().isEmpty());

    REQUIRE (writeSound (folder.path ("mine.wav"), { { { 1.0f, 0.5f } }, 48000.0 }, SampleFormat::int24) == "");
    browser.refresh();
    wait();
    CHECK (words.remark().isEmpty());
    name->setText ("mine.wav");
    name->onReturnKey();
    CHECK (words.problem().isEmpty());

    // The size and the time can be read.
    juce::Image row (juce::Image::RGB, 600, 22, true);
    juce::Graphics g (row);
    lookAndFeel.drawFileBrowserRow (g, 600, 22, {}, "mine.wav", nullptr, "1 KB", "30 Nov", false, false, 0,
                                    *browser.getDisplayComponent());
    CHECK (share (row.getClippedImage ({ 420, 0, 180, 22 }), theme::textMid, 0.1f) > 0.005);
    keep (row, "file-browser-row");
    browser.setLookAndFeel (nullptr);
}

TEST_CASE ("A hint of the audio device has a link to its settings", "[editor]")
{
    const Juce juce;
    Stage stage;
    bool isShown = false;
    stage.editor->setStandalone ([&isShown] { isShown = true; });
    stage.editor->showDevice ("The input is muted against feedback: unmute it, or play the loop.", false);
    CHECK_THAT (stage.message().toStdString(), Contains ("muted"));
    auto& link = find<juce::Button> (*stage.editor, "status/action");
    REQUIRE (link.isVisible());
    link.onClick();
    CHECK (isShown);
    keep (snapshot (*stage.editor, 1.0f), "muted");
    keep (snapshot (*stage.editor, 2.0f), "muted-2x");
    stage.editor->showDevice ({}, false);
    CHECK_FALSE (link.isVisible());
}

TEST_CASE ("A preset that was deleted comes back by a click", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& presets = stage.processor->presets;
    REQUIRE (stage.processor->savePreset ("mine") == "");
    stage.editor->update();
    auto menu = find<PresetMenu> (*stage.editor, "preset").menu();

    for (juce::PopupMenu::MenuItemIterator item (menu); item.next();)
        if (item.getItem().text == "Delete")
            item.getItem().action();

    CHECK_FALSE (presets.names().contains ("mine"));
    CHECK_THAT (stage.message().toStdString(), Contains ("'mine' deleted"));
    auto& link = find<juce::Button> (*stage.editor, "status/action");
    REQUIRE (link.isVisible());
    CHECK (link.getButtonText() == "Undo");
    link.onClick();
    CHECK (presets.names().contains ("mine"));
    CHECK (stage.processor->session.presetName() == "mine");
    CHECK_THAT (stage.message().toStdString(), Contains ("is back"));
}

TEST_CASE ("A sound that is too long offers its first minute", "[editor]")
{
    const Juce juce;
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("long.wav"), { { std::vector<float> (longestKernelInFrames + 1, 0.1f) }, 8000 },
                         SampleFormat::int16)
             == "");
    const auto processor = makeProcessor();
    PluginEditor editor (*processor);
    load (*processor, folder / "long.wav");
    const auto follow = [&] (auto&& holds)
    {
        for (int n = 0; n < 1000 && ! holds(); ++n)
        {
            editor.update();
            juce::Thread::sleep (10);
        }

        return holds();
    };
    auto& shorten = find<juce::Button> (editor, "banner/shorten");
    REQUIRE (follow ([&] { return shorten.isVisible(); }));
    keep (snapshot (editor, 1.0f), "banner-too-long");
    shorten.onClick();
    REQUIRE (follow (
        [&]
        {
            const auto document = processor->kernelStatus().source;
            return document != nullptr && document->name == "long, first 60 s" && document->kernel != nullptr;
        }));
    CHECK (processor->kernelStatus().source->kernel->lengthInFrames() == 480000);
    CHECK (! shorten.isShowing());

    // Another failure offers nothing.
    (folder / "letter.txt").replaceWithText ("Dear Sir");
    load (*processor, folder / "letter.txt");
    follow ([&] { return find (editor, "banner").isVisible(); });
    CHECK (! shorten.isVisible());
}

TEST_CASE ("Undo by a key brings back a preset that was just deleted and leaves the sound's edits", "[editor]")
{
    const Juce juce;
    Stage stage;
    auto& presets = stage.processor->presets;
    const auto undo = juce::KeyPress ('z', juce::ModifierKeys::commandModifier, 0);
    REQUIRE (stage.processor->savePreset ("mine") == "");
    stage.drop ({ "Plate, bright.wav" });
    const auto name = stage.kernelName();
    stage.editor->update();
    REQUIRE (presets.remove ("mine") == "");
    find<Header> (*stage.editor, "header").onPresetDeleted ("mine");
    REQUIRE (stage.message().contains ("'mine' deleted"));

    CHECK (press (*stage.editor, undo));
    CHECK (presets.names().contains ("mine"));
    CHECK (stage.kernelName() == name);
    CHECK_THAT (stage.message().toStdString(), Contains ("is back"));

    // The next one is for the sound again.
    CHECK (press (*stage.editor, undo));
    settle (*stage.processor);
    stage.editor->update();
    CHECK (stage.kernelName() != name);
}

TEST_CASE ("Undo says which step it takes back and a swap says if both slots sound alike", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    const auto said = [&] { return find<StatusLine> (editor, "status").shownMessage(); };
    const auto ctrl = juce::ModifierKeys::commandModifier;
    press (editor, juce::KeyPress ('a', juce::ModifierKeys(), 'a'));
    CHECK (said() == "B sounds like A so far: change it, then compare");
    press (editor, juce::KeyPress ('a', juce::ModifierKeys(), 'a'));
    processor->document.edit ("Fade", [] (DocumentEdits& edits) { edits.fadeIn = 0.1; });
    press (editor, juce::KeyPress ('a', juce::ModifierKeys(), 'a'));
    CHECK_FALSE (said().contains ("sounds like"));
    press (editor, juce::KeyPress ('z', ctrl, 0));
    CHECK (said() == "Undone: Swap A and B");
    settle (*processor); // with the kernel that it brings
    editor.update();
    CHECK (said() == "Undone: Swap A and B");
    press (editor, juce::KeyPress ('z', ctrl | juce::ModifierKeys::shiftModifier, 0));
    CHECK (said() == "Redone: Swap A and B");
}

TEST_CASE ("What the window has to say goes with the next key or click that does something", "[editor]")
{
    const Juce juce;
    Stage stage;
    juce::SystemClipboard::copyTextToClipboard ("words only");
    const auto paste = [&]
    {
        CHECK (press (*stage.editor, juce::KeyPress ('v', juce::ModifierKeys::commandModifier, 0)));
        CAPTURE (stage.message().toStdString(), juce::SystemClipboard::getTextFromClipboard().toStdString());
        REQUIRE (stage.message().startsWith ("The clipboard holds no numbers"));
    };
    paste();
    stage.editor->update();
    CHECK (stage.message().startsWith ("The clipboard holds no numbers"));
    paste(); // once more
    CHECK (press (*stage.editor, juce::KeyPress ('2', {}, '2')));
    CHECK_FALSE (stage.message().startsWith ("The clipboard"));
    paste();
    CHECK_FALSE (press (*stage.editor, juce::KeyPress ('q', {}, 'q'))); // does nothing
    CHECK (stage.message().startsWith ("The clipboard"));
}
