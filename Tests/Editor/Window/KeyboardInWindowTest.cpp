// Who has the keyboard, and what a key does, in a real window. Run under a display, by run-under-display.sh.

#include "Editor/Browser/Browser.h"
#include "Editor/Browser/EntryList.h"
#include "Editor/Window/Display.h"
#include "Picture/Theme.h"
#include "Support/Files/Files.h"
#include "Support/Skip.h"
#include "Support/Window/Mouse.h"
#include "Support/Window/Pictures.h"
#include "Support/Window/WindowDriver.h"

#include <cmath>
#include <vector>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

const juce::String ellipsis = juce::String::charToString (0x2026);

int shownView (WindowDriver& driver)
{
    return driver.onMessageThread ([&] { return find<Display> (driver.editor(), "display").shownView(); });
}

bool isDialogOpen (WindowDriver& driver)
{
    return driver.onMessageThread ([&] { return find (driver.editor(), "dialogs").isVisible(); });
}

/** The number of pixels in the colour of focus rings, which nothing else has, in some area of a picture. */
int ringIn (const juce::Image& image, juce::Rectangle<int> area)
{
    area = area.getIntersection (image.getBounds());
    int count = 0;

    for (int y = area.getY(); y < area.getBottom(); ++y)
        for (int x = area.getX(); x < area.getRight(); ++x)
            count += image.getPixelAt (x, y).withAlpha (1.0f) == theme::focus ? 1 : 0;

    return count;
}

/** Whether the part of the editor with an identifier has the keyboard, or something in it. */
bool hasKeyboard (WindowDriver& driver, const juce::String& path)
{
    return driver.waitFor ([&] { return find (driver.editor(), path).hasKeyboardFocus (true); }, 1000);
}

} // namespace

TEST_CASE ("In a window, a dialog that a menu has opened has the keyboard, and no key goes past it", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto kernel = driver.processor().kernelStatus().source;
            const bool wasB = driver.processor().document.isB();

            // With the mouse, before anything else has had the keyboard.
            driver.click (driver.middleOf ("preset"));
            driver.choose ("Save as" + ellipsis);
            REQUIRE (driver.waitFor ([&] { return find (driver.editor(), "dialogs").isVisible(); }));
            CHECK (hasKeyboard (driver, "dialogs/dialog"));
            driver.pause (300); // until the menu's window has gone
            driver.type ("abc 2");
            driver.screenshot ("window-dialog-by-mouse");
            CHECK (driver.onMessageThread ([&] { return find<juce::TextEditor> (driver.editor(), "name").getText(); })
                   == "abc 2");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));
            CHECK (driver.processor().presets.names().contains ("abc 2"));
            CHECK (driver.processor().kernelStatus().source == kernel);
            CHECK (driver.processor().document.isB() == wasB);
            CHECK_FALSE (driver.onMessageThread ([&] { return find (driver.editor(), "browser").isVisible(); }));

            // Each that the kernel's menu opens: keys of the window behind it do nothing, Escape closes it.
            for (const auto* const entry :
                 { "Make one", "Type or paste numbers", "Measure with a sweep", "Name and properties" })
            {
                CAPTURE (entry);
                driver.click (driver.middleOf ("kernelSelector/kernel"));
                driver.choose (entry + ellipsis);
                REQUIRE (driver.waitFor ([&] { return find (driver.editor(), "dialogs").isVisible(); }));
                CHECK (hasKeyboard (driver, "dialogs/dialog"));
                driver.key ("3");
                driver.key ("b");
                driver.key ("a");
                CHECK (shownView (driver) == 0);
                CHECK (driver.processor().document.isB() == wasB);
                CHECK_FALSE (driver.onMessageThread ([&] { return find (driver.editor(), "browser").isVisible(); }));

                // Even if something behind it has been given the keyboard.
                driver.onMessageThread ([&] { driver.editor().grabKeyboardFocus(); });
                driver.key ("3");
                CHECK (shownView (driver) == 0);
                CHECK (hasKeyboard (driver, "dialogs/dialog"));
                driver.key ("Escape");
                CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));
            }

            CHECK_FALSE (isDialogOpen (driver));
            driver.key ("3");
            CHECK (driver.waitFor ([&] { return find<Display> (driver.editor(), "display").shownView() == 2; }));
        });
}

