#include "Kernel/Edits/Edits.h"
#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

TEST_CASE ("faltwerk make offers every generator of the table", "[kernel]")
{
    const TemporaryFolder folder;
    const auto help = runTool ({ "make", "--help" }).output;

    for (const auto& generator : generators())
        CHECK_THAT (help, Contains (std::string (generator.id)));

    CHECK (runTool ({ "make", "moving-average", "--taps", "4", "-o", folder.path ("m.csv") }).exitCode == 0);
    CHECK ((folder / "m.csv").loadFileAsString() == "0.25\n0.25\n0.25\n0.25\n");

    const auto made = runTool ({ "make", "noise", "--decay", "0.3", "--seed", "7", "-o", folder.path ("n.wav") });
    CHECK (made.errors == "");
    REQUIRE (made.exitCode == 0);
    const auto expected = generate ("noise", { { "decay", 0.3 }, { "seed", 7.0 } });
    REQUIRE (expected);
    CHECK (readSound (folder.path ("n.wav"))->channels == expected->paths);

    const auto unknown = runTool ({ "make", "lowpass", "-o", folder.path ("x.wav") });
    CHECK (unknown.exitCode == 2);
    CHECK_THAT (unknown.errors,
                Contains ("Unknown command 'lowpass'. Did you mean 'low-pass'? See 'faltwerk make --help'."));

    const auto tooHigh = runTool ({ "make", "low-pass", "--cutoff", "30000", "-o", folder.path ("x.wav") });
    CHECK (tooHigh.exitCode == 1);
    CHECK_THAT (tooHigh.errors, Contains ("24000"));
    CHECK (folder.numFiles() == 2);
}

TEST_CASE ("faltwerk kernels lists the factory bank, whose kernels serve by name", "[kernel]")
{
    const TemporaryFolder folder;
    const auto list = runTool ({ "kernels" }).output;

    // Names in one column, tags in another.
    size_t column = 0;

    for (const auto& kernel : factoryKernels())
    {
        const auto line = list.find ("  " + std::string (kernel.name) + "  ");
        const auto tags =
            line == std::string::npos ? line : list.find (kernel.tags.front(), line + 2 + kernel.name.size());
        CAPTURE (kernel.name);
        REQUIRE (tags != std::string::npos);
        column = column == 0 ? tags - line : column;
        CHECK (tags - line == column);
    }

    CHECK (factoryKernels().size() >= 24);

    for (const auto& kernel : factoryKernels())
        CHECK_THAT (list, Contains (std::string (kernel.name)) && Contains (std::string (kernel.category)));

    CHECK (runTool ({ "edit", "factory:Concert Hall", "-o", folder.path ("hall.wav") }).exitCode == 0);
    CHECK (readSound (folder.path ("hall.wav"))->channels == defaultKernel().paths);

    const auto missing = runTool ({ "edit", "factory:No Such Hall", "-o", folder.path ("x.wav") });
    CHECK (missing.exitCode == 1);
    CHECK_THAT (missing.errors, Contains ("No Such Hall"));
}

