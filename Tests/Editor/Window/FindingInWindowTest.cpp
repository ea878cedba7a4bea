// Finding kernels in a real window: dropped from another application, searched for by typing, heard by keys, made in
// dialogs, and dragged out. Run under a display, by run-under-display.sh.

#include "Editor/Browser/EntryList.h"
#include "Editor/Dialogs/NumberRow.h"
#include "Editor/Window/DropOverlay.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Support/Files/Files.h"
#include "Support/Files/Process.h"
#include "Support/Oracle.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/WindowDriver.h"

#include <algorithm>
#include <chrono>
#include <set>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

constexpr juce::Point<int> partnerPlace { 1165, 300 }, partnerMiddle { 1210, 345 };

void write (const TemporaryFolder& folder, const juce::String& name, size_t length, uint64_t seed)
{
    REQUIRE (writeSound (folder.path (name), { { decayingNoise (length, seed) }, 48000.0 }, SampleFormat::int24) == "");
}

/** Another application, with files to drag. */
class Partner
{
public:
    explicit Partner (std::vector<std::string> files)
        : process (command (std::move (files)))
    {
        REQUIRE (says ("ready"));
    }

    /** Waits for what it says. */
    bool says (const std::string& words) const
    {
        for (int n = 0; n < 200 && process.output().find (words) == std::string::npos; ++n)
            juce::Thread::sleep (50);

        return process.output().find (words) != std::string::npos;
    }

    /** The file that was dropped on it. */
    juce::String got() const
    {
        return says ("got ") ? juce::String::fromUTF8 (process.output().c_str())
                                   .fromFirstOccurrenceOf ("got ", false, false)
                                   .upToFirstOccurrenceOf ("\n", false, false)
                             : juce::String();
    }

private:
    static std::vector<std::string> command (std::vector<std::string> files)
    {
        files.insert (files.begin(),
                      { FALTWERK_DRAG_PARTNER, std::to_string (partnerPlace.x), std::to_string (partnerPlace.y) });
        return files;
    }

    RunningProcess process;
};

bool hasKernel (WindowDriver& driver, const std::string& name, int milliseconds = 5000)
{
    return driver.waitFor (
        [&]
        {
            const auto document = driver.processor().kernelStatus().source;
            return ! driver.processor().isLoading() && document != nullptr && document->name == name;
        },
        milliseconds);
}

} // namespace

TEST_CASE ("In a window, files of another application are dropped", "[.window]")
{
    const TemporaryFolder folder;
    write (folder, "plate.wav", 48000, 1);
    write (folder, "second.wav", 24000, 2);
    (folder / "letter.txt").replaceWithText ("Dear Sir");
    REQUIRE ((folder / "my kernels").createDirectory().wasOk());

    WindowDriver::run (
        [&folder] (WindowDriver& driver)
        {
            const auto overlay = [&]
            {
                return driver.onMessageThread (
                    [&]
                    {
                        const auto& shown = find<DropOverlay> (driver.editor(), "dropOverlay");
                        return shown.isVisible() ? shown.facts().description : juce::String();
                    });
            };

            const auto picture = driver.middleOf ("display");
            const auto otherSlot = picture.translated (400, 0);

            // What is held over the window is explained before it is let go.
            const auto dropFrom = [&] (const std::vector<std::string>& files, juce::Point<int> target,
                                       const juce::String& expected, const juce::String& artefact)
            {
                const Partner partner (files);
                driver.hold (partnerMiddle, target);
                CAPTURE (expected.toStdString());
                CHECK (driver.waitFor (
                    [&]
                    {
                        const auto& shown = find<DropOverlay> (driver.editor(), "dropOverlay");
                        return shown.isVisible() && shown.facts().isKnown;
                    }));
                CHECK_THAT (overlay().toStdString(), Contains (expected.toStdString()));

                // What is dragged may have missed the last move, until the next.
                const auto wanted = target == otherSlot ? DropOverlay::Target::otherSlot : DropOverlay::Target::replace;
                const auto isThere = [&]
                { return find<DropOverlay> (driver.editor(), "dropOverlay").target() == wanted; };

                for (int n = 0; n < 20 && ! driver.waitFor (isThere, 200); ++n)
                    driver.moveTo (target.translated (n % 2 == 0 ? 3 : 0, 0));

                CHECK (driver.onMessageThread (isThere));
                driver.screenshot (artefact);
                driver.letGo();
                CHECK (partner.says ("gave"));
                CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dropOverlay").isVisible(); }));
            };

            dropFrom ({ folder.path ("plate.wav") }, picture, "plate.wav", "window-drop");
            CHECK (hasKernel (driver, "plate"));

            dropFrom ({ folder.path ("letter.txt") }, picture, "no numbers", "window-drop-wrong");
            CHECK (driver.waitFor ([&] { return find (driver.editor(), "banner").isVisible(); }));
            CHECK (hasKernel (driver, "plate"));
            driver.screenshot ("window-banner");

            dropFrom ({ folder.path ("second.wav"), folder.path ("plate.wav"), folder.path ("letter.txt") }, otherSlot,
                      "the first of 3 files", "window-drop-several");
            CHECK (hasKernel (driver, "second"));
            CHECK (driver.processor().document.isB());

            dropFrom ({ folder.path ("my kernels") }, picture, "kernel folders", "window-drop-folder");
            CHECK (driver.waitFor (
                [&]
                { return driver.processor().settings->get().kernelFolders.contains (folder.path ("my kernels")); }));
        });
}

