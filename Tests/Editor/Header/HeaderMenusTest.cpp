// What the header's menus offer: the list of steps, and the manual.

#include "Editor/Controls/Menu.h"
#include "Editor/Dialogs/AboutDialog.h"
#include "Editor/Header/UndoMenu.h"
#include "Editor/Look/LookAndFeel.h"
#include "Editor/Window/PluginEditor.h"
#include "FaltwerkResources.h"
#include "Support/Catch.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

struct Entry
{
    juce::String text;
    bool isTicked;
    std::function<void()> act;
};

std::vector<Entry> entries (const juce::PopupMenu& menu)
{
    std::vector<Entry> result;

    for (juce::PopupMenu::MenuItemIterator items (menu); items.next();)
        if (! items.getItem().isSectionHeader && ! items.getItem().isSeparator)
            result.push_back ({ items.getItem().text, items.getItem().isTicked, items.getItem().action });

    return result;
}

juce::StringArray texts (const juce::PopupMenu& menu)
{
    juce::StringArray result;

    for (const auto& entry : entries (menu))
        result.add ((entry.isTicked ? "> " : "") + entry.text);

    return result;
}

} // namespace

TEST_CASE ("The list of steps goes to any of them at once and back", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    auto& document = processor->document;
    auto& p = processor->parameters;
    const auto minus = juce::String::charToString (0x2212), space = juce::String::charToString (0xa0);
    CHECK (texts (undoMenu (document)) == juce::StringArray { "> Before all of these" });

    const auto step = [&] (const char* name, Parameter& parameter, float value)
    {
        document.beginGesture (name);
        parameter.beginChangeGesture();
        parameter.setValueNotifyingHost (parameter.convertTo0to1 (value));
        parameter.endChangeGesture();
        document.endGesture();
    };
    step ("Mix", p.mix, 10.0f);
    step ("Gain", p.gain, -6.0f);
    step ("Out", p.out, -3.0f);
    CHECK (texts (undoMenu (document))
           == juce::StringArray { "> Out " + minus + "3.0" + space + "dB", "Gain " + minus + "6.0" + space + "dB",
                                  "Mix 10" + space + "%", "Before all of these" });

    entries (undoMenu (document))[2].act();
    CHECK (p.mix.get() == 10.0f);
    CHECK (p.gain.get() == 0.0f);
    CHECK (p.out.get() == 0.0f);
    CHECK (texts (undoMenu (document))
           == juce::StringArray { "Out " + minus + "3.0" + space + "dB", "Gain " + minus + "6.0" + space + "dB",
                                  "> Mix 10" + space + "%", "Before all of these" });
    CHECK (document.redoName() == "Gain");

    entries (undoMenu (document))[0].act();
    CHECK (p.gain.get() == Approx (-6.0f).margin (1e-3));
    CHECK (p.out.get() == Approx (-3.0f).margin (1e-3));
    entries (undoMenu (document)).back().act();
    CHECK (p.mix.get() == Approx (p.mix.convertFrom0to1 (p.mix.getDefaultValue())));
    CHECK (! document.canUndo());

    // Of many steps those nearby, and the rest in another go.
    for (int n = 0; n < 60; ++n)
        step (("Mix " + std::to_string (n)).c_str(), p.mix, static_cast<float> (n % 7));

    auto list = entries (undoMenu (document));
    CHECK (list.size() == 26);
    CHECK (list.back().text == "Before these");
    list.back().act();
    CHECK (document.undoSteps().numDone == 35);
    list = entries (undoMenu (document));
    CHECK (list.front().text == "Mix 49 0" + space + "%");
    CHECK (list.back().text == "Before these");
}

TEST_CASE ("The undo buttons open the list on a right-click and on the down arrow", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    auto& undo = find<ControlButton> (editor, "undo");
    int opened = 0;
    undo.onMenu = [&opened] { ++opened; };
    CHECK (undo.keyPressed (juce::KeyPress (juce::KeyPress::downKey)));
    CHECK (opened == 1);
    CHECK (undo.getTooltip().contains ("list"));
}

TEST_CASE ("The manual is README's parts without their marks", "[editor]")
{
    const auto parts = manualParts ("# Title\nnot a part\n\n## First *one*\n\nA line of `code`,\nand *another*.\n\n"
                                    "| key | does |\n|---|---|\n| Wave `1` | shows *it* |\n\n![a picture](x.png)\n\n"
                                    "```\nrun --fast\n  *.wav\n```\n\n## Second\nLast.\n");
    REQUIRE (parts.size() == 2);
    CHECK (parts[1].title == "Second");
    const auto& first = parts[0].paragraphs;
    REQUIRE (first.size() == 4);
    CHECK (first[0].text == "A line of code, and another.");
    CHECK (first[1].text == "Wave 1");
    CHECK (first[1].kind == ManualPart::Kind::term);
    CHECK (first[2].text == "shows it");
    CHECK (first[3].text == "run --fast\n  *.wav");
    CHECK (first[3].kind == ManualPart::Kind::code);
    REQUIRE (parts[1].paragraphs.size() == 1);
    CHECK (parts[1].paragraphs[0].text == "Last.");

    // Every part that the window shows is there.
    const auto all = manualParts (juce::String::fromUTF8 (resources::README_md, resources::README_mdSize));

    for (const auto* const title : { "The window", "Sessions", "The idea", "The command line", "How fast", "Licence" })
    {
        const auto found =
            std::find_if (all.begin(), all.end(), [&] (const auto& part) { return part.title == title; });
        CAPTURE (title);
        REQUIRE (found != all.end());
        CHECK (! found->paragraphs.empty());
    }
}

