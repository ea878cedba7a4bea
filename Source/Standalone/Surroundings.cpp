#include "Standalone/Surroundings.h"

#include <juce_audio_devices/juce_audio_devices.h>
#include <juce_events/juce_events.h>

namespace faltwerk
{

juce::String missingDisplay()
{
#if JUCE_LINUX || JUCE_BSD
    const auto name = juce::SystemStats::getEnvironmentVariable ("DISPLAY", {});

    if (name.isEmpty())
        return "There is no display (DISPLAY is not set).";

    // JUCE would crash if the display did not answer; ask the X library as JUCE finds it, at run time.
    juce::DynamicLibrary library ("libX11.so.6");
    using Open = void* (*) (const char*);
    using Close = int (*) (void*);
    const auto open = reinterpret_cast<Open> (library.getFunction ("XOpenDisplay"));
    const auto close = reinterpret_cast<Close> (library.getFunction ("XCloseDisplay"));

    if (open == nullptr || close == nullptr)
        return "The X library (libX11.so.6) is not installed.";

    if (void* const display = open (name.toRawUTF8()))
    {
        close (display);
        return {};
    }

    return "The display " + name + " does not answer.";
#else
    return {};
#endif
}

juce::String missingAudioDevice()
{
    const juce::ScopedJuceInitialiser_GUI juceInitialiser;
    juce::AudioDeviceManager devices;
    const auto error = devices.initialiseWithDefaultDevices (0, 2);

    if (devices.getCurrentAudioDevice() != nullptr)
        return {};

    return "There is no audio device"
           + (error.isNotEmpty() ? " (" + error.trim().trimCharactersAtEnd (".") + ")" : juce::String()) + ".";
}

} // namespace faltwerk