TEST_CASE ("In a window, the keyboard is where it was after a value has been typed", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            auto& parameters = driver.processor().parameters;
            driver.click (driver.middleOf ("decay/value"));
            driver.type ("62%");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return std::abs (parameters.decay.get() - 62.0f) < 0.01f; }));
            CHECK (hasKeyboard (driver, "decay/dial"));
            driver.screenshot ("window-after-typing");
            driver.key ("2");
            CHECK (driver.waitFor ([&] { return find<Display> (driver.editor(), "display").shownView() == 1; }));
            driver.key ("ctrl+z");
            CHECK (driver.waitFor ([&] { return std::abs (parameters.decay.get() - 100.0f) < 0.01f; }));
            driver.key ("Tab");
            CHECK (driver.onMessageThread ([] { return juce::Component::getCurrentlyFocusedComponent() != nullptr; }));

            // Opened by Enter, left by Escape.
            driver.onMessageThread ([&] { find (driver.editor(), "size/dial").grabKeyboardFocus(); });
            driver.key ("Return");
            driver.type ("75");
            driver.key ("Escape");
            CHECK (hasKeyboard (driver, "size/dial"));
            CHECK (parameters.size.get() == Approx (100.0f));

            // Nonsense is marked, and goes when the field is left for another control, which keeps the keyboard.
            driver.key ("Return");
            driver.type ("nonsense");
            driver.key ("Return");
            driver.screenshot ("window-nonsense");
            driver.click (driver.middleOf ("mix/value"));
            driver.type ("40");
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return std::abs (parameters.mix.get() - 40.0f) < 0.01f; }));
            CHECK (parameters.size.get() == Approx (100.0f));
            CHECK (hasKeyboard (driver, "mix/dial"));
        });
}

TEST_CASE ("Tab comes by each stop of the window once and each shows its ring", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            // Knobs of a kernel that has come and gone are no other stops than before.
            driver.onMessageThread ([&] { driver.processor().document.clearKernel(); });
            driver.pause (800);
            driver.onMessageThread ([&] { driver.processor().document.undo(); });
            driver.pause (1500);
            driver.onMessageThread ([&] { find (driver.editor(), "load").grabKeyboardFocus(); });

            struct Stop
            {
                juce::Component* component = nullptr;
                juce::String name;
                bool isText = false;
                juce::Rectangle<int> place;
                juce::Image picture;
            };
            const auto present = [&]
            {
                return driver.onMessageThread (
                    [&]
                    {
                        auto* const focused = juce::Component::getCurrentlyFocusedComponent();

                        if (focused == nullptr)
                            return Stop();

                        auto& editor = driver.editor();
                        return Stop { focused, focused->getComponentID() + "/" + focused->getTitle(),
                                      dynamic_cast<juce::TextEditor*> (focused) != nullptr,
                                      editor.getLocalArea (focused, focused->getLocalBounds()).expanded (6),
                                      snapshot (editor, 1.0f) };
                    });
            };
            std::vector<Stop> stops { present() };
            REQUIRE (stops.front().component != nullptr);

            for (int n = 0; n < 120; ++n)
            {
                driver.key ("Tab");
                driver.pause (60);
                const auto next = present();
                CAPTURE (n, stops.back().name.toStdString(), next.name.toStdString());
                REQUIRE (next.component != nullptr);
                CHECK (next.component != stops.back().component);
                CHECK_FALSE (next.isText);

                // The former stop's ring is gone, and the next one's is there.
                const auto& former = stops.back();
                CHECK (ringIn (former.picture, former.place) >= ringIn (next.picture, former.place) + 20);
                CHECK (ringIn (next.picture, next.place) >= ringIn (former.picture, next.place) + 20);

                if (next.component == stops.front().component)
                    break;

                for (const auto& stop : stops)
                    REQUIRE (stop.component != next.component);

                stops.push_back (next);
            }

            juce::StringArray names;

            for (const auto& stop : stops)
                names.add (stop.name);

            CAPTURE (names.joinIntoString (", ").toStdString());
            CHECK (stops.size() > 38);
            CHECK (stops.size() < 110); // it has come round

            // From the window itself to its first and last stop.
            for (const auto& [key, expected] : { std::pair ("Tab", 1), { "shift+Tab", -1 } })
            {
                driver.onMessageThread ([&] { driver.editor().grabKeyboardFocus(); });
                driver.key (key);
                const auto stop = present();
                CAPTURE (key, stop.name.toStdString());
                CHECK (stop.component != nullptr);
                CHECK (stop.name.startsWith (expected > 0 ? "browse/" : "dial/Out"));
            }

            // Out of a field that is open, Tab goes on from its knob.
            driver.onMessageThread ([&] { find (driver.editor(), "size/dial").grabKeyboardFocus(); });
            driver.key ("Return");
            driver.type ("75");
            driver.key ("Tab");
            CHECK (
                driver.waitFor ([&] { return std::abs (driver.processor().parameters.size.get() - 75.0f) < 0.01f; }));
            CHECK (hasKeyboard (driver, "decay/dial"));
        });
}

