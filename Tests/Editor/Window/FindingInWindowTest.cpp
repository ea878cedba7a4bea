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
#include "Support/Window/Desk.h"
#include "Support/Window/Hand.h"

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

bool hasKernel (Desk& desk, const std::string& name, int milliseconds = 5000)
{
    return desk.waitFor (
        [&]
        {
            const auto document = desk.processor().kernelStatus().document;
            return ! desk.processor().isLoading() && document != nullptr && document->name == name;
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

    Desk::run (
        [&folder] (Desk& desk)
        {
            const auto overlay = [&]
            {
                return desk.onMessageThread (
                    [&]
                    {
                        const auto& shown = find<DropOverlay> (desk.editor(), "dropOverlay");
                        return shown.isVisible() ? shown.facts().description : juce::String();
                    });
            };

            const auto picture = desk.middleOf ("display");
            const auto otherSlot = picture.translated (400, 0);

            // What is held over the window is explained before it is let go.
            const auto dropFrom = [&] (const std::vector<std::string>& files, juce::Point<int> target,
                                       const juce::String& expected, const juce::String& artefact)
            {
                const Partner partner (files);
                desk.hold (partnerMiddle, target);
                CAPTURE (expected.toStdString());
                CHECK (desk.waitFor (
                    [&]
                    {
                        const auto& shown = find<DropOverlay> (desk.editor(), "dropOverlay");
                        return shown.isVisible() && shown.facts().isKnown;
                    }));
                CHECK_THAT (overlay().toStdString(), Contains (expected.toStdString()));

                // What is dragged may have missed the last move, until the next.
                const auto wanted = target == otherSlot ? DropOverlay::Target::otherSlot : DropOverlay::Target::replace;
                const auto isThere = [&]
                { return find<DropOverlay> (desk.editor(), "dropOverlay").target() == wanted; };

                for (int n = 0; n < 20 && ! desk.waitFor (isThere, 200); ++n)
                    desk.moveTo (target.translated (n % 2 == 0 ? 3 : 0, 0));

                CHECK (desk.onMessageThread (isThere));
                desk.screenshot (artefact);
                desk.letGo();
                CHECK (partner.says ("gave"));
                CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dropOverlay").isVisible(); }));
            };

            dropFrom ({ folder.path ("plate.wav") }, picture, "plate.wav", "window-drop");
            CHECK (hasKernel (desk, "plate"));

            dropFrom ({ folder.path ("letter.txt") }, picture, "no numbers", "window-drop-wrong");
            CHECK (desk.waitFor ([&] { return find (desk.editor(), "banner").isVisible(); }));
            CHECK (hasKernel (desk, "plate"));
            desk.screenshot ("window-banner");

            dropFrom ({ folder.path ("second.wav"), folder.path ("plate.wav"), folder.path ("letter.txt") }, otherSlot,
                      "the first of 3 files", "window-drop-several");
            CHECK (hasKernel (desk, "second"));
            CHECK (desk.processor().document.isB());

            dropFrom ({ folder.path ("my kernels") }, picture, "kernel folders", "window-drop-folder");
            CHECK (desk.waitFor (
                [&] { return desk.processor().settings->get().kernelFolders.contains (folder.path ("my kernels")); }));
        });
}

TEST_CASE ("In a window, the kernel is dragged out into another application", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const Partner partner ({});
            desk.processor().document.edit ("Trim", [] (DocumentEdits& edits) { edits.end = 0.4; });
            desk.pause (700);
            const auto sounding = desk.processor().kernelStatus().edited->kernel;
            desk.hold (desk.middleOf ("header/kernelSelector/kernel"), partnerMiddle);
            desk.pause (500);
            desk.letGo();
            const auto path = partner.got();
            const auto dropped = readSound (path.toStdString());
            REQUIRE (dropped);
            CHECK (dropped->channels == sounding->paths); // as it sounds, to the bit
            CHECK (dropped->sampleRate == sounding->sampleRate);
        });
}

TEST_CASE ("In a window, kernels are searched for, heard, kept and taken back by keys", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            REQUIRE (hasKernel (desk, "Concert Hall"));
            desk.key ("b");
            REQUIRE (desk.waitFor ([&] { return find (desk.editor(), "browser").isShowing(); }));
            desk.pause (300);
            desk.screenshot ("window-browser");

            // Typed at once, heard, taken back.
            desk.type ("cabinet");
            CHECK (desk.waitFor (
                [&]
                {
                    auto& entries = find<EntryList> (desk.editor(), "browser/entries");
                    return entries.getNumRows() > 0 && entries.getNumRows() < 12;
                }));
            desk.key ("Down");
            CHECK (desk.waitFor (
                [&]
                {
                    const auto document = desk.processor().kernelStatus().document;
                    return document != nullptr && document->name != "Concert Hall";
                }));
            desk.pause (200);
            desk.screenshot ("window-browser-heard");
            desk.key ("Escape");
            CHECK (hasKernel (desk, "Concert Hall"));

            // In the list: Down, Down, Enter.
            desk.onMessageThread ([&] { find (desk.editor(), "browser/entries").grabKeyboardFocus(); });
            desk.key ("Home");
            desk.key ("Down");
            desk.pause (600);
            const auto chosen = desk.onMessageThread (
                [&]
                {
                    auto& entries = find<EntryList> (desk.editor(), "browser/entries");
                    return entries.getNameForRow (entries.getSelectedRow()).upToFirstOccurrenceOf (",", false, false);
                });
            desk.key ("Return");
            CHECK (hasKernel (desk, chosen.toStdString()));
            CHECK (desk.processor().document.undoName() == "Load '" + chosen.toStdString() + "'");

            // A star by a click, the drawer shut by Escape, the next kernel by Alt and an arrow.
            desk.click (desk.middleOf ("header/kernelSelector/star"));
            desk.key ("Escape");
            CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "browser").isVisible(); }));
            desk.key ("alt+Right");
            CHECK (desk.waitFor (
                [&]
                {
                    const auto document = desk.processor().kernelStatus().document;
                    return ! desk.processor().isLoading() && document != nullptr
                           && document->name != chosen.toStdString();
                }));
            desk.screenshot ("window-next");
        });
}