TEST_CASE ("About tells version and licences and opens each part of the manual", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    PluginEditor editor (*processor);
    find<Header> (editor, "header").onAbout();
    auto& page = find<juce::TextEditor> (editor, "dialogs/dialog/page");
    CHECK (page.getText().contains ("Faltwerk " JucePlugin_VersionString));
    CHECK (page.getText().contains ("AGPL"));
    keep (snapshot (editor, 1.0f), "about");
    auto& window = find<juce::Button> (editor, "dialogs/dialog/part1");
    CHECK (window.getButtonText() == "The window");
    window.onClick();
    CHECK (page.getText().contains ("Spectrogram 3"));
    CHECK (! page.getText().contains ("`"));
    keep (snapshot (editor, 2.0f), "about-window");
    editor.setSize (720, 460);
    keep (snapshot (editor, 1.0f), "about-720x460");
}

TEST_CASE ("The list of steps names the value of a step that moves one parameter and no other", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    auto& document = processor->document;
    auto& p = processor->parameters;
    const auto set = [] (Parameter& parameter, float value)
    {
        parameter.beginChangeGesture();
        parameter.setValueNotifyingHost (parameter.convertTo0to1 (value));
        parameter.endChangeGesture();
    };
    set (p.dry, -6.0f);
    document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.01; });
    document.beginGesture ("Band");
    set (p.lowShelf.frequency, 330.0f);
    set (p.lowShelf.gain, 3.0f);
    document.endGesture();
    CHECK (texts (undoMenu (document))
           == juce::StringArray { "> Band", "Trim", p.dry.getName (64) + " " + p.dry.getCurrentValueAsText(),
                                  "Before all of these" });
    CHECK (p.dry.getCurrentValueAsText().contains ("6.0"));
    CHECK (document.undoName() == "Band");
}

TEST_CASE ("A list of steps that is open does nothing once the steps are others", "[editor]")
{
    const Juce juce;
    const auto processor = makeProcessor();
    settle (*processor);
    auto& document = processor->document;
    auto& gain = processor->parameters.gain;
    const auto step = [&] (const char* name, float value)
    {
        document.beginGesture (name);
        gain.beginChangeGesture();
        gain.setValueNotifyingHost (gain.convertTo0to1 (value));
        gain.endChangeGesture();
        document.endGesture();
    };
    step ("First", -1.0f);
    step ("Second", -2.0f);
    document.undo();
    const auto list = entries (undoMenu (document));
    step ("By the host", -3.0f); // in place of the second, which could be redone
    list[0].act();
    list.back().act();
    CHECK (gain.get() == Approx (-3.0f).margin (1e-3));
    CHECK (document.undoName() == "By the host");
    entries (undoMenu (document)).back().act();
    CHECK_FALSE (document.canUndo());
}

TEST_CASE ("A menu too tall for the screen begins its columns at headings", "[editor]")
{
    const Juce juce;
    LookAndFeel look;
    juce::PopupMenu menu;

    for (const auto& [heading, number] : { std::pair ("First", 5), { "Second", 6 }, { "Third", 4 }, { "Fourth", 20 } })
    {
        menu.addSectionHeader (heading);

        for (int n = 0; n < number; ++n)
            menu.addItem (juce::String (heading) + juce::String (n), [] {});
    }

    /** The first words of each column. */
    const auto columns = [&menu]
    {
        juce::StringArray result;
        bool isFirst = true;

        for (juce::PopupMenu::MenuItemIterator items (menu); items.next();)
        {
            if (isFirst)
                result.add (items.getItem().text);

            isFirst = items.getItem().shouldBreakAfter;
        }

        return result;
    };
    breakAtHeadings (menu, 2000, look);
    CHECK (columns() == juce::StringArray { "First" });
    breakAtHeadings (menu, 400, look); // the first and the second take 42 + 5 x 28 + 42 + 6 x 28 = 392 px
    CHECK (columns() == juce::StringArray { "First", "Third", "Fourth" });
    breakAtHeadings (menu, 380, look);
    CHECK (columns() == juce::StringArray { "First", "Second", "Third", "Fourth" });
}
