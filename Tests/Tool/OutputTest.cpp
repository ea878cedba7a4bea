// Where results go, and in which format.

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Process.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"
#include "Support/Skip.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#if ! defined(_WIN32)
    #include <sys/stat.h>
    #include <unistd.h>
#endif

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** The kind of a file by libsndfile: container and samples. */
int formatOf (const std::string& path)
{
    SF_INFO info {};
    auto* const file = sf_open (path.c_str(), SFM_READ, &info);
    REQUIRE (file != nullptr);
    sf_close (file);
    return info.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK);
}

#if ! defined(_WIN32)
/** Kind and rights of a file. */
mode_t modeOf (const std::string& path)
{
    using Status = struct stat;
    Status status {};
    REQUIRE (stat (path.c_str(), &status) == 0);
    return status.st_mode;
}
#endif

} // namespace

TEST_CASE ("The ending of an output decides its format", "[kernel]")
{
    const TemporaryFolder folder;
    const auto make = [&folder] (const juce::String& name, std::vector<std::string> options = {})
    {
        options.insert (options.begin(), { "make", "noise", "--length", "0.1", "--force", "-o", folder.path (name) });
        return runTool (options);
    };
    REQUIRE (make ("x.wav").exitCode == 0);
    const auto expected = *readSound (folder.path ("x.wav"));
    const std::pair<const char*, int> formats[] = {
        { "x.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT },  { "x.aiff", SF_FORMAT_AIFF | SF_FORMAT_FLOAT },
        { "x.AIF", SF_FORMAT_AIFF | SF_FORMAT_FLOAT }, { "x.caf", SF_FORMAT_CAF | SF_FORMAT_FLOAT },
        { "x.w64", SF_FORMAT_W64 | SF_FORMAT_FLOAT },  { "x.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24 }
    };

    for (const auto& [name, format] : formats)
    {
        CAPTURE (name);
        CHECK (make (name).errors == "");
        CHECK (formatOf (folder.path (name)) == format);
        const auto sound = *readSound (folder.path (name));
        CHECK (sound.sampleRate == expected.sampleRate);

        if (format != (SF_FORMAT_FLAC | SF_FORMAT_PCM_24))
            CHECK (sound.channels == expected.channels);
    }

    for (const auto& [name, container] : { std::pair { "i.wav", SF_FORMAT_WAV },
                                           { "i.aiff", SF_FORMAT_AIFF },
                                           { "i.caf", SF_FORMAT_CAF },
                                           { "i.w64", SF_FORMAT_W64 },
                                           { "i.flac", SF_FORMAT_FLAC } })
    {
        CAPTURE (name);
        CHECK (make (name, { "--bits", "16", "--no-dither" }).exitCode == 0);
        CHECK (formatOf (folder.path (name)) == (container | SF_FORMAT_PCM_16));
        const auto sound = *readSound (folder.path (name));
        REQUIRE (sound.lengthInFrames() == expected.lengthInFrames());

        for (size_t n = 0; n < sound.lengthInFrames(); ++n)
        {
            const double right = std::clamp (std::nearbyint (expected.channels[0][n] * 32768.0), -32768.0, 32767.0);
            REQUIRE (sound.channels[0][n] * 32768.0 == right);
        }
    }

    // With loss: as many frames, and the energy within half a decibel.
    CHECK (make ("x.ogg").errors == "");
    CHECK (formatOf (folder.path ("x.ogg")) == (SF_FORMAT_OGG | SF_FORMAT_VORBIS));
    const auto lossy = *readSound (folder.path ("x.ogg"));
    REQUIRE (lossy.lengthInFrames() == expected.lengthInFrames());
    double energy = 0.0, right = 0.0;

    for (size_t n = 0; n < lossy.lengthInFrames(); ++n)
    {
        energy += std::pow (lossy.channels[0][n], 2.0);
        right += std::pow (expected.channels[0][n], 2.0);
    }

    CHECK (10.0 * std::log10 (energy / right) == Approx (0.0).margin (0.5));
    CHECK_THAT (make ("y.ogg", { "--bits", "24" }).errors, Contains ("compresses with loss"));

    CHECK (make ("x.txt").exitCode == 0);
    CHECK (readSound (folder.path ("x.txt"))->channels == expected.channels);
}

TEST_CASE ("16 bits are dithered but for samples that have no more", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (runTool ({ "make", "noise", "--length", "0.1", "-o", folder.path ("x.wav") }).exitCode == 0);
    const auto edit = [&folder] (const char* from, const char* to, std::vector<std::string> options)
    {
        options.insert (options.begin(), { "edit", folder.path (from), "-o", folder.path (to), "--bits", "16" });
        REQUIRE (runTool (options).exitCode == 0);
        return readSound (folder.path (to))->channels[0];
    };
    const auto exact = readSound (folder.path ("x.wav"))->channels[0];
    const auto dithered = edit ("x.wav", "d.wav", {}), rounded = edit ("x.wav", "r.wav", { "--no-dither" });
    size_t numDifferent = 0;

    for (size_t n = 0; n < exact.size(); ++n)
    {
        REQUIRE (std::abs (dithered[n] - exact[n]) * 32768.0 <= 1.5);
        REQUIRE (std::abs (rounded[n] - exact[n]) * 32768.0 <= 0.5);
        numDifferent += dithered[n] != rounded[n] ? 1u : 0u;
    }

    CHECK (numDifferent > exact.size() / 4);
    CHECK (edit ("x.wav", "again.wav", {}) == dithered); // the same noise each time
    CHECK (edit ("d.wav", "copy.wav", {}) == dithered);
}

TEST_CASE ("An ending with which nothing is written is refused with those that are", "[kernel]")
{
    const TemporaryFolder folder;

    for (const auto* const name : { "x.mp3", "x.svg", "x", "x.wav.bak", ".wav2", "a.wav/x" })
    {
        CAPTURE (name);
        const auto result = runTool ({ "make", "delta", "-o", folder.path (name) });
        CHECK (result.exitCode == 2);
        CHECK_THAT (result.errors,
                    Contains (".wav, .aiff, .flac, .caf, .w64 or .ogg for sound, .csv or .txt for numbers"));
        CHECK (std::count (result.errors.begin(), result.errors.end(), '\n') == 1);
    }

    CHECK_THAT (runTool ({ "make", "delta", "-o", folder.path ("x.mp3") }).errors,
                Contains ("'x.mp3' ends in .mp3, a format that is not written"));

    for (const auto* const name : { "p.svg", "p.jpg", "p" })
    {
        const auto result = runTool ({ "analyse", "factory:Slapback", "--plot", folder.path (name) });
        CHECK (result.exitCode == 2);
        CHECK_THAT (result.errors, Contains ("does not end in .png"));
    }

    CHECK (folder.numFiles() == 0);
}

TEST_CASE ("Every command keeps a file that exists unless --force is given", "[kernel]")
{
    const TemporaryFolder folder;
    (folder / "y.wav").replaceWithText ("old");
    (folder / "y.png").replaceWithText ("old");
    REQUIRE (runTool ({ "make", "noise", "--length", "0.1", "-o", folder.path ("k.wav") }).exitCode == 0);
    REQUIRE (runTool ({ "sweep", "--seconds", "1", "--tail", "0.5", "-o", folder.path ("s.wav") }).exitCode == 0);
    const auto kernel = folder.path ("k.wav"), wave = folder.path ("y.wav"), plot = folder.path ("y.png");
    const std::vector<std::vector<std::string>> commands { { "render", kernel, "-k", kernel, "-o", wave },
                                                           { "make", "delta", "-o", wave },
                                                           { "edit", kernel, "-o", wave },
                                                           { "sweep", "--seconds", "1", "-o", wave },
                                                           { "deconvolve", folder.path ("s.wav"), "--seconds", "1",
                                                             "-o", wave },
                                                           { "analyse", kernel, "--plot", plot } };

    for (auto command : commands)
    {
        CAPTURE (command);
        const auto& output = command.back();
        const auto refused = runTool (command);
        CHECK (refused.exitCode == 1);
        CHECK_THAT (refused.errors, Contains ("'" + output + "' exists and was kept") && Contains ("--force"));
        CHECK (juce::File (output).loadFileAsString() == "old");
        command.emplace_back ("--force");
        CHECK (runTool (command).exitCode == 0);
        CHECK (juce::File (command[0] == "analyse" ? plot : wave).loadFileAsString() != "old");
        juce::File (wave).replaceWithText ("old");
    }

    // An empty file holds nothing that could be lost.
    (folder / "empty.wav").replaceWithText ({});
    CHECK (runTool ({ "make", "delta", "-o", folder.path ("empty.wav") }).exitCode == 0);

    // A kernel over itself.
    const auto before = readSound (kernel)->channels;
    REQUIRE (runTool ({ "edit", kernel, "--gain", "-6", "-o", kernel, "--force" }).exitCode == 0);
    CHECK (readSound (kernel)->channels[0][5] == Approx (before[0][5] * std::pow (10.0, -0.3)));
    const auto all = folder.path ("bank");
    REQUIRE ((folder / "bank").createDirectory());
    (folder / "bank/Concert Hall.wav").replaceWithText ("old");
    CHECK_THAT (runTool ({ "kernels", "--write", all }).errors, Contains ("exists and was kept"));
    CHECK ((folder / "bank").getNumberOfChildFiles (juce::File::findFiles) == 1);
}

TEST_CASE ("The option for the format is for what has no ending", "[kernel]")
{
    const TemporaryFolder folder;
    CHECK_THAT (runTool ({ "make", "delta", "-o", folder.path ("x.wav"), "--format", "csv" }).errors,
                Contains ("names another format than --format"));
    CHECK (runTool ({ "make", "delta", "-o", folder.path ("x.wav"), "--format", "wav" }).exitCode == 0);
    CHECK (runTool ({ "make", "moving-average", "--taps", "2", "-o", "-", "--format", "csv" }).output == "0.5\n0.5\n");
}

TEST_CASE ("Kernels of one name have a plot each", "[kernel]")
{
    const TemporaryFolder folder;

    for (const auto* const name : { "a", "b", "c" })
        REQUIRE ((folder / name).createDirectory());

    for (const auto* const name : { "a/k.wav", "b/k.wav", "c/k-2.wav" })
        REQUIRE (runTool ({ "make", "noise", "--length", "0.1", "-o", folder.path (name) }).exitCode == 0);

    REQUIRE (runTool ({ "analyse", folder.path ("a/k.wav"), folder.path ("b/k.wav"), folder.path ("c/k-2.wav"),
                        "--plot", folder.path ("q.png") })
                 .exitCode
             == 0);

    for (const auto* const name : { "q-k.png", "q-k-2.png", "q-k-2-2.png" })
        CHECK ((folder / name).existsAsFile());
}

#if ! defined(_WIN32)
TEST_CASE ("What cannot be written to standard output is an error, in every command", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (runTool ({ "make", "noise", "--length", "0.1", "-o", folder.path ("k.wav") }).exitCode == 0);
    const auto quoted = [] (const std::string& word) { return "'" + word + "'"; };
    const auto kernel = quoted (folder.path ("k.wav"));
    const std::vector<std::string> commands { "analyse " + kernel,
                                              "analyse --json " + kernel,
                                              "convolve 1,2 3",
                                              "convolve 1,2 3 --steps",
                                              "kernels",
                                              "plan --seconds 1",
                                              "edit --force --normalise peak " + kernel + " -o "
                                                  + quoted (folder.path ("e.wav")),
                                              "--help",
                                              "render --help",
                                              "--version" };

    // A stream that is closed, and a device that is always full.
    for (const auto* const stream : { ">&-", "> /dev/full" })
    {
        if (std::string (stream) != ">&-" && access ("/dev/full", W_OK) != 0)
            continue;

        for (const auto& command : commands)
        {
            CAPTURE (command, stream);
            const auto result = runProcess ({ "/bin/sh", "-c", quoted (FALTWERK_TOOL) + " " + command + " " + stream });
            CHECK (result.exitCode == 1);
            CHECK_THAT (result.errors, Contains ("standard output could not be written"));
        }
    }
}

TEST_CASE ("A pipe, a link and a file with two names are written to, and a read-only file is kept", "[kernel]")
{
    const TemporaryFolder folder;
    const auto make = [&folder] (const juce::String& name) {
        return runTool ({ "make", "moving-average", "--taps", "4", "--force", "-o", folder.path (name) });
    };
    const auto text = [&folder] (const char* name) { return (folder / name).loadFileAsString(); };
    const auto* const expected = "0.25\n0.25\n0.25\n0.25\n";

    // A pipe, with an ending and without.
    for (const auto* const name : { "pipe.csv", "pipe", "pipe.png" })
    {
        CAPTURE (name);
        REQUIRE (mkfifo (folder.path (name).c_str(), 0600) == 0);
        const RunningProcess reader ({ "/bin/cat", folder.path (name) }); // ends with the pipe
        const auto result = name == std::string ("pipe.png")
                                ? runTool ({ "analyse", "factory:Slapback", "--plot", folder.path (name) })
                                : make (name);
        CHECK (result.errors == "");
        CHECK (result.exitCode == 0);
        const std::string start = name == std::string ("pipe.csv") ? expected
                                  : name == std::string ("pipe")   ? "RIFF"
                                                                   : "PNG";

        for (int n = 0; n < 500 && reader.output().find (start) == std::string::npos; ++n)
            juce::Thread::sleep (10);

        CHECK_THAT (reader.output(), Contains (start));
        CHECK (S_ISFIFO (modeOf (folder.path (name))));
    }

    // Links: to a file, through a folder, to nothing yet, in a circle.
    REQUIRE ((folder / "sub").createDirectory());
    (folder / "sub/target.csv").replaceWithText ("old");
    REQUIRE (symlink ("sub/target.csv", folder.path ("link.csv").c_str()) == 0);
    REQUIRE (symlink ("link.csv", folder.path ("second.csv").c_str()) == 0);
    REQUIRE (symlink ("sub/new.csv", folder.path ("early.csv").c_str()) == 0);
    REQUIRE (symlink ("circle.csv", folder.path ("circle.csv").c_str()) == 0);
    CHECK (make ("second.csv").exitCode == 0);
    CHECK (text ("sub/target.csv") == expected);
    CHECK (make ("early.csv").exitCode == 0);
    CHECK (text ("sub/new.csv") == expected);
    CHECK (make ("circle.csv").exitCode == 1);

    for (const auto* const name : { "link.csv", "second.csv", "early.csv", "circle.csv" })
        CHECK ((folder / name).isSymbolicLink());

    // Two names of one file stay so.
    (folder / "one.csv").replaceWithText ("a text that is longer than the numbers");
    REQUIRE (::link (folder.path ("one.csv").c_str(), folder.path ("two.csv").c_str()) == 0);
    CHECK (make ("one.csv").exitCode == 0);
    CHECK (text ("two.csv") == expected);

    // Rights are kept, and so is a file that may not be written.
    (folder / "private.csv").replaceWithText ("old");
    REQUIRE (chmod (folder.path ("private.csv").c_str(), 0600) == 0);
    CHECK (make ("private.csv").exitCode == 0);
    CHECK ((modeOf (folder.path ("private.csv")) & 0777) == 0600);
    (folder / "kept.csv").replaceWithText ("old");
    REQUIRE (chmod (folder.path ("kept.csv").c_str(), 0400) == 0);
    const auto refused = make ("kept.csv");
    CHECK (refused.exitCode == 1);
    CHECK_THAT (refused.errors, Contains ("is read-only"));
    CHECK (text ("kept.csv") == "old");
}

TEST_CASE ("A result that cannot be copied into a file with two names is kept and named", "[kernel]")
{
    // A program that runs is such a file on many systems.
    const TemporaryFolder folder;
    std::filesystem::copy_file ("/bin/sleep", folder.path ("busy.csv"));
    REQUIRE (::link (folder.path ("busy.csv").c_str(), folder.path ("busy too.csv").c_str()) == 0);
    const RunningProcess sleeper ({ folder.path ("busy.csv"), "60" });
    juce::Thread::sleep (200);

    if (std::ofstream (folder.path ("busy too.csv"), std::ios::app))
        return skip ("a running program can be written to here");

    const auto busy = runTool ({ "make", "moving-average", "--taps", "2", "--force", "-o", folder.path ("busy.csv") });
    CHECK (busy.exitCode == 1);
    CHECK_THAT (busy.errors, Contains ("busy.csv' could not be written whole. The result is in '")
                                 && Contains ("busy(2).csv'; copy it from there."));
    CHECK ((folder / "busy(2).csv").loadFileAsString() == "0.5\n0.5\n");
}
#endif