TEST_CASE ("In a window, numbers are pasted, and a room is made, heard and kept", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            REQUIRE (hasKernel (desk, "Concert Hall"));
            desk.onMessageThread ([] { juce::SystemClipboard::copyTextToClipboard ("1, 0, 0.5"); });
            desk.onMessageThread ([&] { desk.editor().grabKeyboardFocus(); });
            desk.key ("ctrl+v");
            CHECK (hasKernel (desk, "Numbers"));
            desk.pause (300);
            desk.screenshot ("window-numbers");
            desk.click (desk.middleOf ("dialogs/dialog/numbers"));
            desk.key ("ctrl+End");
            desk.type (", x");
            desk.pause (500);
            desk.screenshot ("window-numbers-wrong");
            desk.key ("BackSpace");
            desk.type ("-0.25");
            CHECK (desk.waitFor (
                [&]
                {
                    const auto document = desk.processor().kernelStatus().document;
                    return document->kernel != nullptr
                           && document->kernel->paths[0] == std::vector<float> { 1.0f, 0.0f, 0.5f, -0.25f };
                }));
            desk.click (desk.middleOf ("dialogs/dialog/keep"));
            CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));
            CHECK (desk.processor().document.undoName() == "Load 'Numbers'");

            // A room: from the menu of the name.
            const std::string room (findGenerator ("shoebox")->name);
            desk.click (desk.middleOf ("header/kernelSelector/kernel"));
            desk.pause (700);
            desk.screenshot ("window-kernel-menu");
            std::set<std::string_view> categories;

            for (const auto& kernel : factoryKernels())
                categories.insert (kernel.category);

            for (size_t n = 0; n < categories.size() + 2; ++n) // past Load to Make
                desk.key ("Down");

            desk.key ("Return");
            CHECK (hasKernel (desk, room));
            const auto made = desk.processor().kernelStatus().document->hash;
            const auto dial = desk.boundsOf ("dialogs/dialog/width");
            desk.drag ({ dial.getX() + dial.getWidth() * 45 / 100, dial.getCentreY() },
                       { dial.getX() + dial.getWidth() * 65 / 100, dial.getCentreY() });
            CHECK (desk.waitFor (
                [&]
                { return ! desk.processor().isLoading() && desk.processor().kernelStatus().document->hash != made; }));
            desk.pause (300);
            desk.screenshot ("window-generate");
            desk.click (desk.middleOf ("dialogs/dialog/generator"));
            desk.pause (700);
            desk.screenshot ("window-generators");
            desk.key ("Escape");
            desk.pause (300);
            desk.click (desk.middleOf ("dialogs/dialog/keep"));
            CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));
            CHECK (hasKernel (desk, room));
            CHECK (desk.processor().document.undoName() == "Load '" + room + "'");
        });
}

TEST_CASE ("In a window, a first visit: load, trim, compare, save", "[.window]")
{
    const TemporaryFolder folder;
    write (folder, "church.wav", 96000, 3);

    Desk::run (
        [&folder] (Desk& desk)
        {
            auto& document = desk.processor().document;
            const Partner partner ({ folder.path ("church.wav") });

            // A kernel is dropped on the window,
            desk.drag (partnerMiddle, desk.middleOf ("display"));
            REQUIRE (hasKernel (desk, "church"));

            // what it was is kept in B, and it is trimmed by its handle,
            desk.click (desk.middleOf ("copy"));
            const auto end = desk.middleOf ("waveformView/end");
            desk.drag (end, end.translated (-300, 0));
            CHECK (desk.waitFor ([&] { return document.present().edits.end.has_value(); }));

            // compared with what it was,
            desk.click (desk.middleOf ("slots").translated (12, 0));
            CHECK (desk.waitFor ([&] { return document.isB() && ! document.present().edits.end.has_value(); }));
            desk.click (desk.middleOf ("slots").translated (-12, 0));
            CHECK (desk.waitFor ([&] { return ! document.isB() && document.present().edits.end.has_value(); }));

            // and saved under a name.
            desk.click (desk.middleOf ("preset"));
            desk.pause (500);
            desk.screenshot ("window-preset-menu");
            desk.key ("Up"); // to the last that can be chosen: Save as
            desk.key ("Return");
            desk.pause (500);
            desk.type ("Small church");
            desk.screenshot ("window-save-preset");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return document.presetName() == "Small church"; }));
            CHECK (desk.processor().presets.names().contains ("Small church"));
        });
}
