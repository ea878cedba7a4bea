// Several sounds at once, and how far they are.

#include "Kernel/Writing/SoundEncoder.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"
#include "Tool/Output/Progress.h"

#include <algorithm>
#include <chrono>
#include <future>

#if ! defined(_WIN32)
    #include <cstdlib>
    #include <fcntl.h>
    #include <unistd.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

TEST_CASE ("Several sounds go to a folder or a pattern with any number of jobs", "[kernel]")
{
    const TemporaryFolder folder;
    std::vector<std::string> inputs;

    for (uint64_t n = 0; n < 7; ++n)
    {
        inputs.push_back (folder.path ("x" + juce::String (n) + ".wav"));
        const Sound sound { { noise (3000 + 100 * n, n) }, n % 2 == 0 ? 48000.0 : 44100.0 };
        REQUIRE (writeSound (inputs.back(), sound, SampleFormat::float32) == "");
    }

    REQUIRE (writeSound (folder.path ("h.wav"), { { decayingNoise (900, 20) }, 48000 }, SampleFormat::float32) == "");
    const auto render = [&] (const char* output, std::vector<std::string> options)
    {
        std::vector<std::string> command { "render", "-k", folder.path ("h.wav"), "-o", folder.path (output) };

        if (juce::String (output).endsWith ("/"))
            command.back() += '/';

        command.insert (command.end(), options.begin(), options.end());
        command.insert (command.end(), inputs.begin(), inputs.end());
        return runTool (command);
    };

    for (const auto& input : inputs)
        REQUIRE (runTool ({ "render", input, "-k", folder.path ("h.wav"), "-o",
                            folder.path ("single-" + juce::File (input).getFileName()) })
                     .exitCode
                 == 0);

    CHECK (render ("one/", { "--jobs", "1" }).errors == "");
    CHECK (render ("many/deep/", { "--jobs", "5" }).errors == "");
    CHECK (render ("pattern/{name}-wet.wav", {}).errors == "");
    CHECK (render ("flac/", { "--format", "flac", "--quiet", "--out-gain", "-20" }).errors == "");

    for (int n = 0; n < 7; ++n)
    {
        const juce::String name = "x" + juce::String (n);
        const auto single = folder / ("single-" + name + ".wav");
        CHECK ((folder / ("one/" + name + ".wav")).hasIdenticalContentTo (single));
        CHECK ((folder / ("many/deep/" + name + ".wav")).hasIdenticalContentTo (single));
        CHECK ((folder / ("pattern/" + name + "-wet.wav")).hasIdenticalContentTo (single));
        CHECK ((folder / ("flac/" + name + ".flac")).existsAsFile());
    }

    // A bad one loses nothing but itself, and what exists is kept.
    (folder / "bad.wav").replaceWithText ("no sound");
    inputs.insert (inputs.begin() + 2, folder.path ("bad.wav"));
    REQUIRE ((folder / "some").createDirectory());
    (folder / "some/x3.wav").replaceWithText ("old");
    const auto some = render ("some", { "--jobs", "2" });
    CHECK (some.exitCode == 1);
    CHECK_THAT (some.errors, Contains ("'bad.wav' could not be read") && Contains ("x3.wav' exists and was kept")
                                 && Contains ("2 of 8 sounds were not rendered."));
    CHECK ((folder / "some").getNumberOfChildFiles (juce::File::findFiles) == 7);
    CHECK ((folder / "some/x3.wav").loadFileAsString() == "old");

    // Two for one name.
    REQUIRE ((folder / "other").createDirectory());
    REQUIRE (juce::File (inputs[0]).copyFileTo (folder / "other/x0.aiff"));
    inputs.push_back (folder.path ("other/x0.aiff"));
    const auto clash = render ("clash/", {});
    CHECK (clash.exitCode == 1);
    CHECK_THAT (clash.errors, Contains ("would both be written to"));

    // Capitals make another name where the disk says so.
    if (const auto small = folder / "case/a.wav", large = folder / "case/A.wav";
        small.create().wasOk() && large.create().wasOk()
        && (folder / "case").getNumberOfChildFiles (juce::File::findFiles) == 2)
    {
        REQUIRE ((folder / "x0.wav").copyFileTo (small));
        REQUIRE ((folder / "x1.wav").copyFileTo (large));
        inputs = { small.getFullPathName().toStdString(), large.getFullPathName().toStdString() };
        CHECK (render ("capitals/new/", {}).errors == "");
        CHECK ((folder / "capitals/new").getNumberOfChildFiles (juce::File::findFiles) == 2); // and no probe
        inputs.push_back (inputs.back());
        CHECK_THAT (render ("capitals/new/", { "--force" }).errors, Contains ("would both be written to"));
    }

    CHECK_FALSE ((folder / "clash").exists());

    CHECK_THAT (render ("y.wav", {}).errors, Contains ("several sounds need a folder") && Contains ("{name}"));
    CHECK (render ("{name}.mp3", {}).exitCode == 2);
}

