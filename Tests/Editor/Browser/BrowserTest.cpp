// The browser's drawer, and the arrows and the star beside the kernel's name, without any display.

#include "Editor/Browser/Browser.h"

#include "Editor/Window/PluginEditor.h"
#include "Editor/Window/StatusLine.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

juce::String utf8 (const char* text) { return juce::String::fromUTF8 (text); }

/** An editor with its browser open, of a user who has a folder with kernels. */
class Visit
{
public:
    Visit()
    {
        add ("Plate long", 96000, 1);
        add ("Plate short", 9600, 2);
        add (utf8 ("Hallen/Größe Ü"), 48000, 1);
        add (utf8 ("Hallen/Зал 2"), 24000, 2);
        add (utf8 ("Hallen/Зал 10"), 24000, 2);
        (folder / "kernels/damaged.wav").replaceWithText ("RIFF, but no more");
        auto values = processor->settings->get();
        values.kernelFolders.add ((folder / "kernels").getFullPathName());
        processor->settings->set (values);
        editor = std::make_unique<PluginEditor> (*processor);
        key ('b');
        REQUIRE (browser().isVisible());
    }

    void add (const juce::String& name, size_t length, size_t channels) const
    {
        const auto file = folder / ("kernels/" + name + ".wav");
        REQUIRE (file.getParentDirectory().createDirectory().wasOk());
        const Sound sound { std::vector<std::vector<float>> (channels, decayingNoise (length, length)), 48000 };
        REQUIRE (writeSound (file.getFullPathName().toStdString(), sound, SampleFormat::int24) == "");
    }

    void key (char character) const
    {
        editor->keyPressed (
            juce::KeyPress (character, juce::ModifierKeys(), static_cast<juce::juce_wchar> (character)));
    }

    Browser& browser() const { return find<Browser> (*editor, "browser"); }
    EntryList& entries() const { return find<EntryList> (*editor, "browser/entries"); }
    PlaceList& places() const { return find<PlaceList> (*editor, "browser/places"); }

    /** What the rows say. */
    template <typename List>
    static juce::StringArray rows (List& list)
    {
        juce::StringArray result;

        for (int row = 0; row < list.getNumRows(); ++row)
            result.add (list.getNameForRow (row));

        return result;
    }

    int rowOf (const juce::String& name) const
    {
        const auto all = rows (entries());

        for (int row = 0; row < all.size(); ++row)
            if (all[row].startsWith (name + ","))
                return row;

        return -1;
    }

    void choosePlace (const juce::String& name) const
    {
        const auto all = rows (places());

        for (int row = 0; row < all.size(); ++row)
            if (all[row].startsWith (name + ","))
                places().selectRow (row);
    }

    void search (const juce::String& text) const
    {
        auto& field = find<juce::TextEditor> (*editor, "browser/search");
        field.setText (text, false);
        field.onTextChange(); // which JUCE posts
    }

    juce::String kernelName() const { return find<Header> (*editor, "header").shownKernelName(); }

    /** Lets time pass, in the editor's ticks, until something holds. */
    template <typename Holds>
    bool waitUntil (Holds&& holds) const
    {
        for (int n = 0; n < 1000; ++n)
        {
            editor->update();

            if (holds())
                return true;

            juce::Thread::sleep (10);
        }

        return false;
    }

    /** Until what there is has been looked into. */
    void waitForFacts() const
    {
        REQUIRE (waitUntil (
            [this]
            {
                const auto all = rows (entries()).joinIntoString ("\n");
                return all.contains ("damaged") && ! all.contains (juce::String::charToString (0x2026));
            }));
    }

    TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor = makeProcessorOf (folder / "user");
    std::unique_ptr<PluginEditor> editor;
};

} // namespace

TEST_CASE ("The browser lists the bank and the folders, with what each kernel is", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    const auto all = Visit::rows (visit.entries()).joinIntoString ("\n");
    const auto space = juce::String::charToString (0xa0), dot = " " + juce::String::charToString (0xb7) + " ";
    CHECK (all.contains ("Plate long, 2.00" + space + "s" + dot + "mono" + dot + "48" + space + "kHz"));
    CHECK (all.contains (utf8 ("Größe Ü, 1.00") + space + "s" + dot + "mono"));
    CHECK (all.contains ("Concert Hall, "));
    CHECK (all.contains ("damaged, ")); // with its sentence
    CHECK (all.fromFirstOccurrenceOf ("damaged, ", false, false)
               .upToFirstOccurrenceOf ("\n", false, false)
               .endsWith ("."));
    const auto places = Visit::rows (visit.places());
    CHECK (places[0] == "All, " + juce::String (visit.entries().getNumRows()) + " kernels");
    CHECK (places.contains ("kernels, 6 kernels"));
    keep (snapshot (*visit.editor, 2.0f), "browser");

    // A small window shows the drawer alone.
    visit.editor->setSize (720, 460);
    visit.editor->update();
    keep (snapshot (*visit.editor, 2.0f), "browser-small");
    CHECK (visit.browser().getWidth() == 720);
}

