#include "Support/Catch.h"
#include "Support/Files.h"
#include "Support/Oracle.h"
#include "Support/Tool.h"

#include <juce_graphics/juce_graphics.h>

#include <cmath>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

ProcessResult analyse (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), "analyse");
    return runTool (std::move (arguments));
}

/** Noise that decays by 60 dB in a time, on two channels, as a file. */
void writeDecay (const std::string& path, double t60, double seconds)
{
    std::vector<std::vector<float>> channels;

    for (const uint64_t seed : { 1u, 2u })
    {
        auto& channel = channels.emplace_back (noise (static_cast<size_t> (seconds * 48000.0), seed));

        for (size_t n = 0; n < channel.size(); ++n)
            channel[n] *= static_cast<float> (std::pow (10.0, -3.0 * static_cast<double> (n) / (48000.0 * t60)));
    }

    REQUIRE (writeSound (path, { channels, 48000.0 }, SampleFormat::float32) == "");
}

} // namespace

TEST_CASE ("faltwerk analyse prints a table, and what is not available with its reason", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("hall.wav"), 1.2, 2.0);
    const auto result = analyse ({ folder.path ("hall.wav") });
    CHECK (result.exitCode == 0);
    CHECK (result.errors == "");
    CHECK_THAT (result.output, Contains ("hall.wav") && Contains ("stereo, 48 kHz, 2.000 s (96000 frames)")
                                   && Contains ("T30") && Contains ("broadband") && Contains ("8000")
                                   && Contains ("mid"));

    // Two seconds of a decay that takes six: no range for T20.
    writeDecay (folder.path ("long.wav"), 6.0, 2.0);
    CHECK_THAT (analyse ({ folder.path ("long.wav") }).output,
                Contains ("n/a, too short") && Contains ("T20 broadband"));
}

TEST_CASE ("faltwerk analyse --json is an array with one object for each file", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("a.wav"), 1.2, 2.0);
    writeDecay (folder.path ("b.wav"), 6.0, 2.0);
    const auto result = analyse ({ folder.path ("a.wav"), folder.path ("b.wav"), "--json" });
    REQUIRE (result.exitCode == 0);
    const auto json = juce::JSON::parse (juce::String (result.output));
    REQUIRE (json.isArray());
    REQUIRE (json.size() == 2);

    const auto &a = json[0], &b = json[1];
    CHECK (a["file"].toString().toStdString() == folder.path ("a.wav"));
    CHECK (static_cast<double> (a["sampleRate"]) == 48000.0);
    CHECK (static_cast<int> (a["channels"]) == 2);
    CHECK (static_cast<int> (a["frames"]) == 96000);

    const char* const names[] = { "broadband", "125", "250", "500", "1000", "2000", "4000", "8000" };
    REQUIRE (a["bands"].size() == 8);

    for (int band = 0; band < 8; ++band)
    {
        const auto& row = a["bands"][band];
        CAPTURE (names[band]);
        CHECK (row["band"].toString() == names[band]);
        CHECK (static_cast<double> (row["t30"]) == Approx (1.2).epsilon (band == 1 ? 0.12 : 0.06));

        for (const char* const key : { "edt", "t20", "c50", "c80", "d50", "ts" })
            CHECK (row[key].isDouble());
    }

    CHECK (b["bands"][0].hasProperty ("t20"));
    CHECK (b["bands"][0]["t20"].isVoid());
}

TEST_CASE ("faltwerk analyse --plot draws a page for each kernel", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("a.wav"), 1.2, 2.0);
    writeDecay (folder.path ("b.wav"), 0.5, 1.0);
    CHECK (analyse ({ folder.path ("a.wav"), "--plot", folder.path ("page.png") }).exitCode == 0);
    CHECK (analyse ({ folder.path ("a.wav"), folder.path ("b.wav"), "--plot", folder.path ("page.png") }).exitCode
           == 0);

    for (const char* const name : { "page.png", "page-a.png", "page-b.png" })
    {
        const auto image = juce::ImageFileFormat::loadFrom (folder / name);
        CHECK (image.getWidth() == 2800);
        CHECK (image.getHeight() == 2520);
    }

    const auto failed = analyse ({ folder.path ("a.wav"), "--plot", folder.path ("none/page.png") });
    CHECK (failed.exitCode == 1);
    CHECK_THAT (failed.errors, Contains ("could not be written"));
}

TEST_CASE ("faltwerk analyse says in a sentence what cannot be analysed", "[kernel]")
{
    const TemporaryFolder folder;
    (folder / "h.csv").replaceWithText ("1\n0.5\n");
    CHECK_THAT (analyse ({ folder.path ("h.csv") }).errors, Contains ("no sample rate") && Contains ("--kernel-rate"));
    CHECK (analyse ({ folder.path ("h.csv"), "--kernel-rate", "48000" }).exitCode == 0);

    (folder / "one.csv").replaceWithText ("2");
    const auto one = analyse ({ folder.path ("one.csv"), "--kernel-rate", "48000" });
    CHECK (one.exitCode == 0);
    CHECK_THAT (one.errors, Contains ("single sample"));
    CHECK_THAT (one.output, Contains ("n/a"));

    CHECK (analyse ({ folder.path ("missing.wav") }).exitCode == 1);
    CHECK (analyse ({}).exitCode == 2);
}

TEST_CASE ("Measured plates decay the longer the brighter their setting", "[kernel]")
{
    const auto data = dataFolder();

    if (data == juce::File())
        return;

    std::vector<std::string> files;

    for (const char* const name : { "dark_1", "medium_3", "bright_5" })
        files.push_back (
            data.getChildFile (juce::String ("kernels/emt_140_") + name + ".wav").getFullPathName().toStdString());

    auto arguments = files;
    arguments.push_back ("--json");
    const auto json = juce::JSON::parse (juce::String (analyse (arguments).output));
    REQUIRE (json.size() == 3);

    for (int band = 0; band < 8; ++band)
    {
        const auto t30 = [&] (int file) { return static_cast<double> (json[file]["bands"][band]["t30"]); };
        CAPTURE (band, t30 (0), t30 (1), t30 (2));
        CHECK (t30 (0) > 0.5);
        CHECK (t30 (1) > (band == 7 ? 0.9 : 1.0) * t30 (0)); // at 8 kHz the plate's own losses rule
        CHECK (t30 (2) > 0.99 * t30 (1));
        CHECK (t30 (2) < 12.0);
    }
}
