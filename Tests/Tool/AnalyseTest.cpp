#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"

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

TEST_CASE ("faltwerk analyse --json gives every figure with unit and validity", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("a.wav"), 1.2, 2.0);
    writeDecay (folder.path ("b.wav"), 6.0, 2.0);
    const auto result = analyse ({ folder.path ("a.wav"), folder.path ("b.wav"), "--json" });
    REQUIRE (result.exitCode == 0);
    CHECK (result.output.find ('\r') == std::string::npos);
    const auto json = juce::JSON::parse (juce::String (result.output));
    CHECK (json["schema"].toString() == "faltwerk.analysis");
    CHECK (static_cast<int> (json["version"]) == 1);
    REQUIRE (json["files"].size() == 2);

    const auto &a = json["files"][0], &b = json["files"][1];
    CHECK (a["file"].toString().toStdString() == folder.path ("a.wav"));
    CHECK (static_cast<double> (a["sampleRate"]) == 48000.0);
    CHECK (static_cast<int> (a["channels"]) == 2);
    CHECK (static_cast<int> (a["frames"]) == 96000);

    const char* const names[] = { "broadband", "125", "250", "500", "1000", "2000", "4000", "8000" };
    REQUIRE (a["bands"].size() == 8);

    for (int band = 0; band < 8; ++band)
    {
        const auto& row = a["bands"][band];
        CHECK (row["band"].toString() == names[band]);
        CHECK (static_cast<double> (row["t30"]["value"]) == Approx (1.2).epsilon (band == 1 ? 0.12 : 0.06));
        CHECK (row["t30"]["unit"].toString() == "s");
        CHECK (static_cast<double> (row["t30"]["fitRangeInDb"][1]) == -35.0);

        for (const char* const key : { "edt", "t20", "c50", "c80", "d50", "ts", "curvature", "range", "rSquared30" })
        {
            CAPTURE (key);
            CHECK ((row[key]["value"].isDouble() || row[key]["value"].isInt()));
            CHECK (row[key].hasProperty ("unit"));
            CHECK (row[key]["valid"].isBool());
        }
    }

    for (const char* const key : { "peak", "peakTime", "rms", "energy", "gainAtZeroHz", "onset", "mixingTime" })
    {
        CAPTURE (key);
        CHECK (static_cast<bool> (a[key]["valid"]));
    }

    // The oracle: the sum of the samples.
    const auto sound = readSound (folder.path ("a.wav"));
    double most = 0.0;

    for (const auto& channel : sound->channels)
    {
        double sum = 0.0;

        for (const float x : channel)
            sum += static_cast<double> (x);

        most = std::max (most, std::abs (sum));
    }

    CHECK (static_cast<double> (a["gainAtZeroHz"]["value"]) == Approx (20.0 * std::log10 (most)).margin (1e-6));
    CHECK (static_cast<bool> (a["mid"]["t30"]["valid"]));
    REQUIRE (a["paths"].size() == 2);
    CHECK (static_cast<double> (a["paths"][1]["bands"][0]["t30"]["value"]) == Approx (1.2).epsilon (0.06));
    CHECK (a["paths"][1]["bands"][0]["t30"]["value"] != a["paths"][0]["bands"][0]["t30"]["value"]);

    const auto& missing = b["bands"][0]["t20"];
    CHECK (missing.hasProperty ("value"));
    CHECK (missing["value"].isVoid());
    CHECK_FALSE (static_cast<bool> (missing["valid"]));
    CHECK (missing["reason"].toString() == "too short");
}

TEST_CASE ("One kernel that cannot be read leaves the figures of the others", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("a.wav"), 1.2, 2.0);
    (folder / "bad.wav").replaceWithText ("RIFFnothing");
    const std::vector<std::string> files { folder.path ("bad.wav"), folder.path ("a.wav"), folder.path ("none.wav") };
    const auto with = [&files] (const std::string& option)
    {
        auto arguments = files;
        arguments.push_back (option);
        return analyse (arguments);
    };

    const auto json = with ("--json");
    CHECK (json.exitCode == 1);
    CHECK_THAT (json.errors, Contains ("2 of 3 kernels failed"));
    const auto all = juce::JSON::parse (juce::String (json.output))["files"];
    REQUIRE (all.size() == 3);
    CHECK_THAT (all[0]["error"].toString().toStdString(), Contains ("bad.wav"));
    CHECK (all[1]["bands"].size() == 8);
    CHECK_THAT (all[2]["error"].toString().toStdString(), Contains ("not found"));

    const auto csv = with ("--csv");
    CHECK (csv.exitCode == 1);
    CHECK_THAT (csv.output, Contains ("not found") && Contains ("a.wav,all,mid,"));

    const auto table = analyse (files);
    CHECK (table.exitCode == 1);
    CHECK_THAT (table.output, Contains ("broadband"));
    CHECK_THAT (table.errors, Contains ("bad.wav") && Contains ("none.wav"));
}

