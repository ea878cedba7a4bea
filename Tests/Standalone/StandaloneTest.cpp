#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Process.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Skip.h"

#include <algorithm>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Settings as the app saves them: an unmuted input, a state, and a chosen audio device unless that is empty. */
void writeSettings (const TemporaryFolder& folder, const juce::MemoryBlock& state, const juce::String& device = {})
{
    juce::PropertiesFile::Options options;
    options.applicationName = "Faltwerk";
    const auto file = folder / ".config/Faltwerk.settings";
    REQUIRE (file.getParentDirectory().createDirectory().wasOk());
    juce::PropertiesFile settings (file, options);
    settings.setValue ("shouldMuteInput", false);
    settings.setValue ("filterState", state.toBase64Encoding());
    settings.setValue ("audioSetup", device);
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

/** Returns true if programs are installed; else the test is skipped. */
bool hasAll (std::initializer_list<const char*> programs)
{
    for (const char* const program : programs)
    {
        if (runProcess ({ "sh", "-c", std::string ("command -v ") + program }).exitCode == 0)
            continue;

        skip (std::string (program) + " is not installed: the app is not tried.");
        return false;
    }

    return true;
}

/** The state that the app has left in its settings. */
std::unique_ptr<PluginProcessor> leftBehind (const TemporaryFolder& folder)
{
    juce::PropertiesFile::Options options;
    options.applicationName = "Faltwerk";
    const juce::PropertiesFile settings (folder / ".config/Faltwerk.settings", options);
    juce::MemoryBlock state;
    REQUIRE (state.fromBase64Encoding (settings.getValue ("filterState")));
    auto processor = std::make_unique<PluginProcessor> (folder / "user");
    restore (*processor, state);
    return processor;
}

/** Writes a stereo kernel and a session that sounds with it alone, as the app's settings. */
Sound writeSession (const TemporaryFolder& folder, const juce::String& device = {})
{
    const Sound kernel { { decayingNoise (24000, 90), decayingNoise (24000, 91) }, 48000 };
    REQUIRE (writeSound (folder.path ("kernel.wav"), kernel, SampleFormat::float32) == "");
    juce::MemoryBlock state;
    PluginProcessor processor;
    load (processor, folder / "kernel.wav");
    setWetOnly (processor);
    processor.getStateInformation (state);
    writeSettings (folder, state, device);
    return kernel;
}

/** Checks that what a probe recorded is its input, convolved, after whole periods of JACK's. */
void checkConvolved (const std::string& recording, const Sound& input, const Sound& kernel)
{
    const auto output = readSound (recording);
    REQUIRE (output);
    REQUIRE (output->channels.size() == 2);

    for (size_t channel = 0; channel < 2; ++channel)
    {
        const auto expected = oracle (input.channels[channel], kernel.channels[channel]);
        const size_t delay = delayOf (output->channels[channel], expected);
        CAPTURE (channel, delay);
        CHECK (delay % 1024 == 0); // the app adds none
        REQUIRE (delay + expected.size() <= output->lengthInFrames());
        CHECK (errorInDb (std::span (output->channels[channel]).subspan (delay, expected.size()), expected) < -115.0);
    }
}

/** Keeps a picture where it can be looked at. */
void keepPicture (const juce::File& picture, const juce::String& name)
{
    juce::File (FALTWERK_ARTEFACTS).createDirectory();
    CHECK (picture.copyFileTo (juce::File (FALTWERK_ARTEFACTS).getChildFile (name)));
}

} // namespace

TEST_CASE ("The app convolves what comes through JACK", "[live]")
{
    if (! hasAll ({ "jackd", "jack_lsp", "xvfb-run", "openbox", "import" }))
        return;

    const Juce juce;
    const TemporaryFolder folder;
    const auto kernel = writeSession (folder);
    const Sound input { { noise (96000, 92, 0.1), noise (96000, 93, 0.1) }, 48000 };
    REQUIRE (writeSound (folder.path ("input.wav"), input, SampleFormat::float32) == "");
    const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_JACK, FALTWERK_APP, FALTWERK_JACK_PROBE,
                                      folder.path (""), folder.path ("input.wav") },
                                    120000);
    CAPTURE (result.output, result.errors, (folder / "app.log").loadFileAsString());
    REQUIRE (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("drop-outs 0"));
    checkConvolved (folder.path ("output.wav"), input, kernel);
    CHECK ((folder / "window.png").getSize() > 10000);
    keepPicture (folder / "window.png", "app-under-display.png");
}

