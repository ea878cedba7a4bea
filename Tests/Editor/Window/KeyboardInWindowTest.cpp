// Who has the keyboard, and what a key does, in a real window. Run under a display, by run-under-display.sh.

#include "Editor/Browser/Browser.h"
#include "Editor/Browser/EntryList.h"
#include "Editor/Window/Display.h"
#include "Picture/Theme.h"
#include "Support/Files/Files.h"
#include "Support/Skip.h"
#include "Support/Window/Desk.h"
#include "Support/Window/Hand.h"
#include "Support/Window/Pictures.h"

#include <cmath>
#include <vector>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

const juce::String ellipsis = juce::String::charToString (0x2026);

int shownView (Desk& desk)
{
    return desk.onMessageThread ([&] { return find<Display> (desk.editor(), "display").shownView(); });
}

bool isDialogOpen (Desk& desk)
{
    return desk.onMessageThread ([&] { return find (desk.editor(), "dialogs").isVisible(); });
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
bool hasKeyboard (Desk& desk, const juce::String& path)
{
    return desk.waitFor ([&] { return find (desk.editor(), path).hasKeyboardFocus (true); }, 1000);
}

} // namespace

TEST_CASE ("In a window, a dialog that a menu has opened has the keyboard, and no key goes past it", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const auto kernel = desk.processor().kernelStatus().document;
            const bool wasB = desk.processor().document.isB();

            // With the mouse, before anything else has had the keyboard.
            desk.click (desk.middleOf ("preset"));
            desk.choose ("Save as" + ellipsis);
            REQUIRE (desk.waitFor ([&] { return find (desk.editor(), "dialogs").isVisible(); }));
            CHECK (hasKeyboard (desk, "dialogs/dialog"));
            desk.pause (300); // until the menu's window has gone
            desk.type ("abc 2");
            desk.screenshot ("window-dialog-by-mouse");
            CHECK (desk.onMessageThread ([&] { return find<juce::TextEditor> (desk.editor(), "name").getText(); })
                   == "abc 2");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));
            CHECK (desk.processor().presets.names().contains ("abc 2"));
            CHECK (desk.processor().kernelStatus().document == kernel);
            CHECK (desk.processor().document.isB() == wasB);
            CHECK_FALSE (desk.onMessageThread ([&] { return find (desk.editor(), "browser").isVisible(); }));

            // Each that the kernel's menu opens: keys of the window behind it do nothing, Escape closes it.
            for (const auto* const entry :
                 { "Make one", "Type or paste numbers", "Measure with a sweep", "Name and properties" })
            {
                CAPTURE (entry);
                desk.click (desk.middleOf ("kernelSelector/kernel"));
                desk.choose (entry + ellipsis);
                REQUIRE (desk.waitFor ([&] { return find (desk.editor(), "dialogs").isVisible(); }));
                CHECK (hasKeyboard (desk, "dialogs/dialog"));
                desk.key ("3");
                desk.key ("b");
                desk.key ("a");
                CHECK (shownView (desk) == 0);
                CHECK (desk.processor().document.isB() == wasB);
                CHECK_FALSE (desk.onMessageThread ([&] { return find (desk.editor(), "browser").isVisible(); }));

                // Even if something behind it has been given the keyboard.
                desk.onMessageThread ([&] { desk.editor().grabKeyboardFocus(); });
                desk.key ("3");
                CHECK (shownView (desk) == 0);
                CHECK (hasKeyboard (desk, "dialogs/dialog"));
                desk.key ("Escape");
                CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));
            }

            CHECK_FALSE (isDialogOpen (desk));
            desk.key ("3");
            CHECK (desk.waitFor ([&] { return find<Display> (desk.editor(), "display").shownView() == 2; }));
        });
}

TEST_CASE ("In a window, the keyboard is where it was after a value has been typed", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            auto& parameters = desk.processor().parameters;
            desk.click (desk.middleOf ("decay/value"));
            desk.type ("62%");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return std::abs (parameters.decay.get() - 62.0f) < 0.01f; }));
            CHECK (hasKeyboard (desk, "decay/dial"));
            desk.screenshot ("window-after-typing");
            desk.key ("2");
            CHECK (desk.waitFor ([&] { return find<Display> (desk.editor(), "display").shownView() == 1; }));
            desk.key ("ctrl+z");
            CHECK (desk.waitFor ([&] { return std::abs (parameters.decay.get() - 100.0f) < 0.01f; }));
            desk.key ("Tab");
            CHECK (desk.onMessageThread ([] { return juce::Component::getCurrentlyFocusedComponent() != nullptr; }));

            // Opened by Enter, left by Escape.
            desk.onMessageThread ([&] { find (desk.editor(), "size/dial").grabKeyboardFocus(); });
            desk.key ("Return");
            desk.type ("75");
            desk.key ("Escape");
            CHECK (hasKeyboard (desk, "size/dial"));
            CHECK (parameters.size.get() == Approx (100.0f));

            // Nonsense is marked, and goes when the field is left for another control, which keeps the keyboard.
            desk.key ("Return");
            desk.type ("nonsense");
            desk.key ("Return");
            desk.screenshot ("window-nonsense");
            desk.click (desk.middleOf ("mix/value"));
            desk.type ("40");
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return std::abs (parameters.mix.get() - 40.0f) < 0.01f; }));
            CHECK (parameters.size.get() == Approx (100.0f));
            CHECK (hasKeyboard (desk, "mix/dial"));
        });
}

