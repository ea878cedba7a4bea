// What options take and refuse, in every command.

#include "Kernel/Generators/FactoryBank.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"

#include <algorithm>
#include <limits>

using namespace faltwerk;
using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

using Arguments = std::vector<std::string>;

Arguments operator+ (Arguments first, const Arguments& second)
{
    first.insert (first.end(), second.begin(), second.end());
    return first;
}

void write (const std::string& path, std::vector<std::vector<float>> channels, double rate = 48000.0)
{
    REQUIRE (writeSound (path, Sound { std::move (channels), rate }, SampleFormat::float32) == "");
}

} // namespace

TEST_CASE ("No option takes a number that is not finite", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f, 0.5f } });
    const Arguments render {
        "render", folder.path ("x.wav"), "-k", folder.path ("x.wav"), "-o", folder.path ("y.wav")
    };
    const Arguments sweep { "sweep", "-o", folder.path ("y.wav") };
    const Arguments make { "make", "low-pass", "-o", folder.path ("y.wav") };
    const Arguments plan { "plan" };
    const std::vector<std::pair<Arguments, Arguments>> optionsOf {
        { render,
          { "--gain", "--width", "--mix", "--size", "--decay", "--damping", "--attack", "--fade-in", "--fade-out",
            "--pre-delay", "--kernel-rate" } },
        { sweep, { "--from", "--to", "--seconds", "--lead-in", "--level", "--rate", "--tail" } },
        { make, { "--cutoff" } },
        { plan, { "--seconds", "--rate", "--in", "--out", "--paths" } }
    };

    for (const auto& [command, options] : optionsOf)
    {
        for (const auto& option : options)
        {
            for (const auto* const value : { "nan", "-nan", "inf", "-inf", "NaN", "infinity", "1e999", "nanms", "" })
            {
                CAPTURE (option, value);
                const auto result = runTool (command + Arguments { option, value });
                CHECK (result.exitCode == 2);
                CHECK (result.output == "");
                CHECK_THAT (result.errors,
                            Contains (option + ": '" + value + "' is not a ") && Contains ("number from"));
            }
        }
    }

    for (const auto* const value : { "nan:", ":inf", "inf:1" })
        CHECK (runTool (render + Arguments { "--trim", value }).exitCode == 2);

    for (const auto* const value : { "nan:0", "0:nan", "0:-inf" })
        CHECK (runTool (render + Arguments { "--nodes", value }).exitCode == 2);

    CHECK_FALSE ((folder / "y.wav").exists());
    CHECK (runTool (render).exitCode == 0); // the command is right without them
}

TEST_CASE ("Options take numbers in related units", "[kernel]")
{
    const TemporaryFolder folder;
    const auto made = [&folder] (const Arguments& options)
    {
        const auto result = runTool (options + Arguments { "--force", "-o", folder.path ("y.wav") });
        CAPTURE (result.errors);
        REQUIRE (result.exitCode == 0);
        return readSound (folder.path ("y.wav"))->channels;
    };
    const Arguments lowPass { "make", "low-pass", "--cutoff" };
    const auto oneKilohertz = made (lowPass + Arguments { "1000" });
    CHECK (made (lowPass + Arguments { "1k" }) == oneKilohertz);
    CHECK (made (lowPass + Arguments { "1kHz" }) == oneKilohertz);
    CHECK (made (lowPass + Arguments { "1000 hz" }) == oneKilohertz);
    CHECK (made (lowPass + Arguments { "2k" }) != oneKilohertz);
    const Arguments delay { "make", "delayed-delta", "--delay" }; // in ms
    CHECK (made (delay + Arguments { "80ms" }) == made (delay + Arguments { "80" }));
    CHECK (made (delay + Arguments { "0.08s" }) == made (delay + Arguments { "80" }));

    write (folder.path ("k.wav"), { { 1.0f, 0.5f }, { 0.25f, 1.0f } });
    const Arguments edit { "edit", folder.path ("k.wav") };
    CHECK (made (edit + Arguments { "--gain", "-6dB" }) == made (edit + Arguments { "--gain", "-6" }));
    CHECK (made (edit + Arguments { "--width", "40%" }) == made (edit + Arguments { "--width", "40" }));
    CHECK (made (edit + Arguments { "--pre-delay", "80ms" }) == made (edit + Arguments { "--pre-delay", "0.08" }));
    CHECK (made (edit + Arguments { "--nodes", "1ms:-6dB" }) == made (edit + Arguments { "--nodes", "0.001:-6" }));

    for (const auto& wrong : std::vector<Arguments> { { "--gain", "6Hz" },
                                                      { "--gain", "6 dB 3" },
                                                      { "--width", "40dB" },
                                                      { "--pre-delay", "80k" },
                                                      { "--pre-delay", "ms" } })
    {
        CAPTURE (wrong);
        CHECK (runTool (edit + wrong + Arguments { "-o", folder.path ("z.wav") }).exitCode == 2);
    }

    CHECK_FALSE ((folder / "z.wav").exists());
}

