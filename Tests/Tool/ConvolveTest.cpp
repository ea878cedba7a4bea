#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Files/Tool.h"

using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

ProcessResult convolve (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), "convolve");
    return runTool (std::move (arguments));
}

} // namespace

TEST_CASE ("faltwerk convolve: numbers in, numbers out", "[kernel]")
{
    CHECK (convolve ({ "1,2,3", "0,1,0.5" }).output == "0,1,2.5,4,1.5\n");
    CHECK (convolve ({ "1,2,3", "0,1,0.5", "--mode", "same" }).output == "1,2.5,4\n");
    CHECK (convolve ({ "1,2,3", "0,1,0.5", "--mode", "valid" }).output == "2.5\n");
    CHECK (convolve ({ "-1,2", "-.5" }).output == "0.5,-1\n");
    CHECK (convolve ({ "--mode", "full", "1 2", "3" }).output == "3,6\n");
    CHECK (convolve ({ "", "1,2" }).output == "\n");
    CHECK (convolve ({ "1,2", "" }).exitCode == 0);

    CHECK (convolve ({ "1,2,3", "0,1,0.5", "--mode", "same", "--steps" }).output
           == "y[1] = h[0] x[1] + h[1] x[0] = 0*2 + 1*1 = 1   (sample 0 of the result)\n"
              "y[2] = h[0] x[2] + h[1] x[1] + h[2] x[0] = 0*3 + 1*2 + 0.5*1 = 2.5   (sample 1 of the result)\n"
              "y[3] = h[1] x[2] + h[2] x[1] = 1*3 + 0.5*2 = 4   (sample 2 of the result)\n"
              "1,2.5,4\n");
}

TEST_CASE ("faltwerk convolve prints numbers that read back equal, and reads lists, fractions and files", "[kernel]")
{
    CHECK (convolve ({ "1/3", "1" }).output == "0.3333333333333333\n");
    CHECK (convolve ({ "0.1,0.7", "3" }).output == "0.30000000000000004,2.0999999999999996\n");
    CHECK (convolve ({ "1000000,123456789012", "1" }).output == "1000000,123456789012\n");
    CHECK (convolve ({ "1e-20", "-1e20" }).output == "-1\n");
    CHECK (convolve ({ "[1, 2]", "(1/8, 0)" }).output == "0.125,0.25,0\n");

    const TemporaryFolder folder;
    (folder / "h.csv").replaceWithText ("time;h\n0;0,1\n0,0001;0,2\n0,0002;0,3\n");
    (folder / "two.csv").replaceWithText ("left,right\n1,2\n3,4\n");
    const auto read = convolve ({ "1,0", folder.path ("h.csv") });
    CHECK (read.output == "0.1,0.2,0.3,0\n");
    CHECK (read.errors
           == "faltwerk: 'h' read as numbers: 10 kHz from the time column; decimal commas; 1 heading line\n");
    CHECK_THAT (convolve ({ "1", folder.path ("two.csv") }).errors, Contains ("the kernel has 2 channels"));
    CHECK_THAT (convolve ({ "1", folder.path ("none.csv") }).errors, Contains ("kernel could not be read"));
}

TEST_CASE ("faltwerk convolve drops no column and no gap, and asks what commas mean", "[kernel]")
{
    const auto asked = convolve ({ "1,2\n3,4", "1" });
    CHECK (asked.exitCode == 1);
    CHECK_THAT (asked.errors, Contains ("'1,2' is 1.2") && Contains ("'1,2' is 1 and 2")
                                  && Contains ("--numbers decimal-comma, comma-separated or thousands"));
    CHECK (convolve ({ "1,2\n3,4", "1", "--numbers", "decimal-comma" }).output == "1.2,3.4\n");
    CHECK_THAT (convolve ({ "1,2\n3,4", "1", "--numbers", "comma-separated" }).errors, Contains ("2 channels"));
    CHECK_THAT (
        convolve ({ std::string (50, '3') + ",4\n5,6", "1" }).errors,
        Contains ("'33333333333333333333,4' is 33333333333333333333.4")); // of a long word, what is at the comma
    CHECK_THAT (convolve ({ "1,,2", "1" }).errors, Contains ("line 1, column 3: a number is missing"));
}

TEST_CASE ("faltwerk says what is wrong in one line and by its exit code", "[kernel]")
{
    const auto words = convolve ({ "1,two", "3" });
    CHECK (words.exitCode == 1);
    CHECK (words.output == "");
    CHECK_THAT (words.errors, Contains ("signal") && Contains ("line 1, column 3") && Contains ("'two'"));
    CHECK (std::count (words.errors.begin(), words.errors.end(), '\n') == 1);

    for (const auto& arguments :
         std::vector<std::vector<std::string>> { { "1,2" }, { "1", "2", "--mode", "wide" }, { "1", "2", "3" } })
    {
        const auto result = convolve (arguments);
        CHECK (result.exitCode == 2);
        CHECK (std::count (result.errors.begin(), result.errors.end(), '\n') == 1);
    }

    CHECK (runTool ({}).exitCode == 2);
    CHECK (runTool ({ "unknown" }).exitCode == 2);
    CHECK_THAT (runTool ({ "--version" }).output, Contains ("faltwerk 0."));
    CHECK_THAT (runTool ({ "--help" }).output, Contains ("render") && Contains ("convolve"));
    CHECK (runTool ({ "render", "--help" }).exitCode == 0);
}