TEST_CASE ("In a window, the kernel is dragged out into another application", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const Partner partner ({});
            driver.processor().document.edit ("Trim", [] (DocumentEdits& edits) { edits.end = 0.4; });
            driver.pause (700);
            const auto sounding = driver.processor().kernelStatus().edited->kernel;
            driver.hold (driver.middleOf ("header/kernelSelector/kernel"), partnerMiddle);
            driver.pause (500);
            driver.letGo();
            const auto path = partner.got();
            const auto dropped = readSound (path.toStdString());
            REQUIRE (dropped);
            CHECK (dropped->channels == sounding->paths); // as it sounds, to the bit
            CHECK (dropped->sampleRate == sounding->sampleRate);
        });
}

TEST_CASE ("In a window, kernels are searched for, heard, kept and taken back by keys", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            REQUIRE (hasKernel (driver, "Concert Hall"));
            driver.key ("b");
            REQUIRE (driver.waitFor ([&] { return find (driver.editor(), "browser").isShowing(); }));
            driver.pause (300);
            driver.screenshot ("window-browser");

            // Typed at once, heard, taken back.
            driver.type ("cabinet");
            CHECK (driver.waitFor (
                [&]
                {
                    auto& entries = find<EntryList> (driver.editor(), "browser/entries");
                    return entries.getNumRows() > 0 && entries.getNumRows() < 12;
                }));
            driver.key ("Down");
            CHECK (driver.waitFor (
                [&]
                {
                    const auto document = driver.processor().kernelStatus().source;
                    return document != nullptr && document->name != "Concert Hall";
                }));
            driver.pause (200);
            driver.screenshot ("window-browser-heard");
            driver.key ("Escape");
            CHECK (hasKernel (driver, "Concert Hall"));

            // In the list: Down, Down, Enter.
            driver.onMessageThread ([&] { find (driver.editor(), "browser/entries").grabKeyboardFocus(); });
            driver.key ("Home");
            driver.key ("Down");
            driver.pause (600);
            const auto chosen = driver.onMessageThread (
                [&]
                {
                    auto& entries = find<EntryList> (driver.editor(), "browser/entries");
                    return entries.getNameForRow (entries.getSelectedRow()).upToFirstOccurrenceOf (",", false, false);
                });
            driver.key ("Return");
            CHECK (hasKernel (driver, chosen.toStdString()));
            CHECK (driver.processor().document.undoName() == "Load '" + chosen.toStdString() + "'");

            // A star by a click, the drawer shut by Escape, the next kernel by Alt and an arrow.
            driver.click (driver.middleOf ("header/kernelSelector/star"));
            driver.key ("Escape");
            CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "browser").isVisible(); }));
            driver.key ("alt+Right");
            CHECK (driver.waitFor (
                [&]
                {
                    const auto document = driver.processor().kernelStatus().source;
                    return ! driver.processor().isLoading() && document != nullptr
                           && document->name != chosen.toStdString();
                }));
            driver.screenshot ("window-next");
        });
}