TEST_CASE ("Tab comes by each stop of the window once and each shows its ring", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            // Knobs of a kernel that has come and gone are no other stops than before.
            desk.onMessageThread ([&] { desk.processor().document.clearKernel(); });
            desk.pause (800);
            desk.onMessageThread ([&] { desk.processor().document.undo(); });
            desk.pause (1500);
            desk.onMessageThread ([&] { find (desk.editor(), "load").grabKeyboardFocus(); });

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
                return desk.onMessageThread (
                    [&]
                    {
                        auto* const focused = juce::Component::getCurrentlyFocusedComponent();

                        if (focused == nullptr)
                            return Stop();

                        auto& editor = desk.editor();
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
                desk.key ("Tab");
                desk.pause (60);
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
                desk.onMessageThread ([&] { desk.editor().grabKeyboardFocus(); });
                desk.key (key);
                const auto stop = present();
                CAPTURE (key, stop.name.toStdString());
                CHECK (stop.component != nullptr);
                CHECK (stop.name.startsWith (expected > 0 ? "browse/" : "dial/Out"));
            }

            // Out of a field that is open, Tab goes on from its knob.
            desk.onMessageThread ([&] { find (desk.editor(), "size/dial").grabKeyboardFocus(); });
            desk.key ("Return");
            desk.type ("75");
            desk.key ("Tab");
            CHECK (desk.waitFor ([&] { return std::abs (desk.processor().parameters.size.get() - 75.0f) < 0.01f; }));
            CHECK (hasKeyboard (desk, "decay/dial"));
        });
}

TEST_CASE ("The browser in a window shows one focus ring wherever the keyboard goes", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            desk.key ("b");
            CHECK (hasKeyboard (desk, "browser/search"));
            const char* const parts[] = { "browser/search", "browser/places", "browser/entries" };
            const auto rings = [&]
            {
                desk.pause (400);
                desk.screenshot ("window-rings");
                const auto picture =
                    juce::ImageFileFormat::loadFrom (juce::File (FALTWERK_ARTEFACTS).getChildFile ("window-rings.png"));
                std::vector<bool> result;

                for (const auto* const part : parts)
                    result.push_back (ringIn (picture, desk.boundsOf (part)) > 60);

                return result;
            };
            CHECK (rings() == std::vector<bool> { true, false, false });

            // A kernel, a place, and a kernel again.
            const auto entry = [&]
            {
                const auto list = desk.boundsOf ("browser/entries");
                return juce::Point<int> (list.getX() + 80, list.getY() + 72);
            };
            const auto place = [&] (int row)
            {
                const auto list = desk.onMessageThread (
                    [&]
                    {
                        auto& places = find<juce::ListBox> (desk.editor(), "browser/places");
                        return places.localAreaToGlobal (places.getRowPosition (row, true));
                    });
                return list.getCentre();
            };
            desk.click (entry());
            CHECK (rings() == std::vector<bool> { false, false, true });
            desk.click (place (3)); // the presets
            CHECK (rings() == std::vector<bool> { false, true, false });
            desk.click (place (0));
            CHECK (rings() == std::vector<bool> { false, true, false });
            desk.click (entry());
            CHECK (rings() == std::vector<bool> { false, false, true });
            desk.click (desk.middleOf ("browser/search"));
            CHECK (rings() == std::vector<bool> { true, false, false });
        });
}

TEST_CASE ("The arrow keys go through the parts of the manual in a window", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            desk.onMessageThread ([&] { find<Header> (desk.editor(), "header").onAbout(); });
            REQUIRE (hasKeyboard (desk, "dialogs/dialog/part0"));
            const auto title = [&]
            { return desk.onMessageThread ([&] { return find (desk.editor(), "dialogs/dialog/page").getTitle(); }); };
            desk.key ("Down");
            CHECK (hasKeyboard (desk, "dialogs/dialog/part1"));
            CHECK (title() == "The window");
            desk.key ("End");
            CHECK (hasKeyboard (desk, "dialogs/dialog/part5"));
            CHECK (title() == "How fast");
            desk.key ("Down"); // it is the last
            CHECK (hasKeyboard (desk, "dialogs/dialog/part5"));
            desk.key ("Up");
            CHECK (hasKeyboard (desk, "dialogs/dialog/part4"));
            desk.key ("Home");
            CHECK (hasKeyboard (desk, "dialogs/dialog/part0"));
            CHECK (title() == "About");
        });
}