TEST_CASE ("The browser finds what is typed, in places, and sorts it", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();

    visit.search ("plate lo");
    CHECK (visit.rowOf ("Plate long") == 0);
    CHECK (visit.rowOf ("Plate short") < 0);

    for (const auto& typed : { utf8 ("größe"), utf8 ("GRÖSSE"), utf8 ("grosse u"), utf8 ("u\xcc\x88") })
    {
        CAPTURE (typed.toStdString());
        visit.search (typed);
        CHECK (visit.rowOf (utf8 ("Größe Ü")) >= 0);
        CHECK (visit.rowOf ("Plate long") < 0);
    }

    visit.search ("hallen"); // a folder's name
    CHECK (visit.entries().getNumRows() == 3);
    CHECK (visit.rowOf (utf8 ("Зал 2")) < visit.rowOf (utf8 ("Зал 10"))); // as numbers
    visit.search ("no such kernel");
    CHECK (visit.entries().getNumRows() == 0);
    visit.editor->update();
    keep (snapshot (*visit.editor, 1.0f), "browser-nothing");
    visit.search ({});

    visit.choosePlace ("kernels");
    CHECK (visit.entries().getNumRows() == 6);
    auto& order = find<ChoiceMenu> (*visit.editor, "browser/order");
    order.keyPressed (juce::KeyPress (juce::KeyPress::downKey)); // by duration
    CHECK (visit.rowOf ("Plate short") == 0);
    CHECK (visit.rowOf ("Plate long") == 4);
    CHECK (visit.rowOf ("damaged") == 5);
    visit.choosePlace ("All");
    CHECK (visit.entries().getNumRows() > 20);
}

TEST_CASE ("A small window's browser says that nothing was found", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    visit.editor->setSize (720, 460);
    visit.search ("no such kernel");
    visit.editor->update();
    REQUIRE (visit.entries().getNumRows() == 0);
    const auto list = visit.editor->getLocalArea (&visit.entries(), visit.entries().getLocalBounds());
    const auto picture = snapshot (*visit.editor, 1.0f);
    CHECK (share (picture.getClippedImage (list), theme::textMid, 0.1f) > 0.001);
    keep (picture, "browser-small-nothing");
}

TEST_CASE ("Going through the list is heard after a moment, Enter keeps it, Escape returns", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    visit.choosePlace ("kernels");
    auto& entries = visit.entries();
    auto& document = visit.processor->document;
    const auto before = visit.kernelName();
    const auto steps = document.undoName();
    const auto downKey = juce::KeyPress (juce::KeyPress::downKey);

    // Fast through the list: what is passed over is not loaded.
    const auto builds = document.loader().numBuilds();
    entries.selectRow (visit.rowOf (utf8 ("Größe Ü")));
    press (entries, downKey);
    press (entries, downKey);
    press (entries, juce::KeyPress (juce::KeyPress::upKey));
    const auto chosen = Visit::rows (entries)[entries.getSelectedRow()].upToFirstOccurrenceOf (",", false, false);
    const auto pressed = juce::Time::getMillisecondCounterHiRes();
    CHECK (visit.kernelName() == before);
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == chosen; }));
    CHECK (juce::Time::getMillisecondCounterHiRes() - pressed > 140.0); // 150 ms, in ticks
    CHECK (document.loader().numBuilds() == builds + 1);
    CHECK (document.undoName() == steps); // it is tried
    visit.editor->update();
    auto& status = find<StatusLine> (*visit.editor, "status");
    CHECK (status.shownMessage() == "Auditioning '" + chosen + "'. Return keeps it, Escape goes back.");

    // Escape returns to what was, also from the search field, and so does the selection.
    REQUIRE (entries.getSelectedRow() >= 0);
    find<juce::TextEditor> (*visit.editor, "search").onEscapeKey();
    CHECK (entries.getSelectedRow() == -1); // what was is of the bank
    visit.editor->update();
    CHECK_FALSE (status.shownMessage().startsWith ("Auditioning"));
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == before; }));
    CHECK (document.undoName() == steps);
    CHECK (visit.browser().isVisible());

    // Enter keeps it: one step.
    entries.selectRow (visit.rowOf ("Plate long"));
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate long"; }));
    press (entries, downKey);
    press (entries, juce::KeyPress (juce::KeyPress::returnKey)); // before it has been heard
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate short"; }));
    CHECK (document.undoName() == "Load 'Plate short'");
    document.undo();
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == before; }));

    // A damaged one is passed over, and says what it is.
    entries.selectRow (visit.rowOf ("damaged"));
    juce::Thread::sleep (250);
    visit.editor->update();
    settle (*visit.processor);
    CHECK (visit.kernelName() == before);

    // Escape without anything tried closes the drawer.
    press (entries, juce::KeyPress (juce::KeyPress::escapeKey));
    CHECK_FALSE (visit.browser().isVisible());
}