TEST_CASE ("The browser in a window shows one focus ring wherever the keyboard goes", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            driver.key ("b");
            CHECK (hasKeyboard (driver, "browser/search"));
            const char* const parts[] = { "browser/search", "browser/places", "browser/entries" };
            const auto rings = [&]
            {
                driver.pause (400);
                driver.screenshot ("window-rings");
                const auto picture =
                    juce::ImageFileFormat::loadFrom (juce::File (FALTWERK_ARTEFACTS).getChildFile ("window-rings.png"));
                std::vector<bool> result;

                for (const auto* const part : parts)
                    result.push_back (ringIn (picture, driver.boundsOf (part)) > 60);

                return result;
            };
            CHECK (rings() == std::vector<bool> { true, false, false });

            // A kernel, a place, and a kernel again.
            const auto entry = [&]
            {
                const auto list = driver.boundsOf ("browser/entries");
                return juce::Point<int> (list.getX() + 80, list.getY() + 72);
            };
            const auto place = [&] (int row)
            {
                const auto list = driver.onMessageThread (
                    [&]
                    {
                        auto& places = find<juce::ListBox> (driver.editor(), "browser/places");
                        return places.localAreaToGlobal (places.getRowPosition (row, true));
                    });
                return list.getCentre();
            };
            driver.click (entry());
            CHECK (rings() == std::vector<bool> { false, false, true });
            driver.click (place (3)); // the presets
            CHECK (rings() == std::vector<bool> { false, true, false });
            driver.click (place (0));
            CHECK (rings() == std::vector<bool> { false, true, false });
            driver.click (entry());
            CHECK (rings() == std::vector<bool> { false, false, true });
            driver.click (driver.middleOf ("browser/search"));
            CHECK (rings() == std::vector<bool> { true, false, false });
        });
}

TEST_CASE ("The arrow keys go through the parts of the manual in a window", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            driver.onMessageThread ([&] { find<Header> (driver.editor(), "header").onAbout(); });
            REQUIRE (hasKeyboard (driver, "dialogs/dialog/part0"));
            const auto title = [&] {
                return driver.onMessageThread ([&]
                                               { return find (driver.editor(), "dialogs/dialog/page").getTitle(); });
            };
            driver.key ("Down");
            CHECK (hasKeyboard (driver, "dialogs/dialog/part1"));
            CHECK (title() == "The window");
            driver.key ("End");
            CHECK (hasKeyboard (driver, "dialogs/dialog/part5"));
            CHECK (title() == "How fast");
            driver.key ("Down"); // it is the last
            CHECK (hasKeyboard (driver, "dialogs/dialog/part5"));
            driver.key ("Up");
            CHECK (hasKeyboard (driver, "dialogs/dialog/part4"));
            driver.key ("Home");
            CHECK (hasKeyboard (driver, "dialogs/dialog/part0"));
            CHECK (title() == "About");
        });
}

TEST_CASE ("In a window, Escape clears a search and what it has filtered", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto numRows = [&] {
                return driver.onMessageThread ([&]
                                               { return find<EntryList> (driver.editor(), "entries").getNumRows(); });
            };
            driver.key ("b");
            driver.pause (800);
            const int all = numRows();
            REQUIRE (all > 30);
            driver.type ("plate");
            CHECK (
                driver.waitFor ([&] { return find<EntryList> (driver.editor(), "entries").getNumRows() < all / 2; }));
            driver.key ("Escape");
            CHECK (driver.waitFor ([&] { return find<EntryList> (driver.editor(), "entries").getNumRows() == all; }));
            driver.screenshot ("window-search-cleared");
        });
}

TEST_CASE ("In a window, the window follows the scale", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto before = driver.processor().settings->get();

            for (const int percent : { 150, 75, 100 })
            {
                CAPTURE (percent);
                driver.onMessageThread (
                    [&]
                    {
                        auto values = before;
                        values.scalePercent = percent;
                        driver.processor().settings->set (values);
                        find<Header> (driver.editor(), "header").onScale (percent);
                    });
                CHECK (driver.waitFor (
                    [&]
                    {
                        const auto window = driver.editor().getTopLevelComponent()->getLocalBounds();
                        const auto strip = find (driver.editor(), "strip").getScreenBounds();
                        return std::abs (driver.editor().getWidth() - 720 * percent / 100) <= 1
                               && std::abs (window.getWidth() - driver.editor().getWidth()) <= 2
                               && driver.editor().getScreenBounds().contains (strip);
                    }));
                driver.pause (500);
                driver.screenshot ("window-scale-" + juce::String (percent));
            }

            driver.onMessageThread ([&] { driver.processor().settings->set (before); });
        },
        720, 460);
}

