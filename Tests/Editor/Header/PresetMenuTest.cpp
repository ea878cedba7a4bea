// The preset's button, its menu, and the arrows beside it, without any display.

#include "Editor/Header/PresetMenu.h"

#include "Editor/Dialogs/NameDialog.h"
#include "Editor/Window/PluginEditor.h"
#include "Plugin/State/FactoryPresets.h"
#include "Support/Files/Files.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

#include <optional>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** An editor of a user of their own. */
struct Stage
{
    PresetMenu& button() const { return find<PresetMenu> (*editor, "preset"); }

    /** All presets of the menu in their order, those in submenus as "submenu/name"; and what has a tick. */
    std::pair<juce::StringArray, juce::StringArray> entries() const
    {
        juce::StringArray names, ticked;
        const auto menu = button().menu();

        for (juce::PopupMenu::MenuItemIterator item (menu); item.next();)
        {
            const auto& entry = item.getItem();

            if (entry.text == "Save")
                break;

            if (entry.isTicked)
                ticked.add (entry.text);

            if (entry.subMenu == nullptr && ! entry.isSeparator)
                names.add (entry.text);

            if (entry.subMenu != nullptr)
            {
                for (juce::PopupMenu::MenuItemIterator part (*entry.subMenu); part.next();)
                {
                    names.add (entry.text + "/" + part.getItem().text);

                    if (part.getItem().isTicked)
                        ticked.add (entry.text + "/" + part.getItem().text);
                }
            }
        }

        return { names, ticked };
    }

    /** Chooses an entry of the menu by its words. */
    void choose (const juce::String& submenu, const juce::String& name) const
    {
        const auto menu = button().menu();

        for (juce::PopupMenu::MenuItemIterator item (menu, true); item.next();)
            if (item.getItem().text == name && item.getItem().action != nullptr)
            {
                item.getItem().action();
                return;
            }

        FAIL ("no entry " << submenu << "/" << name);
    }

    TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor = makeProcessorOf (folder / "user");
    std::unique_ptr<PluginEditor> editor = std::make_unique<PluginEditor> (*processor);
};

} // namespace

TEST_CASE ("The preset menu has a submenu for each use and ticks the present one", "[editor]")
{
    const Juce juce;
    const Stage stage;
    REQUIRE (stage.processor->savePreset ("mine") == "");
    stage.processor->session.applyInitialPreset();
    stage.editor->update();

    auto [names, ticked] = stage.entries();
    CHECK (ticked == juce::StringArray { "Init" });
    CHECK (names[0] == "Init");
    CHECK (names[names.size() - 1] == "mine");

    // The order is that of the steps.
    juce::StringArray plain;

    for (const auto& name : names)
        plain.add (name.fromLastOccurrenceOf ("/", false, false));

    CHECK (plain == stage.processor->presetNames());

    for (const auto& preset : factoryPresets())
        CHECK (names.contains (juce::String (std::string (preset.use) + "/" + std::string (preset.name))));

    stage.choose ("Drums", "Gated Snare");
    settle (*stage.processor);
    stage.editor->update();
    CHECK (stage.processor->session.presetName() == "Gated Snare");
    CHECK (stage.button().getButtonText() == "Gated Snare");
    CHECK (stage.button().getTitle() == "Preset Gated Snare");
    CHECK (stage.entries().second == juce::StringArray { "Drums", "Drums/Gated Snare" });
    CHECK_FALSE (stage.processor->session.differsFromPreset());

    // A change is marked; Save is for the user's own.
    find<juce::Label> (*stage.editor, "decay/value").setText ("50 %", juce::sendNotificationSync);
    stage.editor->update();
    CHECK (stage.button().getButtonText() == "Gated Snare *");
    const auto menu = stage.button().menu();

    for (juce::PopupMenu::MenuItemIterator item (menu); item.next();)
        if (item.getItem().text == "Save" || item.getItem().text == "Delete")
            CHECK_FALSE (item.getItem().isEnabled);

    stage.choose ({}, "mine");
    CHECK (stage.processor->session.presetName() == "mine");
    CHECK (stage.entries().second == juce::StringArray { "mine" });
}

