#include "Kernel/Numbers/NumberReader.h"

#include "Support/Catch.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

using namespace faltwerk;

TEST_CASE ("Numbers are rounded to the nearest double", "[kernel]")
{
    // The C library is the oracle; tests run in its own locale, whose point is a point.
    NumberReader reader;
    std::mt19937_64 random (11);
    int compared = 0;

    for (int n = 0; n < 20000; ++n)
    {
        const int digits = 1 + static_cast<int> (random() % 24), exponent = static_cast<int> (random() % 80) - 45;
        std::string word = random() % 2 ? "-" : "";

        for (int digit = 0; digit < digits; ++digit)
            word += static_cast<char> ('0' + random() % 10);

        word.insert (word.size() - random() % static_cast<size_t> (digits), ".");
        word += "e" + std::to_string (exponent);
        const double expected = std::strtod (word.c_str(), nullptr);

        if (std::abs (expected) > static_cast<double> (std::numeric_limits<float>::max()))
            continue;

        const auto number = reader.read (word, false);
        CAPTURE (word);
        REQUIRE (number);
        REQUIRE (*number == expected);
        ++compared;
    }

    CHECK (compared > 10000);

    for (const char* word : { "0", "-0", "0e99999999999", "00000000000000000000000.1", "4.9e-324", "1e-400",
                              "3.4028234663852886e38", "9007199254740993", "1e22", "1e23", "123456789012345e22" })
    {
        CAPTURE (word);
        CHECK (*reader.read (word, false) == std::strtod (word, nullptr));
    }

    CHECK (std::signbit (*reader.read ("-0", false)));
    CHECK (*reader.read ("\xe2\x88\x92"
                         "1,5",
                         true)
           == -1.5);
}

TEST_CASE ("Words that are not numbers are refused", "[kernel]")
{
    NumberReader reader;

    for (const char* word :
         { "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "--1", "1-", "0x10", "1e5.5", "\xe2\x88" })
    {
        CAPTURE (word);
        CHECK (reader.read (word, false).error() == "is not a number");
    }

    CHECK (reader.read ("1.5,0", true).error() == "is not a number");
    CHECK (reader.read ("-Infinity", false).error() == "is not a finite number");
    CHECK (reader.read ("3.5e38", false).error() == "is too large a number");
    CHECK (reader.read ("-1e99999999999", false).error() == "is too large a number");
}