TEST_CASE ("The arrows and the star beside the name, and the last used", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    visit.choosePlace ("kernels");
    load (*visit.processor, visit.folder / "kernels/Plate long.wav");
    REQUIRE (visit.waitUntil ([&] { return visit.kernelName() == "Plate long"; }));

    visit.editor->keyPressed (juce::KeyPress (juce::KeyPress::rightKey, juce::ModifierKeys::altModifier, 0));
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate short"; }));
    auto& previous = find<juce::Button> (*visit.editor, "header/kernelSelector/previous");
    previous.onClick();
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate long"; }));

    auto& star = find<juce::Button> (*visit.editor, "header/kernelSelector/star");
    star.onClick();
    REQUIRE (visit.waitUntil ([&] { return Visit::rows (visit.places()).contains ("Favourites, 1 kernels"); }));
    visit.choosePlace ("Favourites");
    CHECK (visit.entries().getNumRows() == 1);
    CHECK (Visit::rows (visit.entries())[0].endsWith (", favourite"));

    // It is another instance's as well, and another's change is seen.
    PluginProcessor second (visit.folder / "user");
    {
        const auto favourites = Favourites::in (visit.folder / "user");
        const auto id = (visit.folder / "kernels/Plate long.wav").getFullPathName().toStdString();
        CHECK (favourites->isFavourite (id));
        favourites->setFavourite (id, false);
    }
    REQUIRE (visit.waitUntil ([&] { return visit.entries().getNumRows() == 0; }));

    visit.choosePlace ("Recent");
    REQUIRE (visit.entries().getNumRows() >= 2);
    CHECK (Visit::rows (visit.entries())[0].startsWith ("Plate long,"));
    CHECK (Visit::rows (visit.entries())[1].startsWith ("Plate short,"));
}

TEST_CASE ("Folders that change, go away or come back while browsing are followed", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    visit.choosePlace ("kernels");
    visit.entries().selectRow (visit.rowOf ("Plate long"));
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate long"; }));
    press (visit.entries(), juce::KeyPress (juce::KeyPress::returnKey));

    visit.add ("New one", 4800, 1);
    CHECK (visit.waitUntil ([&] { return visit.rowOf ("New one") >= 0; }));
    REQUIRE ((visit.folder / "kernels/Plate short.wav").deleteFile());
    CHECK (visit.waitUntil ([&] { return visit.rowOf ("Plate short") < 0; }));

    REQUIRE ((visit.folder / "kernels").moveFileTo (visit.folder / "elsewhere"));
    CHECK (visit.waitUntil (
        [&]
        {
            const auto places = Visit::rows (visit.places()).joinIntoString ("\n");
            return places.contains ("kernels, 0 kernels, ") || places.contains ("kernels, 1 kernels, ");
        }));
    visit.editor->update();
    keep (snapshot (*visit.editor, 1.0f), "browser-folder-gone");
    CHECK (visit.kernelName() == "Plate long"); // and it still sounds
    CHECK (visit.processor->kernelStatus().edited != nullptr);

    REQUIRE ((visit.folder / "elsewhere").moveFileTo (visit.folder / "kernels"));
    CHECK (visit.waitUntil ([&] { return visit.rowOf ("New one") >= 0; }));
}