TEST_CASE ("In a window, Escape clears a search and what it has filtered", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const auto numRows = [&]
            { return desk.onMessageThread ([&] { return find<EntryList> (desk.editor(), "entries").getNumRows(); }); };
            desk.key ("b");
            desk.pause (800);
            const int all = numRows();
            REQUIRE (all > 30);
            desk.type ("plate");
            CHECK (desk.waitFor ([&] { return find<EntryList> (desk.editor(), "entries").getNumRows() < all / 2; }));
            desk.key ("Escape");
            CHECK (desk.waitFor ([&] { return find<EntryList> (desk.editor(), "entries").getNumRows() == all; }));
            desk.screenshot ("window-search-cleared");
        });
}

TEST_CASE ("In a window, the window follows the scale", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const auto before = desk.processor().settings->get();

            for (const int percent : { 150, 75, 100 })
            {
                CAPTURE (percent);
                desk.onMessageThread (
                    [&]
                    {
                        auto values = before;
                        values.scalePercent = percent;
                        desk.processor().settings->set (values);
                        find<Header> (desk.editor(), "header").onScale (percent);
                    });
                CHECK (desk.waitFor (
                    [&]
                    {
                        const auto window = desk.editor().getTopLevelComponent()->getLocalBounds();
                        const auto strip = find (desk.editor(), "strip").getScreenBounds();
                        return std::abs (desk.editor().getWidth() - 720 * percent / 100) <= 1
                               && std::abs (window.getWidth() - desk.editor().getWidth()) <= 2
                               && desk.editor().getScreenBounds().contains (strip);
                    }));
                desk.pause (500);
                desk.screenshot ("window-scale-" + juce::String (percent));
            }

            desk.onMessageThread ([&] { desk.processor().settings->set (before); });
        },
        720, 460);
}

TEST_CASE ("Alt with Page Up and Page Down steps through presets wherever the keyboard is in a window", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            auto& processor = desk.processor();
            const auto names = desk.onMessageThread ([&] { return processor.presetNames(); });
            const auto isPreset = [&] (int index)
            { return desk.waitFor ([&] { return processor.document.presetName() == names[index].toStdString(); }); };

            desk.click (desk.middleOf ("nextPreset"));
            CHECK (isPreset (1));
            desk.key ("alt+Next");
            CHECK (isPreset (2));
            desk.key ("alt+Prior");
            CHECK (isPreset (1));

            // A dial has keys of its own for pages, and so has a list.
            desk.onMessageThread ([&] { find (desk.editor(), "mix/dial").grabKeyboardFocus(); });
            REQUIRE (hasKeyboard (desk, "mix/dial"));
            desk.key ("alt+Next");
            CHECK (isPreset (2));
            desk.key ("b");
            REQUIRE (hasKeyboard (desk, "browser/search"));
            desk.key ("alt+Next");
            CHECK (isPreset (3));
            CHECK (desk.waitFor ([&] { return ! processor.isLoading(); }));
            desk.screenshot ("window-presets");

            // A preset is found and loaded without the mouse.
            desk.onMessageThread ([&] { find<juce::ListBox> (desk.editor(), "browser/places").selectRow (3); });
            desk.type ("gated");
            desk.pause (200);
            desk.key ("Return");
            CHECK (desk.waitFor ([&] { return processor.document.presetName() == "Gated Snare"; }));
            desk.screenshot ("window-preset-found");
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
    Desk::run (
        [&] (Desk& desk)
        {
            auto& document = desk.processor().document;
            const auto kernelName = [&]
            { return desk.onMessageThread ([&] { return find<Header> (desk.editor(), "header").shownKernelName(); }); };
            const auto first = kernelName();
            const auto isOpen = [] { return juce::Component::getNumCurrentlyModalComponents() > 0; };
            const auto isBack = [&] { return ! isOpen() && desk.editor().hasKeyboardFocus (true); };
            const bool wasB = document.isB();

            // Nothing is done behind it by what is typed, and Escape closes it.
            desk.click (desk.middleOf ("load"));
            REQUIRE (desk.waitFor (isOpen));
            desk.pause (200);
            desk.type ("ab2");
            CHECK (document.isB() == wasB);
            CHECK (shownView (desk) == 0);
            CHECK_FALSE (desk.onMessageThread ([&] { return find (desk.editor(), "browser").isVisible(); }));
            desk.screenshot ("window-file-browser");
            desk.key ("Escape");
            CHECK (desk.waitFor ([&] { return ! isOpen(); }));
            desk.screenshot ("window-file-browser-left");
            CAPTURE (desk.onMessageThread (
                []
                {
                    const auto* const focused = juce::Component::getCurrentlyFocusedComponent();
                    return focused == nullptr ? std::string ("nothing")
                                              : typeid (*focused).name() + focused->getName().toStdString();
                }));
            CHECK (desk.waitFor (isBack));

            // A whole path is typed; Enter goes there, and once more opens it.
            desk.onMessageThread ([&] { find (desk.editor(), "size/dial").grabKeyboardFocus(); });
            desk.click (desk.middleOf ("load"));
            REQUIRE (desk.waitFor (isOpen));
            desk.pause (200);
            desk.type (folder.path ("mine.wav"));
            desk.key ("Return");
            desk.pause (300);

            if (desk.onMessageThread (isOpen))
                desk.key ("Return");

            CHECK (desk.waitFor ([&] { return find<Header> (desk.editor(), "header").shownKernelName() == "mine"; }));
            CHECK (desk.waitFor (isBack));
            CHECK (hasKeyboard (desk, "size/dial"));
            desk.key ("2");
            CHECK (desk.waitFor ([&] { return find<Display> (desk.editor(), "display").shownView() == 1; }));
            desk.key ("ctrl+z");
            CHECK (desk.waitFor ([&] { return find<Header> (desk.editor(), "header").shownKernelName() == first; }));
        });
}