TEST_CASE ("faltwerk edit and render do the edits that the options say", "[kernel]")
{
    const TemporaryFolder folder;
    const auto kernel = defaultKernel();
    REQUIRE (writeSound (folder.path ("k.wav"), { kernel.paths, kernel.sampleRate }, SampleFormat::float32) == "");

    Edits edits;
    edits.start = 0.01;
    edits.end = 1.5;
    edits.reverse = true;
    edits.stretch = 0.8;
    edits.attack = 0.05;
    edits.decay = 0.7;
    edits.nodes = { { 0.2, -3.0 }, { 1.0, -12.0 } };
    edits.fadeIn = 0.02;
    edits.fadeOut = 0.25;
    edits.width = 1.5;
    edits.damping = 0.4;
    edits.gainDb = -3.0;
    edits.normalise = Normalise::loudness;
    edits.preDelay = 0.02;
    const auto expected = edited (kernel, edits);
    REQUIRE (expected);

    const std::vector<std::string> options = { "--trim",       "10ms:1.5",    "--reverse", "--size",      "80",
                                               "--attack",     "50ms",        "--decay",   "70",          "--nodes",
                                               "0.2:-3,1:-12", "--width",     "150",       "--fade-in",   "0.02s",
                                               "--fade-out",   "0.25",        "--damping", "40",          "--gain",
                                               "-3",           "--normalise", "loudness",  "--pre-delay", "20ms" };
    std::vector<std::string> command { "edit", folder.path ("k.wav"), "-o", folder.path ("e.wav") };
    command.insert (command.end(), options.begin(), options.end());
    const auto result = runTool (command);
    CHECK (result.errors == "");
    REQUIRE (result.exitCode == 0);
    CHECK (std::stod (result.output.substr (std::string ("normalised by ").size()))
           == Approx (20.0 * std::log10 (expected->normalisingGain)).margin (0.051));
    CHECK (readSound (folder.path ("e.wav"))->channels == expected->kernel.paths);

    // A single 1 through the edited kernel is the edited kernel.
    REQUIRE (writeSound (folder.path ("one.wav"), { { { 1.0f } }, kernel.sampleRate }, SampleFormat::float32) == "");
    command = { "render", folder.path ("one.wav"), "-k", folder.path ("k.wav"), "-o", folder.path ("r.wav") };
    command.insert (command.end(), options.begin(), options.end());
    REQUIRE (runTool (command).exitCode == 0);
    CHECK (readSound (folder.path ("r.wav"))->channels == expected->kernel.paths);

    for (const auto& wrong : std::vector<std::vector<std::string>> { { "--trim", "1" },
                                                                     { "--attack", "soon" },
                                                                     { "--size", "10" },
                                                                     { "--nodes", "1" },
                                                                     { "--normalise", "loud" } })
    {
        command = { "edit", folder.path ("k.wav"), "-o", folder.path ("x.wav") };
        command.insert (command.end(), wrong.begin(), wrong.end());
        const auto refused = runTool (command);
        CHECK (refused.exitCode == 2);
        CHECK (std::count (refused.errors.begin(), refused.errors.end(), '\n') == 1);
    }

    CHECK_FALSE ((folder / "x.wav").exists());
}

TEST_CASE ("A sweep, what it is played through, and its kernel again, by the command line alone", "[kernel]")
{
    const TemporaryFolder folder;
    const std::vector<std::string> sweep { "--from", "32", "--seconds", "3" };
    std::vector<std::string> command { "sweep", "-o", folder.path ("s.wav"), "--tail", "1.5" };
    command.insert (command.end(), sweep.begin(), sweep.end());
    REQUIRE (runTool (command).exitCode == 0);
    CHECK (readSound (folder.path ("s.wav"))->lengthInFrames() == 5 * 48000);

    REQUIRE (runTool ({ "make", "noise", "--decay", "0.2", "--length", "0.3", "-o", folder.path ("k.wav") }).exitCode
             == 0);
    REQUIRE (runTool ({ "render", folder.path ("s.wav"), "-k", folder.path ("k.wav"), "-o", folder.path ("r.wav"),
                        "--mode", "full" })
                 .exitCode
             == 0);

    command = { "deconvolve", folder.path ("r.wav"), "-o", folder.path ("d.wav") };
    command.insert (command.end(), sweep.begin(), sweep.end());
    const auto result = runTool (command);
    CHECK (result.errors == "");
    REQUIRE (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("stereo") && Contains ("signal to noise") && Contains ("latency"));
    const auto found = *readSound (folder.path ("d.wav"));
    CHECK (found.channels.size() == 2);

    // By the figures in the sweep's file, and by the recording alone.
    for (const bool isGiven : { true, false })
    {
        command = { "deconvolve", folder.path ("r.wav"), "-o", folder.path ("e.wav"), "--force" };

        if (isGiven)
            command.insert (command.end(), { "--sweep", folder.path ("s.wav") });

        const auto other = runTool (command);
        CHECK (other.errors == "");
        CHECK_THAT (other.output, Contains ("32 Hz to 22000 Hz in 3 s") && Contains ("quality          good"));
        const bool isSame = readSound (folder.path ("e.wav"))->channels == found.channels;
        CHECK (isSame);
    }

    // No sweep at all, or an impossible one.
    CHECK (runTool ({ "deconvolve", folder.path ("k.wav"), "-o", folder.path ("x.wav") }).exitCode == 1);
    CHECK (runTool ({ "sweep", "-o", folder.path ("x.wav"), "--from", "9000", "--to", "100" }).exitCode == 1);

    // An end that was asked for and cannot be is said; the usual one is lowered without a word.
    const auto lowered = runTool ({ "sweep", "-o", folder.path ("low.wav"), "--to", "30k" });
    CHECK (lowered.exitCode == 0);
    CHECK_THAT (lowered.errors, Contains ("the sweep ends at 23040 Hz"));
    CHECK (runTool ({ "sweep", "-o", folder.path ("usual.wav"), "--rate", "44100" }).errors == "");
    CHECK_FALSE ((folder / "x.wav").exists());
}

