// The editor in a real window: run under a display, by run-under-display.sh.

#include "Editor/Views/Waveform/WaveformView.h"
#include "Editor/Window/Display.h"
#include "Support/Window/Desk.h"
#include "Support/Window/Hand.h"

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

int shownView (Desk& desk)
{
    return desk.onMessageThread ([&] { return find<Display> (desk.editor(), "display").shownView(); });
}

/** What a screen reader would miss of the controls that are seen, and whether there are as many as there should be. */
juce::StringArray complaintsOf (Desk& desk, int fewest)
{
    return desk.onMessageThread (
        [&desk, fewest]
        {
            juce::StringArray result;
            int count = 0;
            const std::function<void (juce::Component&)> look = [&] (juce::Component& component)
            {
                for (auto* const child : component.getChildren())
                {
                    if (! child->isVisible())
                        continue;

                    if (child->getWantsKeyboardFocus())
                    {
                        ++count;
                        const auto* const handler = child->getAccessibilityHandler();
                        const auto what = child->getComponentID() + " " + child->getTitle();

                        if (handler == nullptr)
                            result.add (what + ": no handler");
                        else if (handler->getRole() == juce::AccessibilityRole::ignored)
                            continue; // a part of what has a name, as a slider's field
                        else if (handler->getTitle().isEmpty())
                            result.add (what + ": no name");
                        else if (handler->getRole() == juce::AccessibilityRole::slider
                                 && (handler->getValueInterface() == nullptr
                                     || handler->getValueInterface()->getCurrentValueAsString().isEmpty()))
                            result.add (what + ": no value");
                    }

                    look (*child);
                }
            };
            look (desk.editor());

            if (count < fewest)
                result.add ("only " + juce::String (count) + " controls");

            return result;
        });
}

} // namespace

TEST_CASE ("In a window, real clicks, drags, keys and menus do what they should", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            auto& document = desk.processor().document;
            auto& parameters = desk.processor().parameters;
            desk.screenshot ("window-waveform");

            // A knob, dragged and typed into.
            const auto mix = desk.middleOf ("mix/dial");
            desk.drag (mix, mix.translated (0, -40));
            CHECK (parameters.mix.get() > 45.0f);
            desk.click (desk.middleOf ("decay/value"));
            desk.type ("62%");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return std::abs (parameters.decay.get() - 62.0f) < 0.01f; }));
            desk.wheel (desk.middleOf ("gain/dial"), 3);
            CHECK (parameters.gain.get() > 0.5f);

            // A menu, opened and chosen from with the mouse.
            desk.click (desk.middleOf ("normalise"));
            desk.pause (1000);
            desk.screenshot ("window-menu");
            desk.key ("Down");
            desk.key ("Down");
            desk.key ("Down");
            desk.key ("Down");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return parameters.normalise.getCurrentChoiceName() == "Loudness"; }));

            // Undo by keys, as far back as it goes.
            desk.click (desk.middleOf ("waveformView"));
            desk.key ("ctrl+z");
            CHECK (desk.waitFor ([&] { return parameters.normalise.getCurrentChoiceName() == "Energy"; }));

            // A handle in the picture.
            const auto end = desk.middleOf ("waveformView/end");
            desk.drag (end, end.translated (-200, 0));
            CHECK (desk.waitFor ([&] { return document.present().edits.end.has_value(); }));
            desk.screenshot ("window-trimmed");

            // Views by keys and tabs.
            for (int view = 1; view < 5; ++view)
            {
                desk.key (juce::String (view + 1));
                desk.pause (600);
                CHECK (shownView (desk) == view);
                desk.screenshot ("window-view-" + juce::String (view + 1));
            }

            desk.click (desk.middleOf ("tabs/Waveform"));
            CHECK (shownView (desk) == 0);

            // Zoom with the wheel.
            const auto picture = desk.middleOf ("waveformView");
            desk.wheel (picture, 4);
            CHECK (desk.waitFor (
                [&] { return find<WaveformView> (desk.editor(), "waveformView").visible().second > 0.0; }));
            desk.doubleClick (picture.translated (0, 60));
            CHECK (desk.waitFor (
                [&] { return find<WaveformView> (desk.editor(), "waveformView").visible().second == 0.0; }));

            // A and B, and Bypass.
            desk.click (desk.middleOf ("copy"));
            desk.key ("a");
            CHECK (desk.waitFor ([&] { return document.isB(); }));
            desk.click (desk.middleOf ("bypass"));
            CHECK (desk.waitFor ([&] { return parameters.bypass.get(); }));
            desk.click (desk.middleOf ("bypass"));

            // The settings' menu, and a tooltip by F1.
            desk.click (desk.middleOf ("settings"));
            desk.pause (1000);
            desk.screenshot ("window-settings");
            desk.key ("Escape");
            desk.pause (300);
            desk.onMessageThread ([&] { find (desk.editor(), "mix/dial").grabKeyboardFocus(); });
            desk.key ("F1");
            desk.pause (300);
            desk.screenshot ("window-tooltip");

            desk.resize (720, 460);
            desk.screenshot ("window-small");
            desk.click (desk.middleOf ("moreControls"));
            desk.pause (700);
            desk.screenshot ("window-more");
        });
}

