#include "Support/Window/WindowDriver.h"

#include "Support/Files/Process.h"
#include "Support/Window/Mouse.h"

#include <chrono>
#include <exception>

#if JUCE_LINUX || JUCE_BSD
    #include <ctime>
#endif

namespace faltwerk::test
{

class WindowDriver::Window : public juce::DocumentWindow
{
public:
    Window()
        : juce::DocumentWindow ("Faltwerk test", juce::Colours::black, allButtons)
    {
        setUsingNativeTitleBar (true);
        setResizable (true, false);
    }

    void closeButtonPressed() override {}
};

WindowDriver::WindowDriver (int width, int height)
    : plugin (makeProcessor())
{
    settle (*plugin);
    window = std::make_unique<Window>();
    shown = new PluginEditor (*plugin);
    shown->setSize (width, height);
    window->setContentOwned (shown, true);
    window->setTopLeftPosition (40, 40);
    window->setVisible (true);
    window->toFront (true);

    audio = std::thread (
        [this]
        {
            juce::AudioBuffer<float> block (2, 256);
            juce::MidiBuffer midi;
            juce::Random random (1);
            auto next = std::chrono::steady_clock::now();

            for (int n = 0; playing; ++n)
            {
                const float level = n % 180 < 120 ? inputLevel.load() : 0.0f;

                for (int channel = 0; channel < 2; ++channel)
                    for (int frame = 0; frame < 256; ++frame)
                        block.setSample (channel, frame, level * (2.0f * random.nextFloat() - 1.0f));

                plugin->processBlock (block, midi);
                next += std::chrono::microseconds (256 * 1000000LL / 48000);
                std::this_thread::sleep_until (next);
            }
        });
}

WindowDriver::~WindowDriver()
{
    playing = false;
    audio.join();
    window = nullptr;
}

void WindowDriver::run (const std::function<void (WindowDriver&)>& script, int width, int height)
{
    const Juce juce;
    LookAndFeel lookAndFeel; // for dialogs and menus, as the app has it
    juce::LookAndFeel::setDefaultLookAndFeel (&lookAndFeel);
    std::exception_ptr failure;

    {
        WindowDriver driver (width, height);
        std::thread hands (
            [&]
            {
                try
                {
                    driver.pause (700); // until the window manager has placed it
                    driver.onMessageThread ([&] { driver.editor().grabKeyboardFocus(); });
                    script (driver);
                }
                catch (...)
                {
                    failure = std::current_exception();
                }

                juce::MessageManager::getInstance()->stopDispatchLoop();
            });
        juce::MessageManager::getInstance()->runDispatchLoop();
        hands.join();
    }

    juce::LookAndFeel::setDefaultLookAndFeel (nullptr);

    if (failure != nullptr)
        std::rethrow_exception (failure);
}

juce::Rectangle<int> WindowDriver::boundsOf (const juce::String& path)
{
    return onMessageThread (
        [&]
        {
            const auto* const component = findComponent (editor(), path);
            return component != nullptr ? component->getScreenBounds() : juce::Rectangle<int>();
        });
}

juce::Point<int> WindowDriver::middleOf (const juce::String& path)
{
    const auto bounds = boundsOf (path);
    CAPTURE (path.toStdString());
    REQUIRE_FALSE (bounds.isEmpty());
    return bounds.getCentre();
}

void WindowDriver::choose (const juce::String& entry)
{
    const auto find = [&entry]
    {
        juce::Rectangle<int> place;

        for (int n = 0; n < juce::Desktop::getInstance().getNumComponents(); ++n)
            for (auto* const item : juce::Desktop::getInstance().getComponent (n)->getChildren())
                if (const auto* const handler = item->getAccessibilityHandler();
                    handler != nullptr && handler->getRole() == juce::AccessibilityRole::menuItem
                    && handler->getTitle() == entry)
                    place = item->getScreenBounds();

        return place;
    };
    CAPTURE (entry.toStdString());
    REQUIRE (waitFor ([&] { return ! find().isEmpty(); }));
    pause (400); // a menu takes no click just after it has opened
    click (onMessageThread (find).getCentre());
}

void WindowDriver::xdotool (juce::StringArray arguments)
{
    std::vector<std::string> command { "xdotool" };

    for (const auto& argument : arguments)
        command.push_back (argument.toStdString());

    const auto result = runProcess (command, 10000);
    CAPTURE (arguments.joinIntoString (" ").toStdString(), result.errors);
    REQUIRE (result.exitCode == 0);
    pause (60);
}

void WindowDriver::moveTo (juce::Point<int> place)
{
    xdotool ({ "mousemove", juce::String (place.x), juce::String (place.y) });
}

void WindowDriver::click (juce::Point<int> place, int button)
{
    moveTo (place);
    xdotool ({ "click", juce::String (button) });
}

void WindowDriver::doubleClick (juce::Point<int> place)
{
    moveTo (place);
    xdotool ({ "click", "--repeat", "2", "--delay", "80", "1" });
}

void WindowDriver::drag (juce::Point<int> from, juce::Point<int> to)
{
    hold (from, to);
    letGo();
}

void WindowDriver::hold (juce::Point<int> from, juce::Point<int> to)
{
    moveTo (from);
    xdotool ({ "mousedown", "1" });

    for (int step = 1; step <= 8; ++step)
        moveTo (from + (to - from) * step / 8);

    // As a hand does before it lets go: what another application drags may have missed the last move.
    for (const int aside : { 2, 0 })
        moveTo (to.translated (aside, 0));
}

void WindowDriver::letGo() { xdotool ({ "mouseup", "1" }); }

void WindowDriver::wheel (juce::Point<int> place, int notches)
{
    moveTo (place);
    xdotool ({ "click", "--repeat", juce::String (std::abs (notches)), "--delay", "40", notches > 0 ? "4" : "5" });
}

void WindowDriver::key (const juce::String& name) { xdotool ({ "key", name }); }

void WindowDriver::type (const juce::String& text) { xdotool ({ "type", "--delay", "30", "--", text }); }

void WindowDriver::resize (int width, int height)
{
    onMessageThread ([&] { editor().setSize (width, height); });
    pause (500);
}

void WindowDriver::screenshot (const juce::String& name)
{
    const juce::File folder (FALTWERK_ARTEFACTS);
    REQUIRE (folder.createDirectory().wasOk());
    const auto file = folder.getChildFile (name + ".png").getFullPathName().toStdString();
    CHECK (runProcess ({ "import", "-window", "root", file }, 20000).exitCode == 0);
}

bool WindowDriver::waitFor (const std::function<bool()>& holds, int milliseconds)
{
    for (int waited = 0; waited < milliseconds; waited += 50)
    {
        if (onMessageThread (holds))
            return true;

        pause (50);
    }

    return false;
}

double WindowDriver::messageThreadTime()
{
#if JUCE_LINUX || JUCE_BSD
    return onMessageThread (
        []
        {
            timespec time {};
            clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
            return static_cast<double> (time.tv_sec) + 1e-9 * static_cast<double> (time.tv_nsec);
        });
#else
    return 0.0;
#endif
}

} // namespace faltwerk::test