TEST_CASE ("deconvolve tells where a recording was interrupted and sweep writes its inverse", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (runTool ({ "sweep", "-o", folder.path ("s.wav"), "--from", "40", "--seconds", "2" }).exitCode == 0);
    auto sound = *readSound (folder.path ("s.wav"));
    auto& samples = sound.channels[0];
    std::fill_n (samples.begin() + 72000, 4800, 0.0f);
    REQUIRE (writeSound (folder.path ("r.wav"), sound, SampleFormat::float32) == "");
    const std::vector<std::string> command { "deconvolve", folder.path ("r.wav"), "--sweep", folder.path ("s.wav"),
                                             "-o",         folder.path ("k.wav"), "--force" };
    auto result = runTool (command);
    CHECK (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("quality          poor: silent for 100 ms"));
    CHECK_THAT (result.errors, Contains ("The recording is silent for ") && Contains (" ms from 1.50 s on"));

    sound = *readSound (folder.path ("s.wav"));
    samples.erase (samples.begin() + 96000, samples.begin() + 96512);
    REQUIRE (writeSound (folder.path ("r.wav"), sound, SampleFormat::float32) == "");
    result = runTool (command);
    CHECK_THAT (result.output, Contains ("quality          poor: interrupted at 2.0 s")
                                   && Contains ("latency          unknown, since the recording was interrupted"));
    CHECK_THAT (result.errors, Contains ("From about 2.0 s on, the sweep comes 10.") && Contains ("ms early"));

    result = runTool ({ "sweep", "--inverse", "-o", folder.path ("i.wav"), "--from", "40", "--seconds", "2" });
    CHECK (result.exitCode == 0);
    CHECK_THAT (result.output, Contains ("the kernel begins 2.500 s into the result.\n"));
    result = runTool ({ "deconvolve", folder.path ("s.wav"), "--sweep", folder.path ("s.wav"), "-o",
                        folder.path ("l.wav"), "--phase", "linear" });
    CHECK (result.exitCode == 0);
    const auto linear = readSound (folder.path ("l.wav"))->channels[0];
    const auto peak = std::max_element (linear.begin(), linear.end()) - linear.begin();
    CHECK (peak == 2400); // two periods of 40 Hz
}

