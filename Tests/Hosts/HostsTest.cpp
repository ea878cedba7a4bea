#include "Kernel/Edits/Resampling.h"
#include "Kernel/KernelRouting.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Process.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Skip.h"

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

const std::string bundles[] = { std::string (FALTWERK_PLUGINS) + "/Faltwerk.vst3",
                                std::string (FALTWERK_PLUGINS) + "/Faltwerk.lv2" };

/** Runs the host without a display. */
ProcessResult host (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), { "env", "-u", "DISPLAY", FALTWERK_TEST_HOST });
    return runProcess (arguments, 120000);
}

/** Writes a state with a kernel and wet sound only. */
void writeState (const juce::File& destination, const juce::File& kernel)
{
    PluginProcessor processor;
    load (processor, kernel);
    setWetOnly (processor);
    juce::MemoryBlock state;
    processor.getStateInformation (state);
    REQUIRE (destination.replaceWithData (state.getData(), state.getSize()));
}

/** Whether a window can be opened under a display of its own; says so if not. */
bool hasDisplay()
{
    const bool has =
        runProcess (
            { "sh", "-c", "command -v xvfb-run && command -v openbox && command -v xdotool && command -v xprop" })
            .exitCode
        == 0;

    if (! has)
        skip ("xvfb-run or openbox is not installed: no editor is opened in a host.");

    return has;
}

/** Returns what follows a word in the lines of an output that begin with it. */
juce::StringArray linesAfter (const juce::String& word, const std::string& output)
{
    juce::StringArray result;

    for (const auto& line : juce::StringArray::fromLines (output))
        if (line.startsWith (word + " "))
            result.add (line.substring (word.length() + 1));

    return result;
}

} // namespace

TEST_CASE ("VST3 and LV2 in a host: the oracle's sound, in blocks of any size", "[hosts]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const Sound kernel { { decayingNoise (9000, 100), decayingNoise (9000, 101) }, 48000 };
    REQUIRE (writeSound (folder.path ("kernel.wav"), kernel, SampleFormat::float32) == "");
    const Sound input { { noise (40000, 102), noise (40000, 103) }, 48000 };
    REQUIRE (writeSound (folder.path ("in.wav"), input, SampleFormat::float32) == "");
    writeState (folder / "state", folder / "kernel.wav");

    for (const auto& bundle : bundles)
    {
        for (const char* blockSize : { "64", "441", "1024" })
        {
            const auto result = host ({ bundle, "--state", folder.path ("state"), "--block", blockSize,
                                        folder.path ("in.wav"), folder.path ("out.wav") });
            CAPTURE (bundle, blockSize, result.errors);
            REQUIRE (result.exitCode == 0);
            const auto output = *readSound (folder.path ("out.wav"));
            REQUIRE (output.channels.size() == 2);

            for (size_t channel = 0; channel < 2; ++channel)
                CHECK (errorInDb (output.channels[channel], oracle (input.channels[channel], kernel.channels[channel]))
                       < -120.0);
        }
    }
}

TEST_CASE ("The host's session brings back the kernel when its file is gone", "[hosts]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const Sound kernel { { decayingNoise (3000, 104) }, 48000 };
    const Sound input { { noise (20000, 105), noise (20000, 106) }, 48000 };
    REQUIRE (writeSound (folder.path ("in.wav"), input, SampleFormat::float32) == "");

    for (const auto& bundle : bundles)
    {
        CAPTURE (bundle);
        REQUIRE (writeSound (folder.path ("kernel.wav"), kernel, SampleFormat::float32) == "");
        writeState (folder / "state", folder / "kernel.wav");
        REQUIRE (host ({ bundle, "--state", folder.path ("state"), "--save", folder.path ("chunk"),
                         folder.path ("in.wav"), folder.path ("first.wav") })
                     .exitCode
                 == 0);
        (folder / "kernel.wav").deleteFile();
        const auto second =
            host ({ bundle, "--load", folder.path ("chunk"), folder.path ("in.wav"), folder.path ("second.wav") });
        CAPTURE (second.errors);
        REQUIRE (second.exitCode == 0);
        const auto first = *readSound (folder.path ("first.wav")), again = *readSound (folder.path ("second.wav"));
        CHECK (differingBits (first.channels[0], again.channels[0]) == "");
        CHECK (errorInDb (again.channels[0], oracle (input.channels[0], kernel.channels[0])) < -120.0);
    }
}