TEST_CASE ("Alt with Page Up and Page Down steps through presets wherever the keyboard is in a window", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            auto& processor = driver.processor();
            const auto names = driver.onMessageThread ([&] { return processor.presetNames(); });
            const auto isPreset = [&] (int index)
            { return driver.waitFor ([&] { return processor.session.presetName() == names[index].toStdString(); }); };

            driver.click (driver.middleOf ("nextPreset"));
            CHECK (isPreset (1));
            driver.key ("alt+Next");
            CHECK (isPreset (2));
            driver.key ("alt+Prior");
            CHECK (isPreset (1));

            // A dial has keys of its own for pages, and so has a list.
            driver.onMessageThread ([&] { find (driver.editor(), "mix/dial").grabKeyboardFocus(); });
            REQUIRE (hasKeyboard (driver, "mix/dial"));
            driver.key ("alt+Next");
            CHECK (isPreset (2));
            driver.key ("b");
            REQUIRE (hasKeyboard (driver, "browser/search"));
            driver.key ("alt+Next");
            CHECK (isPreset (3));
            CHECK (driver.waitFor ([&] { return ! processor.isLoading(); }));
            driver.screenshot ("window-presets");

            // A preset is found and loaded without the mouse.
            driver.onMessageThread ([&] { find<juce::ListBox> (driver.editor(), "browser/places").selectRow (3); });
            driver.type ("gated");
            driver.pause (200);
            driver.key ("Return");
            CHECK (driver.waitFor ([&] { return processor.session.presetName() == "Gated Snare"; }));
            driver.screenshot ("window-preset-found");
        });
}

TEST_CASE ("JUCE's file browser has the keyboard in a window and gives it back", "[.window]")
{
    if (juce::FileChooser::isPlatformDialogAvailable())
    {
        skip ("The system has a file dialog of its own.");
        return;
    }

    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("mine.wav"), { { { 1.0f, 0.5f } }, 48000.0 }, SampleFormat::int24) == "");
    WindowDriver::run (
        [&] (WindowDriver& driver)
        {
            auto& document = driver.processor().document;
            const auto kernelName = [&] {
                return driver.onMessageThread ([&]
                                               { return find<Header> (driver.editor(), "header").shownKernelName(); });
            };
            const auto first = kernelName();
            const auto isOpen = [] { return juce::Component::getNumCurrentlyModalComponents() > 0; };
            const auto isBack = [&] { return ! isOpen() && driver.editor().hasKeyboardFocus (true); };
            const bool wasB = document.isB();

            // Nothing is done behind it by what is typed, and Escape closes it.
            driver.click (driver.middleOf ("load"));
            REQUIRE (driver.waitFor (isOpen));
            driver.pause (200);
            driver.type ("ab2");
            CHECK (document.isB() == wasB);
            CHECK (shownView (driver) == 0);
            CHECK_FALSE (driver.onMessageThread ([&] { return find (driver.editor(), "browser").isVisible(); }));
            driver.screenshot ("window-file-browser");
            driver.key ("Escape");
            CHECK (driver.waitFor ([&] { return ! isOpen(); }));
            driver.screenshot ("window-file-browser-left");
            CAPTURE (driver.onMessageThread (
                []
                {
                    const auto* const focused = juce::Component::getCurrentlyFocusedComponent();
                    return focused == nullptr ? std::string ("nothing")
                                              : typeid (*focused).name() + focused->getName().toStdString();
                }));
            CHECK (driver.waitFor (isBack));

            // A whole path is typed; Enter goes there, and once more opens it.
            driver.onMessageThread ([&] { find (driver.editor(), "size/dial").grabKeyboardFocus(); });
            driver.click (driver.middleOf ("load"));
            REQUIRE (driver.waitFor (isOpen));
            driver.pause (200);
            driver.type (folder.path ("mine.wav"));
            driver.key ("Return");
            driver.pause (300);

            if (driver.onMessageThread (isOpen))
                driver.key ("Return");

            CHECK (
                driver.waitFor ([&] { return find<Header> (driver.editor(), "header").shownKernelName() == "mine"; }));
            CHECK (driver.waitFor (isBack));
            CHECK (hasKeyboard (driver, "size/dial"));
            driver.key ("2");
            CHECK (driver.waitFor ([&] { return find<Display> (driver.editor(), "display").shownView() == 1; }));
            driver.key ("ctrl+z");
            CHECK (
                driver.waitFor ([&] { return find<Header> (driver.editor(), "header").shownKernelName() == first; }));
        });
}