TEST_CASE ("In a window, numbers are pasted, and a room is made, heard and kept", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            REQUIRE (hasKernel (driver, "Concert Hall"));
            driver.onMessageThread ([] { juce::SystemClipboard::copyTextToClipboard ("1, 0, 0.5"); });
            driver.onMessageThread ([&] { driver.editor().grabKeyboardFocus(); });
            driver.key ("ctrl+v");
            CHECK (hasKernel (driver, "Numbers"));
            driver.pause (300);
            driver.screenshot ("window-numbers");
            driver.click (driver.middleOf ("dialogs/dialog/numbers"));
            driver.key ("ctrl+End");
            driver.type (", x");
            driver.pause (500);
            driver.screenshot ("window-numbers-wrong");
            driver.key ("BackSpace");
            driver.type ("-0.25");
            CHECK (driver.waitFor (
                [&]
                {
                    const auto document = driver.processor().kernelStatus().source;
                    return document->kernel != nullptr
                           && document->kernel->paths[0] == std::vector<float> { 1.0f, 0.0f, 0.5f, -0.25f };
                }));
            driver.click (driver.middleOf ("dialogs/dialog/keep"));
            CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));
            CHECK (driver.processor().document.undoName() == "Load 'Numbers'");

            // A room: from the menu of the name.
            const std::string room (findGenerator ("shoebox")->name);
            driver.click (driver.middleOf ("header/kernelSelector/kernel"));
            driver.pause (700);
            driver.screenshot ("window-kernel-menu");
            std::set<std::string_view> categories;

            for (const auto& kernel : factoryKernels())
                categories.insert (kernel.category);

            for (size_t n = 0; n < categories.size() + 2; ++n) // past Load to Make
                driver.key ("Down");

            driver.key ("Return");
            CHECK (hasKernel (driver, room));
            const auto made = driver.processor().kernelStatus().source->hash;
            const auto dial = driver.boundsOf ("dialogs/dialog/width");
            driver.drag ({ dial.getX() + dial.getWidth() * 45 / 100, dial.getCentreY() },
                         { dial.getX() + dial.getWidth() * 65 / 100, dial.getCentreY() });
            CHECK (driver.waitFor (
                [&] {
                    return ! driver.processor().isLoading() && driver.processor().kernelStatus().source->hash != made;
                }));
            driver.pause (300);
            driver.screenshot ("window-generate");
            driver.click (driver.middleOf ("dialogs/dialog/generator"));
            driver.pause (700);
            driver.screenshot ("window-generators");
            driver.key ("Escape");
            driver.pause (300);
            driver.click (driver.middleOf ("dialogs/dialog/keep"));
            CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));
            CHECK (hasKernel (driver, room));
            CHECK (driver.processor().document.undoName() == "Load '" + room + "'");
        });
}

TEST_CASE ("In a window, a first visit: load, trim, compare, save", "[.window]")
{
    const TemporaryFolder folder;
    write (folder, "church.wav", 96000, 3);

    WindowDriver::run (
        [&folder] (WindowDriver& driver)
        {
            auto& document = driver.processor().document;
            const Partner partner ({ folder.path ("church.wav") });

            // A kernel is dropped on the window,
            driver.drag (partnerMiddle, driver.middleOf ("display"));
            REQUIRE (hasKernel (driver, "church"));

            // what it was is kept in B, and it is trimmed by its handle,
            driver.click (driver.middleOf ("copy"));
            const auto end = driver.middleOf ("waveformView/end");
            driver.drag (end, end.translated (-300, 0));
            CHECK (driver.waitFor ([&] { return document.current().edits.end.has_value(); }));

            // compared with what it was,
            driver.click (driver.middleOf ("slots").translated (12, 0));
            CHECK (driver.waitFor ([&] { return document.isB() && ! document.current().edits.end.has_value(); }));
            driver.click (driver.middleOf ("slots").translated (-12, 0));
            CHECK (driver.waitFor ([&] { return ! document.isB() && document.current().edits.end.has_value(); }));

            // and saved under a name.
            driver.click (driver.middleOf ("preset"));
            driver.pause (500);
            driver.screenshot ("window-preset-menu");
            driver.key ("Up"); // to the last that can be chosen: Save as
            driver.key ("Return");
            driver.pause (500);
            driver.type ("Small church");
            driver.screenshot ("window-save-preset");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return driver.processor().session.presetName() == "Small church"; }));
            CHECK (driver.processor().presets.names().contains ("Small church"));
        });
}