TEST_CASE ("The host sees names, parameters, tail and no latency", "[hosts]")
{
    for (const auto& bundle : bundles)
    {
        const auto result = host ({ bundle, "--describe" });
        CAPTURE (bundle, result.errors);
        REQUIRE (result.exitCode == 0);
        CHECK_THAT (result.output,
                    Contains ("name Faltwerk") && Contains ("manufacturer Faltwerk") && Contains ("latency 0"));

        for (const char* name : { "Gain", "Mix", "Wet", "Dry", "Out", "Bypass" })
            CHECK_THAT (result.output, Contains (std::string ("parameter ") + name));
    }

    CHECK_THAT (host ({ bundles[0], "--describe" }).output, Contains ("tail 3.2"));
    const auto manifest = juce::File (FALTWERK_PLUGINS).getChildFile ("Faltwerk.lv2/manifest.ttl").loadFileAsString();
    CHECK (manifest.contains ("<urn:faltwerk:Faltwerk>"));
    CHECK (manifest.contains ("rdfs:label \"Init\""));
    CHECK_FALSE (manifest.contains ("rdfs:label \"\""));

    // What a host shows of a plugin, and where it lists it.
    const auto dsp = juce::File (FALTWERK_PLUGINS).getChildFile ("Faltwerk.lv2/dsp.ttl").loadFileAsString();
    CHECK (dsp.contains ("a lv2:Plugin , lv2:ReverbPlugin , doap:Project ;"));
    CHECK (dsp.contains ("foaf:homepage <https://faltwerk.audio>"));
    CHECK (dsp.contains ("foaf:mbox <mailto:hello@faltwerk.audio>"));
    CHECK_FALSE (dsp.contains ("<>"));
}

TEST_CASE ("The VST3 works from mono to mono and from mono to stereo", "[hosts]")
{
    const Juce juce;
    const TemporaryFolder folder;
    const Sound kernel { { decayingNoise (1000, 107) }, 48000 };
    REQUIRE (writeSound (folder.path ("kernel.wav"), kernel, SampleFormat::float32) == "");
    const Sound input { { noise (8000, 108) }, 48000 };
    REQUIRE (writeSound (folder.path ("in.wav"), input, SampleFormat::float32) == "");
    writeState (folder / "state", folder / "kernel.wav");
    const auto expected = oracle (input.channels[0], kernel.channels[0]);

    for (const bool monoOut : { true, false })
    {
        std::vector<std::string> arguments {
            bundles[0], "--state", folder.path ("state"), "--mono-in", folder.path ("in.wav"), folder.path ("out.wav")
        };

        if (monoOut)
            arguments.insert (arguments.begin() + 1, "--mono-out");

        const auto result = host (arguments);
        CAPTURE (monoOut, result.errors);
        REQUIRE (result.exitCode == 0);
        const auto output = *readSound (folder.path ("out.wav"));
        REQUIRE (output.channels.size() == (monoOut ? 1 : 2));

        for (const auto& channel : output.channels)
            CHECK (errorInDb (channel, expected) < -120.0);
    }
}

TEST_CASE ("The editor opens in a host", "[hosts]")
{
    if (! hasDisplay())
        return;

    for (const auto& bundle : bundles)
    {
        const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, FALTWERK_TEST_HOST, bundle, "--editor" });
        CAPTURE (bundle, result.output, result.errors);
        CHECK (result.exitCode == 0);
        CHECK_THAT (result.output, Contains ("editor 1100 x 700"));
    }
}

TEST_CASE ("The editor opens in a host at the scale that was kept", "[hosts]")
{
    if (! hasDisplay())
        return;

    const Juce juce;

    for (const auto& bundle : bundles)
    {
        const TemporaryFolder home;
        const auto file = home / ".config/Faltwerk/Settings.xml";
        REQUIRE (file.create());
        REQUIRE (file.replaceWithText ("<PROPERTIES><VALUE name=\"scalePercent\" val=\"75\"/></PROPERTIES>"));
        const auto folder = home.path ("");
        const auto result = runProcess ({ "env", "HOME=" + folder, "XDG_CONFIG_HOME=" + folder + "/.config", "bash",
                                          FALTWERK_RUN_UNDER_DISPLAY, FALTWERK_TEST_HOST, bundle, "--editor" });
        CAPTURE (bundle, result.output, result.errors);
        CHECK (result.exitCode == 0);
        CHECK_THAT (result.output, Contains ("editor 825 x 525"));
    }
}

