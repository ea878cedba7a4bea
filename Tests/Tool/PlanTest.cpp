#include "Support/Catch.h"
#include "Support/Files/Tool.h"

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

test::ProcessResult plan (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), "plan");
    return test::runTool (std::move (arguments));
}

} // namespace

TEST_CASE ("faltwerk plan prints the ladder and what it takes", "[kernel]")
{
    const auto tenSeconds = plan ({ "--seconds", "10" });
    CHECK (tenSeconds.exitCode == 0);
    CHECK_THAT (tenSeconds.output, Contains ("480000 taps (10.000 s at 48000 Hz), 2 in, 2 out, 2 paths")
                                       && Contains ("direct") && Contains ("at once")
                                       && Contains ("spread over a block") && Contains ("ns per frame")
                                       && Contains ("MB"));
    CHECK (plan ({ "--seconds", "10" }).output == tenSeconds.output);

    const auto single = plan ({ "--seconds", "1", "--rate", "1000", "--in", "1", "--out", "1" });
    CHECK_THAT (single.output, Contains ("1000 taps") && Contains ("1 in, 1 out, 1 paths"));
}

TEST_CASE ("faltwerk plan says what is wrong in one line", "[kernel]")
{
    for (const auto& arguments : std::vector<std::vector<std::string>> { {},
                                                                         { "--seconds", "0" },
                                                                         { "--seconds", "1000000" },
                                                                         { "no-such-file.wav" },
                                                                         { "--seconds", "1", "--paths", "5" } })
    {
        const auto result = plan (arguments);
        CHECK (result.exitCode == 1);
        CHECK (result.output == "");
        CHECK (std::count (result.errors.begin(), result.errors.end(), '\n') == 1);
    }

    CHECK (plan ({ "--seconds", "ten" }).exitCode == 2);
    CHECK (plan ({ "--seconds", "1", "--in", "17" }).exitCode == 2);
}
