#include "Kernel/Edits/Resampling.h"
#include "Kernel/Writing/SoundEncoder.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"
#include "Support/Oracle.h"

#include <cmath>
#include <limits>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

/** Runs render, which may replace the result of a former run. */
ProcessResult render (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), { "render", "--force" });
    return runTool (std::move (arguments));
}

void write (const std::string& path, std::vector<std::vector<float>> channels, double rate)
{
    REQUIRE (writeSound (path, Sound { std::move (channels), rate }, SampleFormat::float32) == "");
}

/** The largest difference relative to the largest expected magnitude. */
double relativeError (const std::vector<float>& measured, const std::vector<double>& expected)
{
    REQUIRE (measured.size() == expected.size());
    double error = 0.0, peak = 0.0;

    for (size_t n = 0; n < expected.size(); ++n)
    {
        error = std::max (error, std::abs (static_cast<double> (measured[n]) - expected[n]));
        peak = std::max (peak, std::abs (expected[n]));
    }

    return error / peak;
}

} // namespace

TEST_CASE ("faltwerk render: the pure convolution by default", "[kernel]")
{
    const TemporaryFolder folder;
    const auto x = noise (9000, 1), h = decayingNoise (3001, 2), h2 = decayingNoise (3001, 3);
    write (folder.path ("x.wav"), { x }, 48000);
    write (folder.path ("h.wav"), { h, h2 }, 48000);

    const auto result =
        render ({ folder.path ("x.wav"), "--kernel", folder.path ("h.wav"), "-o", folder.path ("y.wav") });
    CHECK (result.errors == "");
    REQUIRE (result.exitCode == 0);
    const auto y = *readSound (folder.path ("y.wav"));
    CHECK (y.sampleRate == 48000);
    REQUIRE (y.channels.size() == 2); // a mono file and a stereo kernel
    CHECK (relativeError (y.channels[0], oracle (x, h)) < 1e-6);
    CHECK (relativeError (y.channels[1], oracle (x, h2)) < 1e-6);
}

TEST_CASE ("faltwerk render keeps the part that is asked for, and mixes", "[kernel]")
{
    const TemporaryFolder folder;
    (folder / "x.csv").replaceWithText ("1,2,3");
    (folder / "h.txt").replaceWithText ("0\n1\n0.5\n");
    const auto rendered = [&folder] (std::vector<std::string> options)
    {
        options.insert (options.end(),
                        { folder.path ("x.csv"), "-k", folder.path ("h.txt"), "-o", folder.path ("y.csv") });
        REQUIRE (render (options).exitCode == 0);
        return (folder / "y.csv").loadFileAsString().replace ("\n", " ").trim().toStdString();
    };

    CHECK (rendered ({}) == "0 1 2.5 4 1.5");
    CHECK (rendered ({ "--mode", "same" }) == "1 2.5 4");
    CHECK (rendered ({ "--mode", "valid" }) == "2.5");
    CHECK (rendered ({ "--mix", "0" }) == "1 2 3 0 0");
    CHECK (rendered ({ "--mix", "50" }) == "1 3 5.5 4 1.5");
    CHECK (rendered ({ "--mix", "25" }) == "1 2.5 4.25 2 0.75");
    CHECK (rendered ({ "--mix", "50", "--mode", "same" }) == "3 5.5 4"); // the dry sound is aligned to the sample
}