TEST_CASE ("In a window, Tab reaches every control, and each has a name, a role and a value", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            desk.onMessageThread (
                [&]
                {
                    desk.processor().document.edit ("Shape",
                                                    [] (DocumentEdits& edits) {
                                                        edits.nodes = { { 0.3, -2.0 }, { 0.8, -6.0 } };
                                                    });
                });
            desk.pause (600);

            for (int view = 0; view < 5; ++view)
            {
                desk.key (juce::String (view + 1));
                desk.pause (1200);
                const auto complaints = complaintsOf (desk, 25);
                CAPTURE (view, complaints.joinIntoString ("; ").toStdString());
                CHECK (complaints.isEmpty());
            }

            // Figures as words.
            const auto value = [&] (const juce::String& path)
            {
                return desk.onMessageThread (
                    [&]
                    {
                        const auto* const handler = find (desk.editor(), path).getAccessibilityHandler();
                        return handler != nullptr && handler->getValueInterface() != nullptr
                                   ? handler->getValueInterface()->getCurrentValueAsString()
                                   : juce::String();
                    });
            };
            desk.key ("1");
            desk.pause (500);
            CHECK (value ("decay/dial") == "100 percent");
            CHECK (value ("waveformView/node2") == "0.800 seconds, minus 6.0 decibels");
            CHECK (value ("inputMeter").contains ("decibels"));
            desk.key ("4");
            CHECK (desk.waitFor (
                [&]
                {
                    const auto* const handler = find (desk.editor(), "decayTable").getAccessibilityHandler();
                    const auto* const table = handler != nullptr ? handler->getTableInterface() : nullptr;
                    const auto* const cell = table != nullptr ? table->getCellHandler (4, 1) : nullptr;
                    return cell != nullptr && cell->getRole() == juce::AccessibilityRole::cell
                           && cell->getTitle().getDoubleValue() > 0.1 && table->getHeaderHandler() != nullptr;
                }));

            // Tab goes on and on, and comes round.
            desk.key ("1");
            desk.pause (300);
            desk.onMessageThread ([&] { find (desk.editor(), "load").grabKeyboardFocus(); });
            juce::StringArray visited;

            for (int n = 0; n < 70; ++n)
            {
                desk.key ("Tab");
                visited.addIfNotAlreadyThere (desk.onMessageThread (
                    []
                    {
                        const auto* const focused = juce::Component::getCurrentlyFocusedComponent();
                        return focused != nullptr ? focused->getComponentID() + "/" + focused->getTitle()
                                                  : juce::String();
                    }));
            }

            CAPTURE (visited.joinIntoString (", ").toStdString());
            CHECK (visited.size() > 38);

            for (const char* const id :
                 { "start/", "end/", "node1/", "dial/Mix", "normalise/", "zoomBar/", "settings/" })
                CHECK (visited.joinIntoString (", ").contains (id));

            desk.screenshot ("window-focus");
        });
}

TEST_CASE ("In a window, browser and dialogs are reached by keys, and everything in them has a name and a role",
           "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            desk.key ("b");
            desk.pause (500);
            CHECK (complaintsOf (desk, 30).joinIntoString ("; ").toStdString() == "");
            desk.key ("Escape");
            desk.pause (300);

            struct
            {
                const char* name;
                std::function<void (Header&)> open;
                int fewest;
            } const dialogs[] = {
                { "generate", [] (Header& header) { header.onGenerate(); }, 12 },
                { "numbers", [] (Header& header) { header.onNumbers(); }, 4 },
                { "sweep", [] (Header& header) { header.onMeasure(); }, 8 },
                { "properties", [] (Header& header) { header.onProperties(); }, 5 },
            };

            for (const auto& dialog : dialogs)
            {
                CAPTURE (dialog.name);
                desk.onMessageThread ([&] { dialog.open (find<Header> (desk.editor(), "header")); });
                desk.pause (500);
                CHECK (complaintsOf (desk, 25 + dialog.fewest).joinIntoString ("; ").toStdString() == "");

                // Tab stays within the dialog, and comes to a button that closes it.
                bool reachedClose = false, stayed = true;
                juce::StringArray visited;

                for (int n = 0; n < 30; ++n)
                {
                    desk.key ("Tab");
                    desk.onMessageThread (
                        [&]
                        {
                            const auto* const focused = juce::Component::getCurrentlyFocusedComponent();
                            const auto* const host = findComponent (desk.editor(), "dialogs");
                            visited.add (focused == nullptr ? juce::String ("none")
                                                            : focused->getComponentID() + "/" + focused->getTitle());
                            stayed = stayed && focused != nullptr && host->isParentOf (focused);
                            reachedClose =
                                reachedClose
                                || (focused != nullptr
                                    && (focused->getComponentID() == "cancel" || focused->getComponentID() == "done"));
                        });
                }

                CAPTURE (visited.joinIntoString (", ").toStdString());
                CHECK (stayed);
                CHECK (reachedClose);
                desk.screenshot ("window-dialog-" + juce::String (dialog.name));
                desk.key ("Escape");
                CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));
            }
        });
}