TEST_CASE ("deconvolve averages takes, and answers what does not fit in a sentence", "[kernel]")
{
    const TemporaryFolder folder;
    const std::vector<std::string> sweep { "sweep", "-o", folder.path ("s.wav"), "--from", "100", "--seconds", "0.5" };
    REQUIRE (runTool (sweep).exitCode == 0);
    auto sound = *readSound (folder.path ("s.wav"));
    REQUIRE (writeSound (folder.path ("late.wav"), sound, SampleFormat::float32) == "");
    sound.channels.push_back (sound.channels[0]);
    REQUIRE (writeSound (folder.path ("stereo.wav"), sound, SampleFormat::float32) == "");
    const auto run = [&folder] (std::vector<std::string> arguments)
    {
        arguments.insert (arguments.begin(), "deconvolve");
        arguments.insert (arguments.end(), { "-o", folder.path ("k.wav"), "--force" });
        return runTool (arguments);
    };
    const auto mean = run ({ folder.path ("s.wav"), folder.path ("late.wav"), "--average" });
    CHECK (mean.exitCode == 0);
    CHECK_THAT (mean.output, Contains (": mono") && Contains ("2, averaged: 3.0 dB less noise"));
    const auto both = run ({ folder.path ("s.wav"), folder.path ("late.wav") });
    CHECK_THAT (both.output, Contains (": stereo"));
    CHECK_THAT (run ({ folder.path ("s.wav"), folder.path ("stereo.wav"), "--average" }).errors,
                Contains ("'" + folder.path ("stereo.wav") + "' has another number of channels"));

    // Figures that are wrong: the right ones are named, and the result is poor.
    const auto wrong = run ({ folder.path ("s.wav"), "--from", "100", "--seconds", "0.45" });
    CHECK_THAT (wrong.errors,
                Contains ("The recording fits a sweep of 100 Hz to 22000 Hz in 0.5 s; 100 Hz to 22000 Hz in "
                          "0.45 s was given"));
    CHECK_THAT (wrong.output, Contains ("quality          poor: smeared"));

    CHECK (run ({ folder.path ("s.wav"), "--sweep", folder.path ("none.wav") }).exitCode == 1);
    CHECK (run ({ folder.path ("s.wav"), "--sweep", folder.path ("s.wav"), "--seconds", "3" }).exitCode == 2);
}

TEST_CASE ("What a kernel's channels mean can be said on the command line", "[kernel]")
{
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("four.wav"), { { { 1.0f }, { 2.0f }, { 3.0f }, { 4.0f } }, 48000.0 },
                         SampleFormat::float32)
             == "");
    REQUIRE (writeSound (folder.path ("x.wav"), { { { 1.0f }, { 0.0f } }, 48000.0 }, SampleFormat::float32) == "");

    // 1 on the left, through LL LR RL RR, and through LL RL LR RR.
    const auto rendered = [&folder] (const std::string& layout, const std::string& input)
    {
        const auto result = runTool ({ "render", folder.path (input), "-k", folder.path ("four.wav"),
                                       "--kernel-channels", layout, "--force", "-o", folder.path ("y.wav") });
        CAPTURE (result.errors);
        REQUIRE (result.exitCode == 0);
        return readSound (folder.path ("y.wav"))->channels;
    };
    CHECK (rendered ("auto", "x.wav") == std::vector<std::vector<float>> { { 1.0f }, { 2.0f } });
    CHECK (rendered ("true-stereo-by-output", "x.wav") == std::vector<std::vector<float>> { { 1.0f }, { 3.0f } });
    CHECK (rendered ("matrix:1", "x.wav").size() == 4);

    REQUIRE (writeSound (folder.path ("quad.wav"), { { { 1.0f }, { 1.0f }, { 1.0f }, { 1.0f } }, 48000.0 },
                         SampleFormat::float32)
             == "");
    CHECK (rendered ("per-channel", "quad.wav")
           == std::vector<std::vector<float>> { { 1.0f }, { 2.0f }, { 3.0f }, { 4.0f } });

    const auto wrong =
        runTool ({ "edit", folder.path ("four.wav"), "--kernel-channels", "five", "-o", folder.path ("z.wav") });
    CHECK (wrong.exitCode == 2);
    CHECK_THAT (wrong.errors, Contains ("'five'"));

    // A pair of files, named by either half.
    REQUIRE (writeSound (folder.path ("hall L.wav"), { { { 5.0f } }, 48000.0 }, SampleFormat::float32) == "");
    REQUIRE (writeSound (folder.path ("hall R.wav"), { { { 6.0f } }, 48000.0 }, SampleFormat::float32) == "");
    REQUIRE (runTool ({ "edit", folder.path ("hall R.wav"), "--kernel-pair", "-o", folder.path ("z.wav") }).exitCode
             == 0);
    CHECK (readSound (folder.path ("z.wav"))->channels == std::vector<std::vector<float>> { { 5.0f }, { 6.0f } });
}

