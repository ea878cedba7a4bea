#include "Kernel/Numbers/NumericKernel.h"

#include "Kernel/Kernel.h"
#include "Support/Catch.h"

#include <string>

using namespace faltwerk;
using Channels = std::vector<std::vector<double>>;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE ("Numbers are read in every common writing", "[kernel]")
{
    const Channels expected { { 1, -2, 0.5 } };

    for (const auto* text :
         { "1,-2,0.5", "1, -2, .5", "1;-2;0.5\n", "1\t-2\t5e-1", "1\n-2\n0.5", "1\r\n-2\r\n0.5\r\n", "+1 -2.0 0.05E+1",
           "amplitude\n1\n-2\n0.5\n", "# a comment\n1,-2, # and another, 7\n\n0.5",
           "\xef\xbb\xbf"
           "1,-2,0.5",
           "time value\nin seconds\n1,-2,\n0.5" })
    {
        CAPTURE (text);
        const auto numbers = parseNumbers (text);
        REQUIRE (numbers);
        CHECK (numbers->channels == expected);
    }

    CHECK (parseNumbers ("left,right\n1,2\n3,4\n5,6\n")->channels == Channels { { 1, 3, 5 }, { 2, 4, 6 } });
    CHECK (parseNumbers ("1, 2,\n3\n")->channels == Channels { { 1, 2, 3 } });
    CHECK (parseNumbers ("1 2")->channels == Channels { { 1, 2 } });
    CHECK (parseNumbers ("1,2,3\n4,5,6")->channels == Channels { { 1, 4 }, { 2, 5 }, { 3, 6 } });
    CHECK (parseNumbers ("1e-320")->channels == Channels { { 1e-320 } });
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
    CHECK_THAT (parseNumbers ("1,,2").error(), StartsWith ("line 1, column 3: a number is missing"));
    CHECK_THAT (parseNumbers ("1;0.5\n2;;3").error(), StartsWith ("line 2, column 3: a number is missing"));
    CHECK_THAT (parseNumbers (",1").error(), StartsWith ("line 1, column 1: a number is missing"));
    CHECK_THAT (parseNumbers ("only words\n").error(), Contains ("no numbers"));
    CHECK_THAT (parseNumbers (" ,;\n").error(), Contains ("no numbers"));
}

TEST_CASE ("Commas are decimal where nothing else can be meant", "[kernel]")
{
    const auto channels = [] (const char* text) { return parseNumbers (text)->channels; };

    CHECK (channels ("0,5;-1,25;3") == Channels { { 0.5, -1.25, 3 } });
    CHECK (channels ("links\trechts\n0,5\t1\n-,25\t1,5e-1\n") == Channels { { 0.5, -0.25 }, { 1, 0.15 } });
    CHECK (channels ("# 1.5 m, 2 m\nLinks;Rechts.\n1,5;2")
           == Channels { { 1.5 }, { 2 } });                  // points elsewhere do not count
    CHECK (channels ("1,5 # a;b") == Channels { { 1, 5 } }); // neither do semicolons
    CHECK (channels ("0.5;1,25") == Channels { { 0.5, 1, 25 } });
    CHECK (channels ("1;0.5,2") == Channels { { 1, 0.5, 2 } });
    CHECK (channels ("1,2,3;4") == Channels { { 1, 2, 3, 4 } });
    CHECK (channels ("1, 2;3") == Channels { { 1, 2, 3 } });
}

TEST_CASE ("Texts of every system are read", "[kernel]")
{
    const Channels expected { { 1, -2, 3 }, { 0.5, 0.25, -1 } };
    CHECK (parseNumbers ("1,0.5\r-2,0.25\r3,-1")->channels == expected);
    CHECK (parseNumbers ("1,0.5\r\n\r\n-2,0.25\r\n3,-1\r\n")->channels == expected);
    CHECK (parseNumbers ("1,0.5 // one\n// two, 3\n\xe2\x88\x92"
                         "2,2.5e\xe2\x88\x92"
                         "1\n3,-1")
               ->channels
           == expected);

    for (const bool bigEndian : { false, true })
    {
        std::string text;

        for (const char16_t unit : std::u16string_view (u"\ufeff\u00e4\U0001d49c 1\n1 0.5\n\u22122 0.25\n3 -1"))
        {
            const char lower = static_cast<char> (unit & 0xff), upper = static_cast<char> (unit >> 8);
            text += bigEndian ? upper : lower;
            text += bigEndian ? lower : upper;
        }

        CHECK (parseNumbers (text)->channels == expected);
        text.erase (text.size() - 1); // half a character
        const auto half = parseNumbers (text);
        CHECK_FALSE ((half && half->channels == expected));
    }

    CHECK_THAT (parseNumbers ("1\r\n2\r\n\xc3\xa4,\xc3\xb6").error(), StartsWith ("line 3, column 1: '\xc3\xa4'"));
    CHECK_THAT (parseNumbers ("1 \xe2\x88\x92"
                              "2 x")
                    .error(),
                StartsWith ("line 1, column 6: 'x'")); // characters, not bytes
}

TEST_CASE ("A text may say its sample rate", "[kernel]")
{
    const auto rate = [] (const std::string& text) { return parseNumbers (text)->sampleRate; };

    CHECK (rate ("# rate 48000\n1,2") == 48000);
    CHECK (rate ("sample rate: 44100 Hz\n1,2") == 44100);
    CHECK (rate ("Sample Rate (Hz),96000\n1,2") == 96000);
    CHECK (rate ("1,2 // fs=44.1 kHz") == 44100);
    CHECK (rate ("# samplerate 22050\n1") == 22050);
    CHECK (rate ("# sample_rate = 1.92e5\n1") == 192000);
    CHECK (rate ("# generated at a rate of so much, fs 8000\n1") == 8000);
    CHECK (rate ("1,2") == 0);
    CHECK (rate ("# bitrate 320000\n1") == 0);
    CHECK (rate ("# rate 25\n1") == 0);
    CHECK (rate ("# frate 48000, rate\n1") == 0);
    CHECK (rate ("# rate 48000\n# rate 96000\n1") == 48000);
}

TEST_CASE ("Ten megabytes of numbers are read, and endless ones refused", "[kernel]")
{
    std::string text;

    while (text.size() < 10000000)
        text += "0.12345678901234567\n-1.5e-3\n";

    const auto numbers = parseNumbers (text);
    REQUIRE (numbers);
    CHECK (numbers->channels[0].size() == 2 * (text.size() / 28));

    text.assign (2 * longestKernelInFrames, '1');

    for (size_t n = 1; n < text.size(); n += 2)
        text[n] = ' ';

    CHECK (parseNumbers (text)->channels[0].size() == longestKernelInFrames);
    CHECK_THAT (parseNumbers (text + "1").error(), Contains ("more than 11520000 numbers"));
}