TEST_CASE ("faltwerk render resamples the kernel to the rate of the sound", "[kernel]")
{
    const TemporaryFolder folder;
    const auto x = noise (9000, 4);
    const Kernel kernel { { decayingNoise (4800, 5) }, 96000, Routing::mono, "h" };
    write (folder.path ("x.wav"), { x, x }, 44100);
    write (folder.path ("h.wav"), kernel.paths, 96000);
    REQUIRE (render ({ folder.path ("x.wav"), "-k", folder.path ("h.wav"), "-o", folder.path ("y.wav") }).exitCode
             == 0);
    const auto y = *readSound (folder.path ("y.wav"));
    CHECK (y.sampleRate == 44100);
    CHECK (y.lengthInFrames() == 9000 + 2205 + 64 - 1); // with what rings behind the kernel's end
    CHECK (relativeError (y.channels[1], oracle (x, resampled (kernel, 44100).paths[0])) < 1e-6);

    // Bare numbers take the rate of the sound.
    (folder / "h.csv").replaceWithText ("0,1");
    REQUIRE (render ({ folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o", folder.path ("y.wav") }).exitCode
             == 0);
    CHECK (readSound (folder.path ("y.wav"))->channels[0][1] == Approx (x[0]));
}

TEST_CASE ("faltwerk render reports clipping, and the gain that avoids it", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f, 0.5f } }, 48000);
    (folder / "h.csv").replaceWithText ("2,0");
    const auto result =
        render ({ folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o", folder.path ("y.wav"), "--bits", "16" });
    CHECK (result.exitCode == 0);
    CHECK_THAT (result.errors,
                Contains ("1 sample clipped") && Contains ("6.0 dB over") && Contains ("; --out-gain -6.1 avoids it."));

    CHECK (render ({ folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o", folder.path ("y.wav") }).errors == "");
    CHECK (readSound (folder.path ("y.wav"))->channels[0][0] == 2.0f);
}

TEST_CASE ("faltwerk render writes FLAC, of 24 bits unless asked otherwise", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 0.5f, 1.0f / 8388608 } }, 48000);
    (folder / "h.csv").replaceWithText ("1,0.25");
    const auto to = [&folder] (const char* output, const char* bits) {
        return render (
            { folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o", folder.path (output), "--bits", bits });
    };

    REQUIRE (render ({ folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o", folder.path ("y.FLAC") }).errors
             == "");
    CHECK (readSound (folder.path ("y.FLAC"))->channels[0][0] == 0.5f);
    CHECK (readSound (folder.path ("y.FLAC"))->channels[0][1] == 0.125f + 1.0f / 8388608);
    CHECK (to ("16.flac", "16").exitCode == 0);
    CHECK (readSound (folder.path ("16.flac"))->channels[0][1] == 0.125f);
    CHECK_THAT (to ("32.flac", "32").errors, Contains ("floating-point"));
    CHECK_FALSE ((folder / "32.flac").exists());
}

TEST_CASE ("faltwerk render remarks on a single sample, takes a rate for numbers, and finds pairs", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1, 0, 0, 0 } }, 48000);
    write (folder.path ("hall L.wav"), { { 1, 2 } }, 48000);
    write (folder.path ("hall R.wav"), { { 3, 4 } }, 48000);
    (folder / "gain.csv").replaceWithText ("0.5");
    (folder / "long.csv").replaceWithText ("1,0,0,0");
    const auto with = [&folder] (const char* kernel, std::vector<std::string> options = {})
    {
        options.insert (options.begin(),
                        { folder.path ("x.wav"), "-k", folder.path (kernel), "-o", folder.path ("y.wav") });
        return render (options);
    };

    CHECK (with ("gain.csv").errors
           == "faltwerk: 'gain' has a single sample: it changes the level by -6.0 dB and nothing else.\n");
    CHECK (with ("long.csv").errors == "");
    CHECK (readSound (folder.path ("y.wav"))->lengthInFrames() == 4 + 4 - 1);
    CHECK (with ("long.csv", { "--kernel-rate", "96000" }).errors == "");
    CHECK (readSound (folder.path ("y.wav"))->lengthInFrames() == 4 + 2 + 64 - 1);
    CHECK_THAT (with ("hall L.wav", { "--kernel-rate", "96000" }).errors, Contains ("Leave out --kernel-rate"));

    CHECK (with ("hall R.wav", { "--kernel-pair" }).errors == "");
    const auto y = *readSound (folder.path ("y.wav"));
    REQUIRE (y.channels.size() == 2);
    CHECK (y.channels[0][1] == Approx (2));
    CHECK (y.channels[1][1] == Approx (4));
    CHECK_THAT (with ("gain.csv", { "--kernel-pair" }).errors, Contains ("no other half"));
}

TEST_CASE ("A failed render leaves no file, and an old result as it was", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { noise (100, 6) }, 48000);
    (folder / "bad.wav").replaceWithText ("no sound");
    (folder / "y.wav").replaceWithText ("an earlier result");

    for (const auto& [input, kernel] :
         std::vector<std::pair<juce::String, juce::String>> { { "bad.wav", "x.wav" },
                                                              { "x.wav", "bad.wav" },
                                                              { "x.wav", "missing.wav" },
                                                              { "missing.wav", "x.wav" } })
    {
        for (const char* output : { "new.wav", "y.wav" })
        {
            const auto result =
                render ({ folder.path (input), "-k", folder.path (kernel), "-o", folder.path (output) });
            CHECK (result.exitCode == 1);
            CHECK (std::count (result.errors.begin(), result.errors.end(), '\n') == 1);
        }
    }

    CHECK (render ({ folder.path ("x.wav"), "-k", folder.path ("x.wav"), "-o", folder.path ("none/y.wav") }).exitCode
           == 1);
    CHECK (render ({ folder.path ("x.wav"), "-k", folder.path ("x.wav"), "-o", folder.path ("y.wav"), "--bits", "12" })
               .exitCode
           == 2);
    CHECK (render ({ folder.path ("x.wav"), "-k", folder.path ("x.wav"), "-o", folder.path ("y.wav"), "--mix", "120" })
               .exitCode
           == 2);
    CHECK ((folder / "y.wav").loadFileAsString() == "an earlier result");
    CHECK (folder.numFiles() == 3);
}

TEST_CASE ("A measured plate on a dry drum loop agrees with the oracle", "[kernel]")
{
    const auto data = dataFolder();

    if (data == juce::File())
        return;

    const TemporaryFolder folder;
    const auto input = data.getChildFile ("dry/drums_44k1_stereo.wav").getFullPathName().toStdString();
    const auto plate = data.getChildFile ("kernels/emt_140_medium_3.wav").getFullPathName().toStdString();
    REQUIRE (render ({ input, "--kernel", plate, "-o", folder.path ("out.wav") }).exitCode == 0);
    const auto x = *readSound (input), y = *readSound (folder.path ("out.wav"));
    const auto h = resampled (*readKernel (plate), 44100);
    CHECK (h.lengthInFrames() == 207917 + 64);

    for (size_t channel = 0; channel < 2; ++channel)
    {
        const auto error = relativeError (y.channels[channel], oracle (x.channels[channel], h.paths[channel]));
        INFO ("channel " << channel << ": largest error " << error << " of the output's peak");
        CHECK (error < 1e-6);
    }
}

TEST_CASE ("faltwerk render says how it understood numbers, and takes what commas mean", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1, 0, 0, 0 } }, 48000);
    (folder / "h.coeffs").replaceWithText ("1,5\n2,5\n");
    const auto with = [&folder] (std::vector<std::string> options)
    {
        options.insert (options.begin(),
                        { folder.path ("x.wav"), "-k", folder.path ("h.coeffs"), "-o", folder.path ("y.wav") });
        return render (options);
    };

    CHECK (with ({}).exitCode == 1);
    CHECK_THAT (with ({}).errors, Contains ("'1,5' is 1 and 5") && Contains ("--numbers decimal-comma"));
    CHECK (with ({ "--numbers", "decimal-comma" }).errors == "faltwerk: 'h' read as numbers: decimal commas\n");
    CHECK (readSound (folder.path ("y.wav"))->channels[0][1] == 2.5f);
    CHECK (with ({ "--numbers", "comma-separated" }).errors
           == "faltwerk: 'h' read as numbers: 2 columns: left and right\n");
    CHECK_THAT (with ({ "--kernel-channels", "matrix:-1" }).errors,
                Contains ("'matrix:-1' names no possible number of inputs"));
}