TEST_CASE ("The help lists edits in the order in which they act", "[kernel]")
{
    const auto help = runTool ({ "edit", "--help" }).output;
    size_t last = 0;

    for (const auto* const option : { "--trim", "--reverse", "--size", "--attack", "--decay", "--nodes", "--fade-in",
                                      "--fade-out", "--width", "--damping", "--normalise", "--gain", "--pre-delay" })
    {
        CAPTURE (option);
        const auto place = help.find (std::string ("    ") + option + " ");
        REQUIRE (place != std::string::npos);
        CHECK (place > last);
        last = place;
    }

    // A gain behind a normalisation is heard.
    const TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("k.wav"), { { { 0.25f, 0.125f } }, 48000.0 }, SampleFormat::float32) == "");
    const auto firstSample = [&folder] (const char* gain)
    {
        REQUIRE (runTool ({ "edit", folder.path ("k.wav"), "--gain", gain, "--normalise", "peak", "--force", "-o",
                            folder.path ("y.wav") })
                     .exitCode
                 == 0);
        return readSound (folder.path ("y.wav"))->channels[0][0];
    };
    CHECK (firstSample ("-20") == Approx (0.1 * firstSample ("0")));
}

TEST_CASE ("A word that is none of a parameter's is refused with those that are", "[kernel]")
{
    const auto result = runTool ({ "make", "resonator", "--chord", "jazz", "-o", "x.wav" });
    CHECK (result.exitCode == 2);
    CHECK_THAT (result.errors,
                Contains ("--chord: 'jazz' is not one of ") && Contains ("octaves, fifths, major, minor"));
    CHECK_THAT (runTool ({ "make", "low-pass", "--phase", "zero", "-o", "x.wav" }).errors,
                Contains ("--phase: 'zero' is not one of linear, minimum"));
}

TEST_CASE ("A filter with too few taps says what its gain at the cutoff is", "[kernel]")
{
    const TemporaryFolder folder;
    const auto make = [&folder] (std::vector<std::string> arguments)
    {
        arguments.insert (arguments.begin(), "make");
        arguments.insert (arguments.end(), { "--force", "-o", folder.path ("x.wav") });
        const auto result = runTool (arguments);
        CHECK (result.exitCode == 0);
        return result.errors;
    };

    for (const std::vector<std::string>& few :
         { std::vector<std::string> { "low-pass", "--cutoff", "100", "--taps", "101" },
           std::vector<std::string> { "high-pass", "--cutoff", "100", "--taps", "101", "--level", "6" } })
    {
        const auto errors = make (few);
        const auto kernel = readSound (folder.path ("x.wav"));
        REQUIRE (kernel);
        std::complex<double> sum = 0.0; // an oracle of its own

        for (size_t n = 0; n < kernel->lengthInFrames(); ++n)
            sum += static_cast<double> (kernel->channels[0][n])
                   * std::polar (1.0, -2.0 * 3.14159265358979 * double (n) / 480.0);

        char gain[32];
        std::snprintf (gain, sizeof gain, "is %.1f dB",
                       20.0 * std::log10 (std::abs (sum)) - (few.size() > 5 ? 6.0 : 0.0));
        CHECK_THAT (errors, Contains ("with 101 taps the gain at 100 Hz, the cutoff, " + std::string (gain)));
    }

    CHECK_THAT (make ({ "band-pass", "--taps", "31" }), Contains ("the low-cutoff") && Contains ("the high-cutoff"));
    CHECK (make ({ "low-pass", "--cutoff", "100" }) == "");
    CHECK (make ({ "low-pass", "--cutoff", "5000", "--taps", "255" }) == "");
    CHECK (make ({ "moving-average", "--taps", "3" }) == "");
}