TEST_CASE ("A value out of range is refused with the range, in one line", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f } });
    const auto errors = [&folder] (const Arguments& options)
    {
        return runTool (Arguments { "render", folder.path ("x.wav"), "-k", folder.path ("x.wav"), "-o",
                                    folder.path ("y.wav") }
                        + options)
            .errors;
    };
    CHECK_THAT (errors ({ "--mix", "101" }), Contains ("faltwerk: --mix: '101' is not a number from 0 to 100 %."));
    CHECK_THAT (errors ({ "--gain", "-61" }), Contains ("faltwerk: --gain: '-61' is not a number from -60 to 60 dB."));
    CHECK_THAT (errors ({ "--attack", "soon" }),
                Contains ("'soon' is not a number from 0 to 60 s; write it as 0.25 or 250ms."));
    CHECK_THAT (runTool ({ "plan", "--seconds", "1", "--in", "1.5" }).errors,
                Contains ("--in: '1.5' is not a whole number from 1 to 16."));
}

TEST_CASE ("A sound with a sample that is not finite is refused with its place", "[kernel]")
{
    const TemporaryFolder folder;
    std::vector<std::vector<float>> channels (2, std::vector<float> (100000, 0.25f));
    write (folder.path ("k.wav"), { { 1.0f } });

    // In the second piece in which the file is read.
    channels[1][72000] = std::numeric_limits<float>::quiet_NaN();
    write (folder.path ("nan.wav"), channels);
    const auto nan =
        runTool ({ "render", folder.path ("nan.wav"), "-k", folder.path ("k.wav"), "-o", folder.path ("y.wav") });
    CHECK (nan.exitCode == 1);
    CHECK_THAT (nan.errors, Contains ("nan.wav' cannot be used: channel 2 holds a value that is not a number at frame "
                                      "72000 (1.500000 s)"));

    channels[1][72000] = -std::numeric_limits<float>::infinity();
    write (folder.path ("inf.wav"), channels);
    CHECK_THAT (runTool ({ "deconvolve", folder.path ("inf.wav"), "-o", folder.path ("y.wav") }).errors,
                Contains ("channel 2 holds a value that is infinite at frame 72000 (1.500000 s)"));
    CHECK_FALSE ((folder / "y.wav").exists());

    // As a kernel.
    CHECK_THAT (runTool ({ "edit", folder.path ("inf.wav"), "-o", folder.path ("y.wav") }).errors,
                Contains ("'inf.wav' cannot be a kernel: channel 2 holds a value that is infinite at frame 72000"));
}

TEST_CASE ("Wrong arguments are answered in one sentence with where the help is", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f } });
    const auto errors = [] (const Arguments& arguments)
    {
        const auto result = runTool (arguments);
        CHECK (result.exitCode == 2);
        CHECK (result.output == "");
        return result.errors;
    };
    CHECK (errors ({}) == "faltwerk: A command is missing. See 'faltwerk --help'.\n");
    CHECK (errors ({ "rendr" })
           == "faltwerk: Unknown command 'rendr'. Did you mean 'render'? See 'faltwerk --help'.\n");
    CHECK_THAT (errors ({ "measure", "--help" }), Contains ("Unknown command 'measure'."));
    CHECK_THAT (errors ({ "rendr", "-h" }), Contains ("Did you mean 'render'?"));
    CHECK_THAT (errors ({ "make", "low-pas", "--help" }), Contains ("Did you mean 'low-pass'?"));
    CHECK (errors ({ "qwertz" }) == "faltwerk: Unknown command 'qwertz'. See 'faltwerk --help'.\n");
    CHECK (errors ({ "make" }) == "faltwerk: A command is missing. See 'faltwerk make --help'.\n");
    CHECK (errors ({ "make", "lowpass" })
           == "faltwerk: Unknown command 'lowpass'. Did you mean 'low-pass'? See 'faltwerk make --help'.\n");
    CHECK (errors ({ "convolve", "1", "2", "3" })
           == "faltwerk: '3' is one argument too many. See 'faltwerk convolve --help'.\n");
    CHECK (errors ({ "convolve", "1", "2", "--mode", "wide" })
           == "faltwerk: --mode: 'wide' is not one of full, same, valid. See 'faltwerk convolve --help'.\n");
    CHECK (errors ({ "convolve", "1", "2", "--mode", "1" })
           == "faltwerk: --mode: '1' is not one of full, same, valid. See 'faltwerk convolve --help'.\n");
    CHECK (runTool ({ "convolve", "1", "2", "--mode", "FULL" }).exitCode == 0);

    const Arguments edit { "edit", folder.path ("x.wav"), "-o", folder.path ("y.wav") };
    const std::string help = " See 'faltwerk edit --help'.\n";
    CHECK (errors (edit + Arguments { "--normalize", "peak" })
           == "faltwerk: Unknown option '--normalize'. Did you mean '--normalise'?" + help);
    CHECK (errors (edit + Arguments { "--gain", "1", "--gain", "2" })
           == "faltwerk: --gain is given more than once." + help);
    CHECK (errors (edit + Arguments { "--gain" }) == "faltwerk: --gain needs a value." + help);
    CHECK (errors (edit + Arguments { "--bits", "24.0" })
           == "faltwerk: --bits: '24.0' is not one of 16, 24, 32." + help);
    CHECK (errors (edit + Arguments { "--kernel-pair", "--kernel-rate", "48k" })
           == "faltwerk: --kernel-pair cannot be used with --kernel-rate." + help);
    CHECK (errors ({ "edit", folder.path ("x.wav") }) == "faltwerk: --output is required." + help);
    CHECK_FALSE ((folder / "y.wav").exists());
}

