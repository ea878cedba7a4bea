#pragma once

#include "Editor/Window/PluginEditor.h"
#include "Support/Plugin.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <thread>

namespace faltwerk::test
{

/** The editor in a real window on a (virtual) display, played with by real clicks and keys, through xdotool, while its
    message loop and an audio thread run. */
class WindowDriver
{
public:
    /** Opens the window, and runs a script on a thread of its own until it ends. Its checks may fail there. */
    static void run (const std::function<void (WindowDriver&)>& script, int width = 1100, int height = 700);

    PluginProcessor& processor() { return *plugin; }

    /** Runs something on the message thread, and gives what it gives. */
    template <typename Act>
    auto onMessageThread (Act&& act)
    {
        using Result = decltype (act());
        std::promise<Result> promise;
        auto future = promise.get_future();
        juce::MessageManager::callAsync (
            [&]
            {
                if constexpr (std::is_void_v<Result>)
                {
                    act();
                    promise.set_value();
                }
                else
                {
                    promise.set_value (act());
                }
            });
        return future.get();
    }

    PluginEditor& editor() { return *shown; } // on the message thread only

    /** The place of a component's middle on the screen, by its identifiers. */
    juce::Point<int> middleOf (const juce::String& path);
    juce::Rectangle<int> boundsOf (const juce::String& path);

    /** Clicks an entry of the menu that is open, by its words. */
    void choose (const juce::String& entry);

    void moveTo (juce::Point<int>);
    void click (juce::Point<int>, int button = 1);
    void doubleClick (juce::Point<int>);
    void drag (juce::Point<int> from, juce::Point<int> to);

    /** The two halves of a drag. */
    void hold (juce::Point<int> from, juce::Point<int> to);
    void letGo();

    void wheel (juce::Point<int>, int notches); // up is positive
    void key (const juce::String& name);        // as xdotool names it: "Tab", "ctrl+z"
    void type (const juce::String& text);
    void resize (int width, int height);

    /** A picture of the whole display among the artefacts. */
    void screenshot (const juce::String& name);

    /** Waits until something holds, on the message thread; false if it never does. */
    bool waitFor (const std::function<bool()>&, int milliseconds = 5000);
    void pause (int milliseconds) { juce::Thread::sleep (milliseconds); }

    /** Seconds that the message thread has computed. */
    double messageThreadTime();

    /** What the input is: noise of some level, in bursts; 0: silence. */
    std::atomic<float> inputLevel { 0.1f };

private:
    class Window;

    WindowDriver (int width, int height);
    ~WindowDriver();
    void xdotool (juce::StringArray arguments);

    std::unique_ptr<PluginProcessor> plugin;
    std::unique_ptr<Window> window;
    PluginEditor* shown = nullptr;
    std::atomic<bool> playing { true };
    std::thread audio;
};

} // namespace faltwerk::test