TEST_CASE ("faltwerk analyse --curves adds arrays", "[kernel]")
{
    const TemporaryFolder folder;
    writeDecay (folder.path ("a.wav"), 1.2, 2.0);
    const auto json =
        juce::JSON::parse (juce::String (analyse ({ folder.path ("a.wav"), "--json", "--curves" }).output))["files"][0];
    const auto& response = json["curves"]["response"];
    CHECK (response["frequenciesInHz"].size() > 200);
    CHECK (response["levelsInDb"].size() == response["frequenciesInHz"].size());
    CHECK (response["groupDelaysInSeconds"].size() == response["frequenciesInHz"].size());
    CHECK (json["curves"]["echoDensity"]["shareOfNoise"].size() > 100);

    // The decay's curve falls by 60 dB in 1.2 s.
    const auto& curve = json["bands"][0]["decayCurve"];
    const double step = curve["stepInSeconds"];
    const auto& level = curve["levelsInDb"][juce::roundToInt (0.6 / step)];
    CHECK (static_cast<double> (level) == Approx (-30.0).margin (0.5));

    CHECK (analyse ({ folder.path ("a.wav"), "--curves" }).exitCode == 2);
}

TEST_CASE ("faltwerk analyse --csv prints a row for each path and band", "[kernel]")
{
    const TemporaryFolder folder;
    const auto name = folder.path ("a, \"b\".wav");
    writeDecay (name, 1.2, 2.0);
    const auto result = analyse ({ name, "--csv" });
    REQUIRE (result.exitCode == 0);
    CHECK (result.output.find ('\r') == std::string::npos);
    const auto lines = juce::StringArray::fromLines (juce::String (result.output).trim());
    REQUIRE (lines.size() == 1 + 3 * 9); // all paths together and each of two: eight bands and mid
    CHECK (lines[0].startsWith ("file,path,band,edt_s,edt_reason,t20_s,"));

    const auto quoted = "\"" + juce::String (name).replace ("\"", "\"\"") + "\"";
    const auto columns = juce::StringArray::fromTokens (lines[0], ",", "").size();

    for (int n = 1; n < lines.size(); ++n)
    {
        CAPTURE (lines[n]);
        REQUIRE (lines[n].startsWith (quoted));
        const auto rest = "x" + lines[n].fromFirstOccurrenceOf (quoted, false, false);
        CHECK (juce::StringArray::fromTokens (rest, ",", "\"").size() == columns);
    }

    CHECK (lines[1].contains (",all,broadband,"));
    CHECK (lines[27].contains (",2,mid,"));
}

TEST_CASE ("A decay that is bent has its time in brackets with the reason", "[kernel]")
{
    const TemporaryFolder folder;
    auto path = noise (96000, 5);

    // 60 dB in 0.3 s, and from 27 dB below in 2 s.
    for (size_t n = 0; n < path.size(); ++n)
    {
        const double t = static_cast<double> (n) / 48000.0;
        path[n] *=
            static_cast<float> (std::sqrt (std::pow (10.0, -6.0 * t / 0.3) + 0.002 * std::pow (10.0, -6.0 * t / 2.0)));
    }

    REQUIRE (writeSound (folder.path ("k.wav"), { { path }, 48000.0 }, SampleFormat::float32) == "");
    const auto table = analyse ({ folder.path ("k.wav") });
    CHECK_THAT (table.output, Contains ("( ), non-linearity over 10 per mille") && Contains ("curvature over 10 %"));
    const auto band =
        juce::JSON::parse (juce::String (analyse ({ folder.path ("k.wav"), "--json" }).output))["files"][0]["bands"][0];
    CHECK_FALSE (static_cast<bool> (band["t30"]["valid"]));
    CHECK (static_cast<double> (band["t30"]["value"]) > 0.5);
    CHECK_THAT (band["t30"]["reason"].toString().toStdString(), Contains ("non-linearity"));
    CHECK (static_cast<double> (band["nonLinearity30"]["value"]) > 10.0);
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
    REQUIRE (json["files"].size() == 3);

    for (int band = 0; band < 8; ++band)
    {
        const auto t30 = [&] (int file)
        { return static_cast<double> (json["files"][file]["bands"][band]["t30"]["value"]); };
        CAPTURE (band, t30 (0), t30 (1), t30 (2));
        CHECK (t30 (0) > 0.5);
        CHECK (t30 (1) > (band == 7 ? 0.9 : 1.0) * t30 (0)); // at 8 kHz the plate's own losses rule
        CHECK (t30 (2) > 0.99 * t30 (1));
        CHECK (t30 (2) < 12.0);
    }
}

TEST_CASE ("Only our sentences are on standard error for an MP3 of another size than it names", "[kernel]")
{
    const TemporaryFolder folder;
    const auto whole = toneAsMp3();
    const auto errors = [&] (size_t size, const char* name)
    {
        auto bytes = whole;
        bytes.resize (size, std::byte { 'x' });
        REQUIRE ((folder / name).replaceWithData (bytes.data(), bytes.size()));
        return runTool ({ "analyse", folder.path (name) }).errors;
    };
    const auto quiet = [&] (const char* name) {
        return runTool ({ "edit", folder.path (name), "--quiet", "--force", "-o", folder.path ("x.wav") }).errors;
    };
    CHECK (errors (whole.size(), "whole.mp3") == "");
    CHECK (errors (whole.size() + 300, "more.mp3") == "");
    CHECK (errors (1500, "cut.mp3")
           == "faltwerk: 'cut' is cut short: 5807 of the 8820 frames that its header names are there\n");

    // What is missing is said in any case, and what explains is not, also if it speaks of damage.
    CHECK_THAT (quiet ("cut.mp3"), Contains ("'cut' is cut short"));
    (folder / "cut short.txt").replaceWithText ("# unfinished\n0,5;1\n0,25;2\n");
    CHECK (quiet ("cut short.txt") == "");
    CHECK_THAT (runTool ({ "analyse", folder.path ("cut short.txt") }).errors, Contains ("read as numbers: "));
}