TEST_CASE ("Arrows and keys step through the presets with one step of undo each", "[editor]")
{
    const Juce juce;
    const Stage stage;
    auto& document = stage.processor->document;
    auto& previous = find<juce::Button> (*stage.editor, "previousPreset");
    auto& next = find<juce::Button> (*stage.editor, "nextPreset");
    const auto names = stage.processor->presetNames();
    const auto alt = juce::ModifierKeys::altModifier;
    const juce::KeyPress up (juce::KeyPress::pageUpKey, alt, 0), down (juce::KeyPress::pageDownKey, alt, 0);

    for (auto* const button : { &previous, &next })
    {
        CHECK (button->isVisible());
        CHECK (button->getWantsKeyboardFocus());
        CHECK (button->getTitle().endsWith (" preset"));
        CHECK (button->getTooltip().contains ("Alt + Page"));
    }

    next.onClick();
    CHECK (stage.processor->session.presetName() == names[1].toStdString());
    CHECK (stage.button().getButtonText() == names[1]); // at once
    CHECK (press (*stage.editor, down));
    CHECK (stage.processor->session.presetName() == names[2].toStdString());
    CHECK (document.undoName() == "Preset '" + names[2].toStdString() + "'");
    CHECK (press (*stage.editor, up));
    previous.onClick();
    previous.onClick();
    CHECK (stage.processor->session.presetName() == names[names.size() - 1].toStdString());
    settle (*stage.processor);

    for (int n = 0; n < 5; ++n)
        document.undo();

    CHECK_FALSE (document.canUndo());
    settle (*stage.processor);

    // Also where the keyboard is with something that has keys of its own for pages.
    press (*stage.editor, juce::KeyPress ('b', juce::ModifierKeys(), 'b'));

    for (const auto* const id : { "mix/dial", "browser/entries", "browser/places", "browser/search", "nextPreset" })
    {
        CAPTURE (id);
        stage.processor->session.setPresetName ("Init");
        const auto mix = stage.processor->parameters.mix.get();
        CHECK (press (find (*stage.editor, id), down));
        CHECK (stage.processor->session.presetName() == names[1].toStdString());
        CHECK (press (find (*stage.editor, id), up));
        CHECK (stage.processor->session.presetName() == "Init");
        CHECK (stage.processor->parameters.mix.get() == Approx (mix));
    }
}