TEST_CASE ("The length of a note is no time without a tempo", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f, 0.5f } });
    const Arguments edit { "edit", folder.path ("x.wav"), "-o", folder.path ("y.wav") };
    const Arguments make { "make", "delayed-delta", "-o", folder.path ("y.wav") };

    for (const auto& arguments : { edit + Arguments { "--pre-delay", "1/8" }, edit + Arguments { "--trim", "0:1/4" },
                                   edit + Arguments { "--nodes", "1/4:-3" }, make + Arguments { "--delay", "1/8" },
                                   make + Arguments { "--delay", "1/8s" } })
    {
        const auto result = runTool (arguments);
        CAPTURE (arguments.back());
        CHECK (result.exitCode == 2);
        CHECK_THAT (result.errors, Contains ("is the length of a note, which needs a tempo; write a time"));
    }

    CHECK (runTool (edit + Arguments { "--pre-delay", "125ms" }).exitCode == 0);
}

TEST_CASE ("Numbers of channels that cannot be are refused as they were written", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("x.wav"), { { 1.0f }, { 0.5f } });
    const auto errors = [&folder] (const std::string& layout)
    {
        const auto result = runTool ({ "analyse", folder.path ("x.wav"), "--kernel-channels", layout });
        CHECK (result.exitCode == 2);
        return result.errors;
    };

    for (const auto* const layout : { "matrix:99999999999999999999", "matrix:17", "matrix:0", "matrix:", "matrix:-1" })
        CHECK_THAT (errors (layout), Contains (std::string ("'") + layout + "' names no possible number of inputs")
                                         && Contains ("matrix:1 to matrix:16"));

    CHECK_THAT (errors ("1,2,1,99999999999999999999"), Contains ("is none of auto"));
}

TEST_CASE ("Options for channels hold for the bank, and say where they change nothing", "[kernel]")
{
    const TemporaryFolder folder;
    write (folder.path ("mono.wav"), { { 1.0f, 0.5f } });
    write (folder.path ("six.wav"), std::vector<std::vector<float>> (6, { 1.0f, 0.5f }));
    const auto mirrored = [] (const std::string& kernel) {
        return runTool ({ "analyse", kernel, "--kernel-mirrored", "--json" });
    };
    CHECK_THAT (mirrored (folder.path ("mono.wav")).errors,
                Contains ("--kernel-mirrored changes nothing: 'mono' is mono, not stereo"));
    CHECK_THAT (mirrored (folder.path ("six.wav")).errors, Contains ("'six' is 6 channels"));
    CHECK (mirrored ("factory:Concert Hall").errors == "");

    const auto hall = makeFactoryKernel ("Concert Hall");
    REQUIRE (hall->paths.size() == 2);
    REQUIRE (runTool ({ "edit", "factory:Concert Hall", "--kernel-mirrored", "-o", folder.path ("m.wav") }).exitCode
             == 0);
    const auto swapped = readSound (folder.path ("m.wav"));
    REQUIRE (swapped);
    CHECK (swapped->channels[0] == hall->paths[1]);
    CHECK (swapped->channels[1] == hall->paths[0]);
    CHECK_THAT (runTool ({ "analyse", "factory:Concert Hall", "--kernel-pair" }).errors,
                Contains ("Leave out --kernel-pair"));
    CHECK_THAT (runTool ({ "analyse", "factory:Cathedrl" }).errors, Contains ("Did you mean 'Cathedral'?"));
    CHECK_THAT (runTool ({ "analyse", "factory:xyzzyxyzzy" }).errors, Contains ("It has: "));
}