TEST_CASE ("A line of progress says share and speed and time left", "[kernel]")
{
    using faltwerk::tool::progressLine;
    CHECK (progressLine (0.25, 100.0, 10.0) == "25 %, 10 x real time, 0:30 left");
    CHECK (progressLine (0.999, 3.0, 2.0) == "99 %, 1.5 x real time, 0:01 left");
    CHECK (progressLine (0.5, 10.0, 3725.0) == "50 %, 0.0 x real time, 1:02:05 left");
    CHECK (progressLine (1.0, 10.0, 1.0) == "100 %, 10 x real time, 0:00 left");
}

#if ! defined(_WIN32)
TEST_CASE ("Progress is shown on a terminal alone and not with --quiet", "[kernel]")
{
    const auto terminal = posix_openpt (O_RDWR | O_NOCTTY);

    if (terminal < 0 || grantpt (terminal) != 0 || unlockpt (terminal) != 0)
    {
        WARN ("There is no pseudo-terminal here.");
        return;
    }

    const TemporaryFolder folder;
    const std::string name = ptsname (terminal);
    const int other = open (name.c_str(), O_RDWR | O_NOCTTY); // so that it stays open between programs
    REQUIRE (other >= 0);
    REQUIRE (fcntl (terminal, F_SETFL, O_NONBLOCK) == 0);
    REQUIRE (writeSound (folder.path ("h.wav"), { { decayingNoise (900, 20) }, 48000 }, SampleFormat::float32) == "");

    const auto shown = [&] (const std::string& options)
    {
        const std::vector<std::string> command { "/bin/sh", "-c",
                                                 "'" + std::string (FALTWERK_TOOL) + "' render '"
                                                     + folder.path ("x.wav") + "' -k '" + folder.path ("h.wav")
                                                     + "' -o /dev/null " + options + " 2> " + name };
        auto result = std::async (std::launch::async, [&command] { return runProcess (command); });
        std::string text;

        for (bool hasEnded = false; ! hasEnded;)
        {
            hasEnded = result.wait_for (std::chrono::milliseconds (20)) == std::future_status::ready;
            char bytes[4096];

            for (ssize_t size; (size = read (terminal, bytes, sizeof bytes)) > 0;)
                text.append (bytes, static_cast<size_t> (size));
        }

        CHECK (result.get().exitCode == 0);
        return text;
    };

    {
        juce::FileOutputStream stream (folder / "x.wav");
        constexpr size_t numFrames = size_t { 1800 } * 48000; // half an hour, of which the file has a hole
        const auto encoder =
            SoundEncoder::make (stream, OutputFormat::wave, SampleFormat::int16, { 4, numFrames, 48000, true });
        REQUIRE (stream.setPosition (44 + numFrames * 8 - 1));
        REQUIRE (stream.writeByte (0));
    }

    const auto text = shown ("");
    CHECK_THAT (text, Contains (" x real time, ") && Contains (" left"));
    CHECK (text.find_last_not_of (" \r") < text.size() - 10); // cleared
    CHECK (shown ("--quiet") == "");
    close (other);
    close (terminal);
}
#endif