TEST_CASE ("The header has room for the preset's arrows and hides them in a narrow window", "[editor]")
{
    const Juce juce;
    const Stage stage;
    auto& editor = *stage.editor;
    REQUIRE (stage.processor->loadPreset ("Electric Piano Plate") == "");
    settle (*stage.processor);

    for (const bool isApp : { false, true })
    {
        if (isApp)
            editor.setStandalone ([] {});

        for (const int width : { 1600, 1100, 1000, 940, 900, 899, 720 })
        {
            CAPTURE (isApp, width);
            editor.setSize (width, 700);
            editor.update();
            auto& header = find (editor, "header");
            auto& preset = find (editor, "preset");
            auto& previous = find (editor, "previousPreset");
            auto& next = find (editor, "nextPreset");
            keep (snapshot (header, 2.0f), "header-" + juce::String (width) + (isApp ? "-app" : ""));
            CHECK (previous.isVisible() == preset.isVisible());
            CHECK (next.isVisible() == preset.isVisible());
            CHECK ((width >= 900 || ! preset.isVisible()));

            // What has no button is in the last button's menu.
            juce::StringArray entries;
            const auto menu = find<Header> (editor, "header").moreMenu();

            for (juce::PopupMenu::MenuItemIterator item (menu); item.next();)
                entries.add (item.getItem().text);

            for (const auto* const entry : { "Preset", "Previous preset", "Next preset", "Undo", "Redo" })
                CHECK (entries.contains (entry) == ! preset.isVisible());

            CHECK (entries.contains ("Copy A to B") == ! find (editor, "copy").isVisible());
            CHECK ((width < (isApp ? 1100 : 900) || preset.isVisible()));
            CHECK (find (editor, "kernelSelector").getWidth() >= 200);

            if (! preset.isVisible())
                continue;

            // Side by side; only the margins of their focus rings may overlap.
            const int rings = 2 * ControlButton::ringMargin;
            CHECK (previous.getRight() <= preset.getX() + rings);
            CHECK (preset.getRight() <= next.getX() + rings);
            CHECK (previous.getWidth() - rings >= 24);
            CHECK (preset.getWidth() >= 112);

            for (auto* const part : header.getChildren())
                if (part->isVisible())
                    CHECK (header.getLocalBounds().contains (part->getBounds()));
        }
    }

    // The menu's entries step as the arrows do.
    const auto menu = find<Header> (editor, "header").moreMenu();
    const auto names = stage.processor->presetNames();
    const int present = names.indexOf ("Electric Piano Plate");

    for (const auto& [entry, name] :
         { std::pair ("Next preset", names[present + 1]), std::pair ("Previous preset", names[present]) })
    {
        for (juce::PopupMenu::MenuItemIterator item (menu); item.next();)
            if (item.getItem().text == entry)
                item.getItem().action();

        CHECK (stage.processor->session.presetName() == name.toStdString());
    }
}

TEST_CASE ("Saving a preset says whose name it takes and then that it is saved", "[editor]")
{
    const Juce juce;
    const Stage stage;
    const auto ellipsis = juce::String::charToString (0x2026);
    const auto said = [&] { return find<StatusLine> (*stage.editor, "status").shownMessage(); };
    std::optional<PresetMenu::NameQuestion> asked;
    find<Header> (*stage.editor, "header").onAskForName = [&] (PresetMenu::NameQuestion question)
    { asked = std::move (question); };

    // A preset that comes with Faltwerk is proposed under another name.
    stage.choose ("Drums", "Gated Snare");
    settle (*stage.processor);
    stage.editor->update();
    stage.choose ({}, "Save as" + ellipsis);
    REQUIRE (asked);
    CHECK (asked->verb == "Save");
    CHECK (asked->suggestion == "Gated Snare 2");
    CHECK (asked->remarkOn ("Gated Snare").contains ("comes with Faltwerk"));
    CHECK (asked->remarkOn ("Init").contains ("comes with Faltwerk"));
    CHECK (asked->remarkOn ("Gated Snare 2").isEmpty());
    CHECK (asked->act ("Gated Snare 2").empty());
    CHECK (said() == "Preset 'Gated Snare 2' saved");

    // One's own is replaced, by Save without a question.
    stage.choose ({}, "Save as" + ellipsis);
    CHECK (asked->suggestion == "Gated Snare 2");
    CHECK (asked->remarkOn ("Gated Snare 2").contains ("replaces your preset"));
    CHECK_FALSE (asked->act ("a/b").empty());
    CHECK (said() == "Preset 'Gated Snare 2' saved");
    stage.choose ({}, "Rename" + ellipsis);
    CHECK (asked->verb == "Rename");
    CHECK (asked->act ("Tight").empty());
    CHECK (said() == "Preset 'Gated Snare 2' renamed to 'Tight'");
    stage.choose ({}, "Save");
    CHECK (said() == "Preset 'Tight' saved");
    CHECK (stage.processor->session.presetName() == "Tight");

    // The dialog says it while the name is typed.
    NameDialog dialog (asked->title, asked->verb, "Gated Snare", asked->remarkOn, asked->act);
    dialog.setLookAndFeel (&stage.editor->getLookAndFeel());
    dialog.setSize (dialog.idealSize().x, dialog.idealSize().y);
    keep (snapshot (dialog, 2.0f), "dialog-factory-name");
    dialog.setLookAndFeel (nullptr);
}
