#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Process.h"

#include <algorithm>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Settings as the app saves them: an unmuted input, and a state. */
void writeSettings (const TemporaryFolder& folder, const juce::MemoryBlock& state)
{
    juce::PropertiesFile::Options options;
    options.applicationName = "Faltwerk";
    const auto file = folder / ".config/Faltwerk.settings";
    REQUIRE (file.getParentDirectory().createDirectory().wasOk());
    juce::PropertiesFile settings (file, options);
    settings.setValue ("shouldMuteInput", false);
    settings.setValue ("filterState", state.toBase64Encoding());
    REQUIRE (settings.save());
}

/** The delay at which `recorded` is most like `expected`, by the oracle's convolution with the latter reversed. */
size_t delayOf (const std::vector<float>& recorded, const std::vector<double>& expected)
{
    const std::vector<float> reversed (expected.rbegin(), expected.rend());
    const auto correlation = oracle (recorded, reversed);
    const auto largest = std::max_element (correlation.begin(), correlation.end());
    return static_cast<size_t> (largest - correlation.begin()) - (expected.size() - 1);
}

bool has (const char* program)
{
    return runProcess ({ "sh", "-c", std::string ("command -v ") + program }).exitCode == 0;
}

} // namespace

TEST_CASE ("The app convolves what comes through JACK", "[live]")
{
    for (const char* program : { "jackd", "jack_lsp", "xvfb-run", "openbox", "import" })
    {
        if (! has (program))
        {
            WARN (program << " is not installed: the app is not tried under JACK.");
            return;
        }
    }

    const Juce juce;
    const TemporaryFolder folder;
    const Sound kernel { { decayingNoise (24000, 90), decayingNoise (24000, 91) }, 48000 };
    REQUIRE (writeSound (folder.path ("kernel.wav"), kernel, SampleFormat::float32) == "");
    const Sound input { { noise (96000, 92, 0.1), noise (96000, 93, 0.1) }, 48000 };
    REQUIRE (writeSound (folder.path ("input.wav"), input, SampleFormat::float32) == "");

    juce::MemoryBlock state;

    {
        PluginProcessor processor;
        load (processor, folder / "kernel.wav");
        setWetOnly (processor);
        processor.getStateInformation (state);
    }

    writeSettings (folder, state);
    const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_JACK, FALTWERK_APP, FALTWERK_JACK_PROBE,
                                      folder.path (""), folder.path ("input.wav") },
                                    120000);
    CAPTURE (result.output, result.errors, (folder / "app.log").loadFileAsString());
    REQUIRE (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("drop-outs 0"));

    const auto output = readSound (folder.path ("output.wav"));
    REQUIRE (output);
    REQUIRE (output->channels.size() == 2);

    for (size_t channel = 0; channel < 2; ++channel)
    {
        const auto expected = oracle (input.channels[channel], kernel.channels[channel]);
        const size_t delay = delayOf (output->channels[channel], expected);
        CAPTURE (channel, delay);
        CHECK (delay % 1024 == 0); // whole periods of JACK's, none of ours
        REQUIRE (delay + expected.size() <= output->lengthInFrames());
        CHECK (errorInDb (std::span (output->channels[channel]).subspan (delay, expected.size()), expected) < -115.0);
    }

    CHECK ((folder / "window.png").getSize() > 10000);

    juce::File (FALTWERK_ARTEFACTS).createDirectory();
    CHECK ((folder / "window.png").copyFileTo (juce::File (FALTWERK_ARTEFACTS).getChildFile ("app-under-display.png")));
}

TEST_CASE ("The app comes back as it was left", "[live]")
{
    for (const char* program : { "xvfb-run", "openbox", "xdotool", "import" })
    {
        if (! has (program))
        {
            WARN (program << " is not installed: the app is not tried in a window.");
            return;
        }
    }

    const Juce juce;
    const TemporaryFolder folder;
    const auto use = [&folder] (const std::string& picture, const std::vector<std::string>& keys)
    {
        std::vector<std::string> command {
            "bash",           FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_USE_APP, FALTWERK_APP,
            folder.path (""), folder.path (picture)
        };
        command.insert (command.end(), keys.begin(), keys.end());
        const auto result = runProcess (command, 60000);
        CAPTURE (result.output, result.errors, (folder / "app.log").loadFileAsString());
        REQUIRE (result.exitCode == 0);
        juce::File (FALTWERK_ARTEFACTS).createDirectory();
        CHECK ((folder / picture).copyFileTo (juce::File (FALTWERK_ARTEFACTS).getChildFile (picture)));
    };
    const auto left = [&folder]
    {
        juce::PropertiesFile::Options options;
        options.applicationName = "Faltwerk";
        const juce::PropertiesFile settings (folder / ".config/Faltwerk.settings", options);
        juce::MemoryBlock state;
        REQUIRE (state.fromBase64Encoding (settings.getValue ("filterState")));
        auto processor = std::make_unique<PluginProcessor> (folder / "user");
        restore (*processor, state);
        return processor;
    };

    // The next kernel, slot B, the spectrum: then shut, and opened again with nothing done.
    use ("app-first.png", { "alt+Right", "wait", "a", "2", "wait" });
    const auto first = left();
    CHECK (first->document.isB());
    CHECK (first->document.viewState().view == 1);
    REQUIRE (first->document.present().kernel != nullptr);
    CHECK (first->document.present().kernel->name != "Concert Hall");
    use ("app-again.png", { "wait" });
    const auto again = left();
    CHECK (again->document.isB());
    CHECK (again->document.present() == first->document.present());
    CHECK (again->document.viewState().view == 1);
}

TEST_CASE ("Without a display the app says so, and plays the loop into a file", "[live]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const auto app = [] (std::vector<std::string> arguments)
    {
        arguments.insert (arguments.begin(), { "env", "-u", "DISPLAY", FALTWERK_APP });
        return runProcess (arguments);
    };

    const auto window = app ({});
    CHECK (window.exitCode == 3);
    CHECK_THAT (window.errors, Contains ("no display") && Contains ("--demo"));
    CHECK (app ({ "--probe" }).exitCode == 3);
    CHECK_THAT (app ({ "--help" }).output, Contains ("--picture"));
    CHECK_THAT (app ({ "--version" }).output, Contains ("Faltwerk 0."));

    const auto demo = app ({ "--demo", folder.path ("demo.wav"), "--picture", folder.path ("demo.png") });
    CAPTURE (demo.errors);
    REQUIRE (demo.exitCode == 0);
    CHECK_THAT (demo.output,
                Contains ("latency         0 samples") && Contains ("load") && Contains ("worst callback"));
    const auto sound = readSound (folder.path ("demo.wav"));
    REQUIRE (sound);
    CHECK (sound->lengthInFrames() == 576000);
    CHECK (juce::ImageFileFormat::loadFrom (folder / "demo.png").getBounds() == juce::Rectangle<int> (2200, 1400));

    CHECK (app ({ "--demo" }).exitCode == 2);
    CHECK (app ({ "--demo", folder.path ("nowhere/demo.wav") }).exitCode == 1);
}
