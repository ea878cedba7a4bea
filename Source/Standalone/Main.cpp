// The app: a window, or with --demo the main job without one.

#include "Standalone/App.h"
#include "Standalone/Demo.h"
#include "Standalone/Surroundings.h"

#include <iostream>

namespace
{

constexpr int wrongUse = 2, nowhereToShow = 3;

const char* const help = "Faltwerk: convolve live sound with a kernel, with no added latency\n"
                         "\n"
                         "  Faltwerk                               open the app\n"
                         "  Faltwerk --demo OUT.wav [--picture OUT.png]\n"
                         "                                         play a loop into a file, without display or device\n"
                         "  Faltwerk --probe                       say whether there is a display and an audio device\n"
                         "  Faltwerk --version, --help\n";

/** Handles what needs no window. Returns the exit code, or none if the app should open. */
std::optional<int> runWithoutWindow (const juce::StringArray& arguments)
{
    const auto fileAfter = [&arguments] (const char* option)
    {
        const int index = arguments.indexOf (option);
        return index >= 0 && index + 1 < arguments.size()
                   ? juce::File::getCurrentWorkingDirectory().getChildFile (arguments[index + 1])
                   : juce::File();
    };

    if (arguments.contains ("--help"))
    {
        std::cout << help;
        return 0;
    }

    if (arguments.contains ("--version"))
    {
        std::cout << "Faltwerk " << JucePlugin_VersionString << '\n';
        return 0;
    }

    if (arguments.contains ("--demo"))
    {
        if (fileAfter ("--demo") == juce::File())
        {
            std::cerr << "Faltwerk: --demo needs the name of the WAV file to write.\n";
            return wrongUse;
        }

        return faltwerk::runDemo (fileAfter ("--demo"), fileAfter ("--picture"));
    }

    const auto display = faltwerk::missingDisplay();

    if (arguments.contains ("--probe"))
    {
        const auto reason = display.isNotEmpty() ? display : faltwerk::missingAudioDevice();
        std::cout << (reason.isEmpty() ? "There is a display and an audio device." : reason) << '\n';
        return reason.isEmpty() ? 0 : nowhereToShow;
    }

    if (display.isNotEmpty())
    {
        std::cerr << "Faltwerk: " << display << " Start it in a graphical session, or use --demo OUT.wav.\n";
        return nowhereToShow;
    }

    return {};
}

} // namespace

#if JUCE_WINDOWS
int __stdcall WinMain (struct HINSTANCE__*, struct HINSTANCE__*, char*, int)
{
    if (const auto code = runWithoutWindow (juce::JUCEApplicationBase::getCommandLineParameterArray()))
        return *code;

    juce::JUCEApplicationBase::createInstance = faltwerk::createApp;
    return juce::JUCEApplicationBase::main();
}
#else
int main (int argc, char* argv[])
{
    if (const auto code = runWithoutWindow (juce::StringArray (argv + 1, argc - 1)))
        return *code;

    juce::JUCEApplicationBase::createInstance = faltwerk::createApp;
    return juce::JUCEApplicationBase::main (argc, const_cast<const char**> (argv));
}
#endif
