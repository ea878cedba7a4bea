#include "Kernel/NumericKernel.h"

#include "Support/Catch.h"

using namespace faltwerk;
using Channels = std::vector<std::vector<double>>;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE ("Numbers are read in every common writing", "[kernel]")
{
    const Channels expected { { 1, -2, 0.5 } };

    for (const auto* text : { "1,-2,0.5", "1, -2, .5", "1;-2;0.5\n", "1\t-2\t5e-1", "1\n-2\n0.5", "1\r\n-2\r\n0.5\r\n",
                              "+1 -2.0 0.05E+1", "amplitude\n1\n-2\n0.5\n", "# a comment\n1,-2 # and another, 7\n\n0.5",
                              "\xef\xbb\xbf"
                              "1,-2,0.5",
                              "time value\nin seconds\n1,-2\n0.5" })
    {
        CAPTURE (text);
        const auto numbers = parseNumbers (text);
        REQUIRE (numbers);
        CHECK (*numbers == expected);
    }

    CHECK (*parseNumbers ("left,right\n1,2\n3,4\n5,6\n") == Channels { { 1, 3, 5 }, { 2, 4, 6 } });
    CHECK (*parseNumbers ("1 2\n3\n") == Channels { { 1, 2, 3 } });
    CHECK (*parseNumbers ("1 2") == Channels { { 1, 2 } });
    CHECK (*parseNumbers ("1,2,3\n4,5,6") == Channels { { 1, 2, 3, 4, 5, 6 } });
    CHECK (*parseNumbers ("1e-320") == Channels { { 1e-320 } });
}

TEST_CASE ("What is not a number is named by line and column", "[kernel]")
{
    CHECK_THAT (parseNumbers ("1,2\n3,x4\n").error(), StartsWith ("line 2, column 3: 'x4' is not a number"));
    CHECK_THAT (parseNumbers ("1\n\n2\nnan").error(), StartsWith ("line 4, column 1: 'nan' is not a finite number"));
    CHECK_THAT (parseNumbers ("-inf").error(), StartsWith ("line 1, column 1"));
    CHECK_THAT (parseNumbers ("NaN\n1").error(), StartsWith ("line 1")); // not a header
    CHECK_THAT (parseNumbers ("1,1e400").error(), Contains ("too large"));
    CHECK_THAT (parseNumbers ("1,1e39").error(), Contains ("too large"));
    CHECK_THAT (parseNumbers ("1,2.3.4").error(), Contains ("column 3"));
    CHECK_THAT (parseNumbers ("1,0x10").error(), Contains ("'0x10'"));
    CHECK_THAT (parseNumbers ("1,-").error(), Contains ("'-'"));
    CHECK_THAT (parseNumbers ("").error(), Contains ("no numbers"));
    CHECK_THAT (parseNumbers ("only words\n").error(), Contains ("no numbers"));
    CHECK_THAT (parseNumbers (" ,;\n").error(), Contains ("no numbers"));
}