TEST_CASE ("Presets are a place of the browser and are found by name and tags and kernel", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    REQUIRE (visit.processor->savePreset (utf8 ("Übung")) == "");
    visit.processor->session.applyInitialPreset();
    settle (*visit.processor);
    const auto number = visit.processor->presetNames().size();
    CHECK (visit.waitUntil (
        [&] { return Visit::rows (visit.places()).contains ("Presets, " + juce::String (number) + " presets"); }));
    visit.choosePlace ("Presets");
    auto& entries = visit.entries();
    CHECK (entries.getNumRows() == number);
    CHECK (entries.getTitle() == "Presets");

    const auto dot = " " + juce::String::charToString (0xb7) + " ";
    CHECK (Visit::rows (entries).contains ("Ballad Plate, Warm Plate" + dot + "Vocals" + dot + "Large" + dot + "Warm"));
    CHECK (Visit::rows (entries).contains (utf8 ("Übung, Concert Hall") + dot + "My preset"));
    CHECK (Visit::rows (entries)[entries.getSelectedRow()] == "Init, Concert Hall");
    CHECK (entries.getRowContainingPosition (10, 10) > 0); // the list has scrolled to it
    keep (snapshot (*visit.editor, 2.0f), "browser-presets");

    visit.search ("large vocals"); // tags
    CHECK (visit.rowOf ("Ballad Plate") >= 0);
    CHECK (visit.rowOf ("Vocal Plate") < 0); // medium
    CHECK (visit.rowOf ("Organ Church") < 0);
    visit.search ("gold foil"); // the kernel's name
    CHECK (entries.getNumRows() == 2);
    CHECK (visit.rowOf ("Bus Plate") >= 0);
    visit.search ("snare");
    CHECK (visit.rowOf ("Snare Plate") >= 0);
    CHECK (visit.rowOf ("Plate short") < 0); // a kernel
    visit.search ("my preset");
    CHECK (entries.getNumRows() == 1);
    visit.search ({});

    // What is saved or deleted is followed.
    REQUIRE (visit.processor->savePreset ("A new one") == "");
    CHECK (visit.waitUntil ([&] { return visit.rowOf ("A new one") >= 0; }));
    REQUIRE (visit.processor->presets.remove ("A new one") == "");
    CHECK (visit.waitUntil ([&] { return visit.rowOf ("A new one") < 0; }));

    // All are kernels, and so is what the arrows beside the kernel's name go through.
    visit.choosePlace ("kernels");
    load (*visit.processor, visit.folder / "kernels/Plate long.wav");
    visit.choosePlace ("Presets");
    visit.editor->keyPressed (juce::KeyPress (juce::KeyPress::rightKey, juce::ModifierKeys::altModifier, 0));
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Plate short"; }));

    // Quick ones are one step of undo.
    load (*visit.processor, visit.folder / "kernels/Plate long.wav");
    const auto numSteps = visit.processor->document.undoSteps().names.size();
    visit.editor->keyPressed (juce::KeyPress (juce::KeyPress::rightKey, juce::ModifierKeys::altModifier, 0));
    visit.editor->keyPressed (juce::KeyPress (juce::KeyPress::rightKey, juce::ModifierKeys::altModifier, 0));
    CHECK (visit.processor->document.undoSteps().names.size() == numSteps + 1);
    settle (*visit.processor);
    visit.choosePlace ("All");
    CHECK (visit.rowOf ("Ballad Plate") < 0);
    CHECK (visit.rowOf ("Plate long") >= 0);
}

TEST_CASE ("The user's presets are read once the browser is open and not by the window's opening", "[browser]")
{
    const Juce juce;
    Visit visit;
    const auto number = visit.processor->presetNames().size();
    const auto counted = [&] (int count)
    { return Visit::rows (visit.places()).contains ("Presets, " + juce::String (count) + " presets"); };
    CHECK (visit.waitUntil ([&] { return counted (number); }));

    // Another instance saves one: it is seen when the browser is opened the next time.
    const Presets elsewhere (visit.processor->presets.folder);
    REQUIRE (elsewhere.save ("Not mine", visit.processor->session.presetState(), {}) == "");
    visit.key ('b');
    visit.key ('b');
    CHECK (visit.waitUntil ([&] { return counted (number + 1); }));

    // Two choices of a window that has just been opened: one of a browser that stays closed.
    KernelChoice closed (*visit.processor), opened (*visit.processor);
    const CataloguePlace presets { CataloguePlace::Kind::presets, {} };
    opened.setOpen (true);

    for (int n = 0; n < 1000 && opened.countIn (presets) != static_cast<size_t> (number) + 1; ++n)
    {
        closed.update (0.01);
        opened.update (0.01);
        juce::Thread::sleep (5);
    }

    CHECK (opened.countIn (presets) == static_cast<size_t> (number) + 1);
    CHECK (closed.countIn (presets) == static_cast<size_t> (number));
}

