// The editor in a real window: run under a display, by run-under-display.sh.

#include "Editor/Views/Waveform/WaveformView.h"
#include "Editor/Window/Display.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/WindowDriver.h"

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

int shownView (WindowDriver& driver)
{
    return driver.onMessageThread ([&] { return find<Display> (driver.editor(), "display").shownView(); });
}

/** What a screen reader would miss of the controls that are seen, and whether there are as many as there should be. */
juce::StringArray complaintsOf (WindowDriver& driver, int fewest)
{
    return driver.onMessageThread (
        [&driver, fewest]
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
            look (driver.editor());

            if (count < fewest)
                result.add ("only " + juce::String (count) + " controls");

            return result;
        });
}

} // namespace

TEST_CASE ("In a window, real clicks, drags, keys and menus do what they should", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            auto& document = driver.processor().document;
            auto& parameters = driver.processor().parameters;
            driver.screenshot ("window-waveform");

            // A knob, dragged and typed into.
            const auto mix = driver.middleOf ("mix/dial");
            driver.drag (mix, mix.translated (0, -40));
            CHECK (parameters.mix.get() > 45.0f);
            driver.click (driver.middleOf ("decay/value"));
            driver.type ("62%");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return std::abs (parameters.decay.get() - 62.0f) < 0.01f; }));
            driver.wheel (driver.middleOf ("gain/dial"), 3);
            CHECK (parameters.gain.get() > 0.5f);

            // A menu, opened and chosen from with the mouse.
            driver.click (driver.middleOf ("normalise"));
            driver.pause (1000);
            driver.screenshot ("window-menu");
            driver.key ("Down");
            driver.key ("Down");
            driver.key ("Down");
            driver.key ("Down");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return parameters.normalise.getCurrentChoiceName() == "Loudness"; }));

            // Undo by keys, as far back as it goes.
            driver.click (driver.middleOf ("waveformView"));
            driver.key ("ctrl+z");
            CHECK (driver.waitFor ([&] { return parameters.normalise.getCurrentChoiceName() == "Energy"; }));

            // A handle in the picture.
            const auto end = driver.middleOf ("waveformView/end");
            driver.drag (end, end.translated (-200, 0));
            CHECK (driver.waitFor ([&] { return document.current().edits.end.has_value(); }));
            driver.screenshot ("window-trimmed");

            // Views by keys and tabs.
            for (int view = 1; view < 5; ++view)
            {
                driver.key (juce::String (view + 1));
                driver.pause (600);
                CHECK (shownView (driver) == view);
                driver.screenshot ("window-view-" + juce::String (view + 1));
            }

            driver.click (driver.middleOf ("tabs/Waveform"));
            CHECK (shownView (driver) == 0);

            // Zoom with the wheel.
            const auto picture = driver.middleOf ("waveformView");
            driver.wheel (picture, 4);
            CHECK (driver.waitFor (
                [&] { return find<WaveformView> (driver.editor(), "waveformView").visible().second > 0.0; }));
            driver.doubleClick (picture.translated (0, 60));
            CHECK (driver.waitFor (
                [&] { return find<WaveformView> (driver.editor(), "waveformView").visible().second == 0.0; }));

            // A and B, and Bypass.
            driver.click (driver.middleOf ("copy"));
            driver.key ("a");
            CHECK (driver.waitFor ([&] { return document.isB(); }));
            driver.click (driver.middleOf ("bypass"));
            CHECK (driver.waitFor ([&] { return parameters.bypass.get(); }));
            driver.click (driver.middleOf ("bypass"));

            // The settings' menu, and a tooltip by F1.
            driver.click (driver.middleOf ("settings"));
            driver.pause (1000);
            driver.screenshot ("window-settings");
            driver.key ("Escape");
            driver.pause (300);
            driver.onMessageThread ([&] { find (driver.editor(), "mix/dial").grabKeyboardFocus(); });
            driver.key ("F1");
            driver.pause (300);
            driver.screenshot ("window-tooltip");

            driver.resize (720, 460);
            driver.screenshot ("window-small");
            driver.click (driver.middleOf ("moreControls"));
            driver.pause (700);
            driver.screenshot ("window-more");
        });
}

TEST_CASE ("In a window, Tab reaches every control, and each has a name, a role and a value", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            driver.onMessageThread (
                [&]
                {
                    driver.processor().document.edit ("Shape",
                                                      [] (DocumentEdits& edits) {
                                                          edits.nodes = { { 0.3, -2.0 }, { 0.8, -6.0 } };
                                                      });
                });
            driver.pause (600);

            for (int view = 0; view < 5; ++view)
            {
                driver.key (juce::String (view + 1));
                driver.pause (1200);
                const auto complaints = complaintsOf (driver, 25);
                CAPTURE (view, complaints.joinIntoString ("; ").toStdString());
                CHECK (complaints.isEmpty());
            }

            // Figures as words.
            const auto value = [&] (const juce::String& path)
            {
                return driver.onMessageThread (
                    [&]
                    {
                        const auto* const handler = find (driver.editor(), path).getAccessibilityHandler();
                        return handler != nullptr && handler->getValueInterface() != nullptr
                                   ? handler->getValueInterface()->getCurrentValueAsString()
                                   : juce::String();
                    });
            };
            driver.key ("1");
            driver.pause (500);
            CHECK (value ("decay/dial") == "100 percent");
            CHECK (value ("waveformView/node2") == "0.800 seconds, minus 6.0 decibels");
            CHECK (value ("inputMeter").contains ("decibels"));
            driver.key ("4");
            CHECK (driver.waitFor (
                [&]
                {
                    const auto* const handler = find (driver.editor(), "decayTable").getAccessibilityHandler();
                    const auto* const table = handler != nullptr ? handler->getTableInterface() : nullptr;
                    const auto* const cell = table != nullptr ? table->getCellHandler (4, 1) : nullptr;
                    return cell != nullptr && cell->getRole() == juce::AccessibilityRole::cell
                           && cell->getTitle().getDoubleValue() > 0.1 && table->getHeaderHandler() != nullptr;
                }));

            // Tab goes on and on, and comes round.
            driver.key ("1");
            driver.pause (300);
            driver.onMessageThread ([&] { find (driver.editor(), "load").grabKeyboardFocus(); });
            juce::StringArray visited;

            for (int n = 0; n < 70; ++n)
            {
                driver.key ("Tab");
                visited.addIfNotAlreadyThere (driver.onMessageThread (
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

            driver.screenshot ("window-focus");
        });
}

TEST_CASE ("In a window, browser and dialogs are reached by keys, and everything in them has a name and a role",
           "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            driver.key ("b");
            driver.pause (500);
            CHECK (complaintsOf (driver, 30).joinIntoString ("; ").toStdString() == "");
            driver.key ("Escape");
            driver.pause (300);

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
                driver.onMessageThread ([&] { dialog.open (find<Header> (driver.editor(), "header")); });
                driver.pause (500);
                CHECK (complaintsOf (driver, 25 + dialog.fewest).joinIntoString ("; ").toStdString() == "");

                // Tab stays within the dialog, and comes to a button that closes it.
                bool reachedClose = false, stayed = true;
                juce::StringArray visited;

                for (int n = 0; n < 30; ++n)
                {
                    driver.key ("Tab");
                    driver.onMessageThread (
                        [&]
                        {
                            const auto* const focused = juce::Component::getCurrentlyFocusedComponent();
                            const auto* const host = findComponent (driver.editor(), "dialogs");
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
                driver.screenshot ("window-dialog-" + juce::String (dialog.name));
                driver.key ("Escape");
                CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));
            }
        });
}