TEST_CASE ("A window that has no room for its scale on the screen shrinks its layout", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto before = driver.processor().settings->get();

            for (const int percent : { 150, 200 })
            {
                CAPTURE (percent);
                driver.onMessageThread (
                    [&]
                    {
                        auto values = before;
                        values.scalePercent = percent;
                        driver.processor().settings->set (values);
                        find<Header> (driver.editor(), "header").onScale (percent);
                    });
                driver.pause (800);
                driver.screenshot ("window-scale-fits-" + juce::String (percent));
                driver.onMessageThread (
                    [&]
                    {
                        const auto* const window = driver.editor().getTopLevelComponent();
                        const auto area = juce::Desktop::getInstance().getDisplays().getPrimaryDisplay()->userArea;
                        const auto& header = find (driver.editor(), "header");
                        CHECK (area.contains (
                            window->getPeer()->getFrameSizeIfPresent()->addedTo (window->getScreenBounds())));
                        CHECK (header.getWidth() >= PluginEditor::minimumWidth);
                        CHECK (header.getParentHeight() >= PluginEditor::minimumHeight);
                        CHECK (window->getWidth() > 1100);

                        if (percent == 150) // the layout may still give way
                            CHECK (std::abs (header.getWidth() * 3 / 2 - driver.editor().getWidth()) <= 2);
                    });
            }

            driver.onMessageThread ([&] { driver.processor().settings->set (before); });
        });
}

TEST_CASE ("The ring around a number of a dialog and around a page of the manual is whole", "[.window]")
{
    WindowDriver::run (
        [] (WindowDriver& driver)
        {
            const auto isRing = [] (juce::Colour pixel) {
                return std::abs (pixel.getBrightness() - theme::focus.getBrightness()) < 0.2f
                       && pixel.getSaturation() < 0.2f;
            };
            driver.onMessageThread ([&] { find<Header> (driver.editor(), "header").onMeasure(); });
            REQUIRE (hasKeyboard (driver, "dialogs/dialog"));
            driver.pause (200);
            driver.screenshot ("window-ring-measure");
            driver.onMessageThread (
                [&]
                {
                    auto* row = juce::Component::getCurrentlyFocusedComponent();
                    REQUIRE (row != nullptr);
                    const auto slider = row->getBounds();
                    row = row->getParentComponent();
                    const auto image = row->createComponentSnapshot (row->getLocalBounds());
                    CHECK (isRing (image.getPixelAt (slider.getCentreX(), 1)));
                    CHECK (isRing (image.getPixelAt (slider.getCentreX(), row->getHeight() - 2)));
                    CHECK (isRing (image.getPixelAt (slider.getX() - 2, row->getHeight() / 2)));
                    CHECK (isRing (image.getPixelAt (slider.getRight() + 1, row->getHeight() / 2)));
                });
            driver.key ("Escape");
            CHECK (driver.waitFor ([&] { return ! find (driver.editor(), "dialogs").isVisible(); }));

            driver.onMessageThread ([&] { find<Header> (driver.editor(), "header").onAbout(); });
            REQUIRE (hasKeyboard (driver, "dialogs/dialog"));
            driver.onMessageThread ([&] { find (driver.editor(), "page").grabKeyboardFocus(); });
            REQUIRE (hasKeyboard (driver, "page"));
            driver.pause (200);
            driver.screenshot ("window-ring-about");
            driver.onMessageThread (
                [&]
                {
                    auto& page = find (driver.editor(), "page");
                    const auto image = page.createComponentSnapshot (page.getLocalBounds());
                    CHECK (isRing (image.getPixelAt (page.getWidth() / 2, 0)));
                    CHECK (isRing (image.getPixelAt (page.getWidth() / 2, page.getHeight() - 1)));
                    CHECK (isRing (image.getPixelAt (0, page.getHeight() / 2)));
                    CHECK (isRing (image.getPixelAt (page.getWidth() - 1, page.getHeight() / 2)));
                });
        });
}
