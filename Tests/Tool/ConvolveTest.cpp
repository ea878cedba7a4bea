#include "Support/Catch.h"
#include "Support/Process.h"

using namespace faltwerk::test;
using Catch::Matchers::Contains;

namespace
{

ProcessResult convolve (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), { FALTWERK_TOOL, "convolve" });
    return runProcess (arguments);
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

    CHECK (runProcess ({ FALTWERK_TOOL }).exitCode == 2);
    CHECK (runProcess ({ FALTWERK_TOOL, "unknown" }).exitCode == 2);
    CHECK_THAT (runProcess ({ FALTWERK_TOOL, "--version" }).output, Contains ("faltwerk 0."));
    CHECK_THAT (runProcess ({ FALTWERK_TOOL, "--help" }).output, Contains ("render") && Contains ("convolve"));
    CHECK (runProcess ({ FALTWERK_TOOL, "render", "--help" }).exitCode == 0);
}