TEST_CASE ("The app measures a loop through JACK with its input muted otherwise", "[live]")
{
    if (! hasAll ({ "jackd", "jack_lsp", "jack_connect", "xvfb-run", "openbox", "xdotool", "import" }))
        return;

    const Juce juce;
    std::vector<float> path;

    for (int attempt = 0; attempt < 4; ++attempt) // a busy machine may drop periods: then again
    {
        const TemporaryFolder folder;
        const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_MEASURE_THROUGH_JACK,
                                          FALTWERK_APP, folder.path ("") },
                                        120000);
        CAPTURE (attempt, result.output, result.errors, (folder / "app.log").loadFileAsString());
        REQUIRE (result.exitCode == 0);

        for (const char* const name : { "loop", "sweep", "found", "kept" })
            keepPicture (folder / ("measuring-" + juce::String (name) + ".png"),
                         "app-measuring-" + juce::String (name) + ".png");

        const auto left = leftBehind (folder);
        const auto kernel = left->document.current().source;
        REQUIRE (kernel != nullptr);
        REQUIRE (kernel->kernel != nullptr);

        if (kernel->name != "Measurement")
            continue;

        path = kernel->kernel->paths[0];

        if (path.size() > 24000)
            break;
    }

    // A pulse in the sweep's band, and nothing behind it: the loop itself, whose latency is taken off.
    REQUIRE (path.size() > 24000);
    const auto peak = std::max_element (path.begin(), path.end());
    CHECK (peak - path.begin() < 4);
    CHECK (*peak > 0.6f);
    CHECK (std::all_of (path.begin() + 4800, path.end(), [] (float x) { return std::abs (x) < 1e-3f; }));
}

TEST_CASE ("The app says that JACK has gone, and plays on when it is back", "[live]")
{
    if (! hasAll ({ "jackd", "jack_lsp", "xvfb-run", "openbox", "xdotool", "import" }))
        return;

    const Juce juce;
    const TemporaryFolder folder;
    const auto kernel = writeSession (folder);
    const Sound input { { noise (96000, 94, 0.1), noise (96000, 95, 0.1) }, 48000 };
    REQUIRE (writeSound (folder.path ("input.wav"), input, SampleFormat::float32) == "");
    const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_RESTART_JACK, FALTWERK_APP,
                                      FALTWERK_JACK_PROBE, folder.path (""), folder.path ("input.wav") },
                                    240000);
    CAPTURE (result.output, result.errors, (folder / "app.log").loadFileAsString());
    REQUIRE (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("drop-outs 0"));
    checkConvolved (folder.path ("output.wav"), input, kernel);

    // The status line, the lowest part of the window, has another text while the server is gone.
    const auto statusOf = [&folder] (const char* name)
    {
        const auto picture = juce::ImageFileFormat::loadFrom (folder / name);
        keepPicture (folder / name, juce::String ("app-") + name);
        std::vector<juce::uint32> pixels;

        for (int y = picture.getHeight() - 24; y < picture.getHeight(); ++y)
            for (int x = 0; x < picture.getWidth() / 2; ++x)
                pixels.push_back (picture.getPixelAt (x, y).getARGB());

        return pixels;
    };
    const auto before = statusOf ("jack-before.png"), gone = statusOf ("jack-gone.png"),
               again = statusOf ("jack-again.png");
    CHECK (gone != before);
    CHECK (again != gone);
}