TEST_CASE ("A sample that is not finite is refused with its place, or silence on request", "[kernel]")
{
    const TemporaryFolder folder;
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    write (folder.path ("x.wav"), { { 1, nan, 0.5f, -infinity, 0.25f } }, 48000);
    (folder / "h.csv").replaceWithText ("1\n0.5\n");
    const std::vector<std::string> arguments { folder.path ("x.wav"), "-k", folder.path ("h.csv"), "-o",
                                               folder.path ("y.wav") };
    const auto refused = render (arguments);
    CHECK (refused.exitCode == 1);
    CHECK_THAT (refused.errors, Contains ("channel 1 holds a value that is not a number at frame 1"));
    CHECK_FALSE ((folder / "y.wav").exists());

    auto replacing = arguments;
    replacing.push_back ("--replace-non-finite");
    const auto replaced = render (replacing);
    CHECK (replaced.exitCode == 0);
    CHECK_THAT (replaced.errors, Contains ("held 2 samples that were no numbers or infinite"));
    CHECK (readSound (folder.path ("y.wav"))->channels[0]
           == std::vector<float> { 1, 0.5f, 0.5f, 0.25f, 0.25f, 0.125f });
}

TEST_CASE ("The advice on clipping can be obeyed, also with dry sound and a gain before it", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { noise (5000, 1), noise (5000, 2) }, 48000);
    write (folder.path ("h.wav"), { { 1.3f, 0.4f }, { -0.9f, 0.7f } }, 48000);
    const auto rendered = [&folder] (const char* name, std::vector<std::string> options)
    {
        options.insert (options.begin(), { folder.path ("x.wav"), "-k", folder.path ("h.wav"), "--mix", "50", "-o",
                                           folder.path (name) });
        const auto result = render (options);
        REQUIRE (result.exitCode == 0);
        return result.errors;
    };
    const auto adviceIn = [] (const std::string& errors)
    {
        const std::string option = "--out-gain ";
        const auto place = errors.find (option);
        REQUIRE (place != std::string::npos);
        return errors.substr (place + option.size(), errors.find (' ', place + option.size()) - place - option.size());
    };
    const auto first = adviceIn (rendered ("y.wav", { "--bits", "16" }));
    CHECK (std::stod (first) < -1.0);
    CHECK (rendered ("y.wav", { "--bits", "16", "--out-gain", first }) == "");
    CHECK (adviceIn (rendered ("y.wav", { "--bits", "24", "--out-gain", "12dB" })) == first);

    // Wet and dry get it alike.
    CHECK (rendered ("plain.wav", {}) == "");
    CHECK (rendered ("low.wav", { "--out-gain", "-20" }) == "");
    const auto plain = *readSound (folder.path ("plain.wav")), low = *readSound (folder.path ("low.wav"));

    for (size_t channel = 0; channel < 2; ++channel)
        for (size_t n = 0; n < plain.lengthInFrames(); ++n)
            REQUIRE (low.channels[channel][n] == Approx (plain.channels[channel][n] * 0.1).margin (1e-7));

    // Numbers do not clip.
    CHECK (rendered ("y.csv", { "--bits", "16" }) == "");
}

#if defined(__linux__)
TEST_CASE ("A long sound is rendered in little memory", "[kernel]")
{
    // Ten minutes of stereo are 230 MB as floats; their file has a hole for samples.
    constexpr size_t numFrames = 600 * 48000;
    const TemporaryFolder folder;
    write (folder.path ("h.wav"), { decayingNoise (144000, 1), decayingNoise (144000, 2) }, 48000);

    {
        juce::FileOutputStream stream (folder / "x.wav");
        REQUIRE (stream.openedOk());
        const auto encoder =
            SoundEncoder::make (stream, OutputFormat::wave, SampleFormat::int16, { 2, numFrames, 48000, true });
        REQUIRE (stream.setPosition (44 + numFrames * 4 - 1));
        REQUIRE (stream.writeByte (0));
    }

    const auto quoted = [] (const std::string& word) { return "'" + word + "'"; };
    const auto result =
        runProcess ({ "/bin/sh", "-c",
                      "ulimit -d 100000; " + quoted (FALTWERK_TOOL) + " render " + quoted (folder.path ("x.wav"))
                          + " -k " + quoted (folder.path ("h.wav")) + " -o /dev/null" });
    CHECK (result.errors == "");
    CHECK (result.exitCode == 0);
}
#endif