TEST_CASE ("Enter and a click load a preset from the browser as one step", "[browser]")
{
    const Juce juce;
    const Visit visit;
    visit.waitForFacts();
    visit.choosePlace ("Presets");
    auto& entries = visit.entries();
    auto& document = visit.processor->document;
    const juce::KeyPress enter (juce::KeyPress::returnKey), down (juce::KeyPress::downKey);
    const auto before = document.current();

    // Going through the list loads nothing.
    entries.selectRow (visit.rowOf ("Bus Plate"));
    juce::Thread::sleep (250);
    visit.editor->update();
    settle (*visit.processor);
    CHECK_FALSE (document.isTrying());
    CHECK_FALSE (document.canUndo());
    CHECK (entries.getSelectedRow() == visit.rowOf ("Bus Plate")); // and stays where it is

    press (entries, enter);
    CHECK (visit.processor->session.presetName() == "Bus Plate");
    REQUIRE (visit.waitUntil ([&] { return ! visit.processor->isLoading() && visit.kernelName() == "Gold Foil"; }));
    CHECK (document.undoName() == "Preset 'Bus Plate'");
    document.undo();
    CHECK_FALSE (document.canUndo());
    settle (*visit.processor);
    CHECK (document.current() == before);

    // The selection follows what is loaded elsewhere.
    CHECK (visit.processor->loadPreset ("Telephone") == "");
    visit.editor->update();
    CHECK (entries.getSelectedRow() == visit.rowOf ("Telephone"));

    // A double click is one step, as a click is; a right click is none.
    const auto clickOn = [&] (const juce::String& name, int clicks, juce::ModifierKeys modifiers)
    {
        entries.scrollToEnsureRowIsOnscreen (visit.rowOf (name));
        const auto middle = entries.getRowPosition (visit.rowOf (name), true).getCentre().toFloat();
        auto* const under = entries.getComponentAt (middle.toInt());
        REQUIRE (under != nullptr);
        const Mouse mouse (*under);
        const auto place = under->getLocalPoint (&entries, middle);

        if (clicks == 2)
            mouse.doubleClick (place);
        else
            mouse.click (place, modifiers);
    };
    clickOn ("Bus Plate", 1, juce::ModifierKeys::rightButtonModifier);
    CHECK (visit.processor->session.presetName() == "Telephone");
    clickOn ("Bus Plate", 1, {});
    CHECK (visit.processor->session.presetName() == "Bus Plate");
    clickOn ("Ballad Plate", 2, {});
    CHECK (visit.processor->session.presetName() == "Ballad Plate");
    document.undo();
    CHECK (document.undoName() == "Preset 'Bus Plate'");

    // From the search field: Enter takes the first, or what the arrow keys have gone to.
    auto& field = find<juce::TextEditor> (*visit.editor, "browser/search");
    visit.search ("telephone");
    field.onReturnKey();
    CHECK (visit.processor->session.presetName() == "Telephone");
    visit.search ("plate");
    entries.selectRow (0);
    press (field, down);
    CHECK (visit.processor->session.presetName() == "Telephone");
    const auto second = Visit::rows (entries)[1].upToFirstOccurrenceOf (",", false, false);
    field.onReturnKey();
    CHECK (visit.processor->session.presetName() == second.toStdString());

    // Escape closes the drawer.
    press (entries, juce::KeyPress (juce::KeyPress::escapeKey));
    CHECK_FALSE (visit.browser().isVisible());
    CHECK (visit.processor->session.presetName() == second.toStdString());
}

TEST_CASE ("A kernel that waits to be heard is not loaded over a preset that came first", "[editor]")
{
    const Juce juce;
    Visit visit;
    visit.waitForFacts();
    auto& document = visit.processor->document;
    KernelChoice choice (*visit.processor);
    const auto row = choice.rowOf ((visit.folder / "kernels/Plate long.wav").getFullPathName().toStdString());
    REQUIRE (row >= 0);
    choice.audition (choice[static_cast<size_t> (row)]);
    choice.update (0.05);
    CHECK (visit.processor->stepPreset (1) == "");
    const auto preset = visit.processor->session.presetName();
    choice.update (1.0);
    settle (*visit.processor);
    CHECK_FALSE (visit.processor->session.differsFromPreset());
    CHECK (document.undoName() == "Preset '" + preset + "'");
}