TEST_CASE ("The app plays through a JACK server that starts after it", "[live]")
{
    if (! hasAll ({ "jackd", "jack_lsp", "xvfb-run", "openbox", "xdotool", "import" }))
        return;

    const Juce juce;
    const auto setup = [] (const juce::String& name)
    {
        return "<DEVICESETUP deviceType=\"JACK\" audioOutputDeviceName=\"" + name + "\" audioInputDeviceName=\"" + name
               + "\"/>";
    };
    struct Case
    {
        const char *name, *expected;
        juce::String device;
    };
    const Sound input { { noise (96000, 96, 0.1), noise (96000, 97, 0.1) }, 48000 };

    for (const auto& [name, expected, device] : { Case { "nothing-chosen", "connects", {} },
                                                  { "jack-chosen", "connects", setup ("system") },
                                                  { "none-chosen", "stays", setup ({}) } })
    {
        const TemporaryFolder folder;
        const auto kernel = writeSession (folder, device);
        REQUIRE (writeSound (folder.path ("input.wav"), input, SampleFormat::float32) == "");
        const auto result =
            runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_START_JACK_LATER, FALTWERK_APP,
                          FALTWERK_JACK_PROBE, folder.path (""), folder.path ("input.wav"), expected },
                        240000);
        CAPTURE (name, result.output, result.errors, (folder / "app.log").loadFileAsString());
        REQUIRE (result.exitCode == 0);
        keepPicture (folder / "jack-awaited.png", juce::String ("app-awaited-") + name + ".png");
        keepPicture (folder / "jack-later.png", juce::String ("app-later-") + name + ".png");

        if (std::string (expected) == "connects")
        {
            CHECK_THAT (result.output, Contains ("drop-outs 0"));
            checkConvolved (folder.path ("output.wav"), input, kernel);
        }
    }
}

TEST_CASE ("The app comes back as it was left", "[live]")
{
    if (! hasAll ({ "xvfb-run", "openbox", "xdotool", "import" }))
        return;

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
        keepPicture (folder / picture, picture);
    };

    // The next kernel, slot B, the spectrum: then shut, and opened again with nothing done.
    use ("app-first.png", { "alt+Right", "wait", "a", "2", "wait" });
    const auto first = leftBehind (folder);
    CHECK (first->document.isB());
    CHECK (first->session.viewState().view == 1);
    REQUIRE (first->document.current().source != nullptr);
    CHECK (first->document.current().source->name != "Concert Hall");
    use ("app-again.png", { "wait" });
    const auto again = leftBehind (folder);
    CHECK (again->document.isB());
    CHECK (again->document.current() == first->document.current());
    CHECK (again->session.viewState().view == 1);
}

TEST_CASE ("The app keeps its state whatever ends it", "[live]")
{
    if (! hasAll ({ "xvfb-run", "openbox", "xdotool", "import" }))
        return;

    const Juce juce;

    // Asked to end, it does so in order; killed, it has kept what was changed ten seconds before.
    for (const auto& [signal, seconds] :
         { std::pair ("TERM", "1.5"), { "INT", "1.5" }, { "HUP", "1.5" }, { "KILL", "15" } })
    {
        const TemporaryFolder folder;
        const auto end = [&] (const char* by, const char* after, const std::vector<std::string>& keys)
        {
            std::vector<std::string> command { "bash",       FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_SIGNAL_APP,
                                               FALTWERK_APP, folder.path (""),           by,     after };
            command.insert (command.end(), keys.begin(), keys.end());
            const auto result = runProcess (command, 90000);
            CAPTURE (by, result.output, result.errors, (folder / "app.log").loadFileAsString());
            REQUIRE (result.exitCode == 0);
        };

        end (signal, seconds, { "alt+Right", "2" });
        const auto first = leftBehind (folder);
        CAPTURE (signal);
        REQUIRE (first->document.current().source != nullptr);
        CHECK (first->document.current().source->name != "Concert Hall");
        CHECK (first->session.viewState().view == 1);
        end ("TERM", "1.5", {});
        CHECK (leftBehind (folder)->document.current() == first->document.current());
    }
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