TEST_CASE ("A window that has no room for its scale on the screen shrinks its layout", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const auto before = desk.processor().settings->get();

            for (const int percent : { 150, 200 })
            {
                CAPTURE (percent);
                desk.onMessageThread (
                    [&]
                    {
                        auto values = before;
                        values.scalePercent = percent;
                        desk.processor().settings->set (values);
                        find<Header> (desk.editor(), "header").onScale (percent);
                    });
                desk.pause (800);
                desk.screenshot ("window-scale-fits-" + juce::String (percent));
                desk.onMessageThread (
                    [&]
                    {
                        const auto* const window = desk.editor().getTopLevelComponent();
                        const auto area = juce::Desktop::getInstance().getDisplays().getPrimaryDisplay()->userArea;
                        const auto& header = find (desk.editor(), "header");
                        CHECK (area.contains (
                            window->getPeer()->getFrameSizeIfPresent()->addedTo (window->getScreenBounds())));
                        CHECK (header.getWidth() >= PluginEditor::minimumWidth);
                        CHECK (header.getParentHeight() >= PluginEditor::minimumHeight);
                        CHECK (window->getWidth() > 1100);

                        if (percent == 150) // the layout may still give way
                            CHECK (std::abs (header.getWidth() * 3 / 2 - desk.editor().getWidth()) <= 2);
                    });
            }

            desk.onMessageThread ([&] { desk.processor().settings->set (before); });
        });
}

TEST_CASE ("The ring around a number of a dialog and around a page of the manual is whole", "[.window]")
{
    Desk::run (
        [] (Desk& desk)
        {
            const auto isRing = [] (juce::Colour pixel) {
                return std::abs (pixel.getBrightness() - theme::focus.getBrightness()) < 0.2f
                       && pixel.getSaturation() < 0.2f;
            };
            desk.onMessageThread ([&] { find<Header> (desk.editor(), "header").onMeasure(); });
            REQUIRE (hasKeyboard (desk, "dialogs/dialog"));
            desk.pause (200);
            desk.screenshot ("window-ring-measure");
            desk.onMessageThread (
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
            desk.key ("Escape");
            CHECK (desk.waitFor ([&] { return ! find (desk.editor(), "dialogs").isVisible(); }));

            desk.onMessageThread ([&] { find<Header> (desk.editor(), "header").onAbout(); });
            REQUIRE (hasKeyboard (desk, "dialogs/dialog"));
            desk.onMessageThread ([&] { find (desk.editor(), "page").grabKeyboardFocus(); });
            REQUIRE (hasKeyboard (desk, "page"));
            desk.pause (200);
            desk.screenshot ("window-ring-about");
            desk.onMessageThread (
                [&]
                {
                    auto& page = find (desk.editor(), "page");
                    const auto image = page.createComponentSnapshot (page.getLocalBounds());
                    CHECK (isRing (image.getPixelAt (page.getWidth() / 2, 0)));
                    CHECK (isRing (image.getPixelAt (page.getWidth() / 2, page.getHeight() - 1)));
                    CHECK (isRing (image.getPixelAt (0, page.getHeight() / 2)));
                    CHECK (isRing (image.getPixelAt (page.getWidth() - 1, page.getHeight() / 2)));
                });
        });
}