TEST_CASE ("Keys that the editor does not use reach the host, others do not", "[hosts]")
{
    if (! hasDisplay())
        return;

    const Juce juce;

    for (const auto& bundle : bundles)
    {
        const TemporaryFolder folder;
        const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_PRESS_IN_EDITOR,
                                          FALTWERK_TEST_HOST, bundle, folder.path (""), "space", "ctrl+s", "F5", "a",
                                          "2", "q", "ctrl+z", "Home", "ctrl+shift+t", "alt+x" },
                                        90000);
        CAPTURE (bundle, result.output, result.errors);
        REQUIRE (result.exitCode == 0);
        const auto keys = linesAfter ("key", result.output);

        // Each once; A, 2 and Ctrl+Z are the editor's own.
        CHECK (keys == juce::StringArray { "spacebar", "ctrl + S", "F5", "Q", "home", "ctrl + shift + T", "alt + X" });
    }
}

TEST_CASE ("A click gives a control of a plugin the keyboard whichever had it before", "[hosts]")
{
    if (! hasDisplay())
        return;

    const Juce juce;

    for (const auto& bundle : bundles)
    {
        if (bundle.find (".lv2") != std::string::npos)
            continue; // JUCE's host learns of an LV2's values only while sound runs

        const TemporaryFolder folder;
        const auto result = runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_PRESS_IN_EDITOR,
                                          FALTWERK_TEST_HOST, bundle, folder.path (""), "230,582", "Up", // the size
                                          "868,582", "Down",      // the wet level
                                          "97,582", "Up", "Up" }, // the gain
                                        90000);
        CAPTURE (bundle, result.output, result.errors);
        REQUIRE (result.exitCode == 0);
        juce::StringArray changed;

        for (const auto& line : linesAfter ("changed", result.output))
            changed.add (line.upToFirstOccurrenceOf (" =", false, false));

        changed.sort (false);
        CHECK (changed == juce::StringArray { "Gain", "Size", "Wet" });
    }
}

TEST_CASE ("Keys that are typed into a file browser or a value do not reach the host", "[hosts]")
{
    if (! hasDisplay())
        return;

    if (juce::FileChooser::isPlatformDialogAvailable())
    {
        skip ("The system has a file dialog of its own.");
        return;
    }

    const Juce juce;

    for (const auto& bundle : bundles)
    {
        const TemporaryFolder folder;
        const auto result =
            runProcess ({ "bash", FALTWERK_RUN_UNDER_DISPLAY, "bash", FALTWERK_PRESS_IN_EDITOR, FALTWERK_TEST_HOST,
                          bundle, folder.path (""), "464,28", "a", "q", "F5", "space", "Escape", "w", // Load
                          "97,634", "5", "s", "Escape", "e" },                                        // the gain
                        90000);
        CAPTURE (bundle, result.output, result.errors);
        REQUIRE (result.exitCode == 0);
        const auto keys = linesAfter ("key", result.output);

        CHECK (keys == juce::StringArray { "W", "E" });
    }
}

TEST_CASE ("A measured plate on a drum loop: the plugins and the command line agree with the oracle", "[hosts]")
{
    const Juce juce;
    const auto data = dataFolder();

    if (data == juce::File())
        return;

    const TemporaryFolder folder;
    const auto input = data.getChildFile ("dry/drums_44k1_stereo.wav");
    const auto plate = data.getChildFile ("kernels/emt_140_medium_3.wav");
    writeState (folder / "state", plate);
    REQUIRE (runProcess ({ FALTWERK_TOOL, "render", input.getFullPathName().toStdString(), "-k",
                           plate.getFullPathName().toStdString(), "-o", folder.path ("tool.wav") })
                 .exitCode
             == 0);
    const auto x = *readSound (input.getFullPathName().toStdString()), fromTool = *readSound (folder.path ("tool.wav"));
    const auto h = resampled (*readKernel (plate.getFullPathName().toStdString()), 44100);

    for (const auto& bundle : bundles)
    {
        const auto result = host ({ bundle, "--state", folder.path ("state"), "--block", "64",
                                    input.getFullPathName().toStdString(), folder.path ("out.wav") });
        CAPTURE (bundle, result.errors);
        REQUIRE (result.exitCode == 0);
        const auto output = *readSound (folder.path ("out.wav"));

        for (size_t channel = 0; channel < 2; ++channel)
        {
            const auto expected = oracle (x.channels[channel], h.paths[channel]);
            double peak = 0.0, error = 0.0, difference = 0.0;

            for (const double y : expected)
                peak = std::max (peak, std::abs (y));

            for (size_t n = 0; n < output.lengthInFrames(); ++n)
            {
                error = std::max (error, std::abs (static_cast<double> (output.channels[channel][n]) - expected[n]));
                difference = std::max (difference, std::abs (static_cast<double> (output.channels[channel][n]
                                                                                  - fromTool.channels[channel][n])));
            }

            CHECK (error / peak < 1e-6);
            CHECK (difference / peak < 1e-6);
        }
    }
}
