#include "Kernel/Numbers/NumericKernel.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"

#include <cmath>
#include <cstdio>
#include <string>

using namespace faltwerk;
using namespace faltwerk::test;
using Channels = std::vector<std::vector<double>>;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace
{

const Channels taps { { 0.5, -0.25, 0.125, 0.0625, -0.03125, 0.015625 } };

Channels channels (const std::string& text)
{
    const auto numbers = parseNumbers (text);
    CAPTURE (text);
    CHECK (numbers.error() == "");
    return numbers ? numbers->channels : Channels();
}

std::string error (const std::string& text)
{
    const auto numbers = parseNumbers (text);
    CAPTURE (text);
    CHECK_FALSE (numbers);
    return numbers.error();
}

constexpr const char* rewImpulse = R"(* Impulse Response data saved by REW V5.31.3
* IR is not normalised
* Source: Loopback, volume: no control
* Dated: May 24, 2025 10:52:53 PM
* Excitation: 512k Log Swept Sine, 1 sweep at -12.0 dBFS with no timing reference
* Response measured over: 20.0 to 19,999.9 Hz
0.0034054601565003395 // Peak value before normalisation
0 // Peak index
6 // Response length
2.0833333333333333E-5 // Sample interval (seconds)
-0.0 // Start time (seconds)
120.0 // Data offset (dB)
* Data start
0.5
-0.25
0.125
6.25E-2
-0.03125
0.015625
)";

} // namespace

TEST_CASE ("The heading of a measuring program is no kernel, and gives the rate", "[kernel]")
{
    const auto rew = parseNumbers (rewImpulse);
    REQUIRE (rew);
    CHECK (rew->channels == taps);
    CHECK (rew->sampleRate == 48000);
    CHECK_THAT (rew->remark, Contains ("48 kHz") && Contains ("13 heading lines"));

    const auto audacity = parseNumbers ("Sample Rate: 44100 Hz. Sample values on linear scale. 2 channels (stereo).\n"
                                        "Length processed: 2 samples, 0.00005 seconds.\n\n"
                                        "0.50000\t0.25000\n-0.25000\t0.12500\n");
    REQUIRE (audacity);
    CHECK (audacity->channels == Channels { { 0.5, -0.25 }, { 0.25, 0.125 } });
    CHECK (audacity->sampleRate == 44100);

    const auto wordy = parseNumbers ("2 channels, 48000 Hz, rate 48000\n12 Jan 2024 by hand\n1,0.5\n0.25,0.125\n");
    REQUIRE (wordy);
    CHECK (wordy->channels == Channels { { 1, 0.25 }, { 0.5, 0.125 } });
    CHECK (wordy->remark == "2 columns: left and right; 48 kHz from the text; 2 heading lines");
}

TEST_CASE ("Decimal commas are known by what integers never look like", "[kernel]")
{
    CHECK (channels ("0,5\n-0,25\n0,125\n6,25E-2\n-0,03125\n0,015625\n") == taps);
    CHECK (channels ("\"0,5\"\n\"-0,25\"\n\"0,125\"\n") == Channels { { 0.5, -0.25, 0.125 } });
    CHECK (channels ("\"0,5\",\"1,5\"\n\"-0,25\",\"2\"\n") == Channels { { 0.5, -0.25 }, { 1.5, 2 } });
    CHECK (channels ("1\n0,5\n0,25\n") == Channels { { 1, 0.5, 0.25 } });
    CHECK (channels ("\"0.5\",\"1\"\n\"0.25\",\"2\"\n") == Channels { { 0.5, 0.25 }, { 1, 2 } });
    CHECK_THAT (parseNumbers ("0,5;1\n2;3\n")->remark, Contains ("decimal commas"));
}

TEST_CASE ("Commas with two meanings are refused with both, and read as chosen", "[kernel]")
{
    for (const char* const text : { "0,5\n1,5\n", "1,2\n3,4\n", "1,5 2,5" })
        CHECK_THAT (error (text), Contains ("may be decimal") && Contains ("stand between numbers"));

    CHECK_THAT (error ("0,5\n1,5\n"), Contains ("'0,5' is 0.5") && Contains ("'0,5' is 0 and 5"));
    const CommaChoice decimal { Commas::decimal, {} }, separate { Commas::separate, {} };
    CHECK (parseNumbers ("0,5\n1,5\n", decimal)->channels == Channels { { 0.5, 1.5 } });
    CHECK (parseNumbers ("0,5\n1,5\n", separate)->channels == Channels { { 0, 1 }, { 5, 5 } });
    CHECK_THAT (parseNumbers ("0,5\n1,5\n", { Commas::automatic, "Say which" }).error(), Contains (". Say which"));

    // A point, a blank, a sign or labels decide.
    CHECK (channels ("1,2.0\n3,4\n") == Channels { { 1, 3 }, { 2, 4 } });
    CHECK (channels ("1, 2\n3, 4\n") == Channels { { 1, 3 }, { 2, 4 } });
    CHECK (channels ("1,-2\n3,4\n") == Channels { { 1, 3 }, { -2, 4 } });
    CHECK (channels ("left,right\n1,2\n3,4\n") == Channels { { 1, 3 }, { 2, 4 } });
    CHECK (channels ("1,2") == Channels { { 1, 2 } });
}

TEST_CASE ("A first column of times or indices is no channel, and times give the rate", "[kernel]")
{
    const auto read = [] (const std::string& text)
    {
        auto numbers = parseNumbers (text);
        CAPTURE (text, numbers.error());
        REQUIRE (numbers);
        return *numbers;
    };
    const auto labelled = read ("time,amplitude\n0,0.5\n0.0000208333,-0.25\n0.0000416667,0.125\n");
    CHECK (labelled.channels == Channels { { 0.5, -0.25, 0.125 } });
    CHECK (labelled.sampleRate == 48000);
    CHECK (labelled.remark == "48 kHz from the time column; 1 heading line");

    const auto bare = read ("0 0.5\n0.0000226757 -0.25\n0.0000453515 0.125\n");
    CHECK (bare.channels == Channels { { 0.5, -0.25, 0.125 } });
    CHECK (bare.sampleRate == 44100);

    const auto milliseconds = read ("Time (ms);Left;Right\n0;1;2\n0,0625;3;4\n0,125;5;6\n");
    CHECK (milliseconds.channels == Channels { { 1, 3, 5 }, { 2, 4, 6 } });
    CHECK (milliseconds.sampleRate == 16000);

    for (const char* const text :
         { "0 0.5\n1 -0.25\n2 0.125", "1\t0.5\n2\t-0.25\n3\t0.125", "n,h\n5,0.5\n7,-0.25\n9,0.125" })
    {
        CHECK (read (text).channels == Channels { { 0.5, -0.25, 0.125 } });
        CHECK (read (text).sampleRate == 0);
        CHECK_THAT (read (text).remark, Contains ("first column counts"));
    }

    CHECK_THAT (error ("time,amplitude\n0,0.5\n0.1,0.2\n0.5,0.3\n"), Contains ("not evenly spaced"));
    CHECK (read ("left,right\n0,0.5\n1,0.25\n2,0.125\n").channels == Channels { { 0, 1, 2 }, { 0.5, 0.25, 0.125 } });
}

TEST_CASE ("Thousands are read where nothing else can be meant", "[kernel]")
{
    const Channels two { { 1234.5, -2345.25 }, { 100, 12345678 } };

    for (const char* const text :
         { "\"1,234.5\",\"100\"\n\"-2,345.25\",\"12,345,678\"\n", "1,234.5;100\n-2,345.25;12,345,678\n",
           "1,234.5\t100\n-2,345.25\t12,345,678\n", "\"1.234,5\",\"100\"\n\"-2.345,25\",\"12.345.678\"\n",
           "1.234,5;100\n-2.345,25;12.345.678\n", "1'234.5;100\n-2'345.25;12'345'678\n",
           "1'234,5;100\n-2'345,25;12'345'678\n",
           "1\xc2\xa0"
           "234,5;100\n-2\xe2\x80\xaf"
           "345,25;12\xc2\xa0"
           "345\xc2\xa0"
           "678\n" })
        CHECK (channels (text) == two);

    CHECK (channels ("1,234.5\n-2,345.25\n100\n") == Channels { { 1234.5, -2345.25, 100 } }); // as many in each line
    CHECK (channels ("0,500;1,234\n2,5;3\n") == Channels { { 0.5, 2.5 }, { 1.234, 3 } });
    CHECK (channels ("\"0,500\",\"1,234\"\n") == Channels { { 0.5, 1.234 } });
    CHECK (channels ("0.5,1.25\n1.125,3\n") == Channels { { 0.5, 1.125 }, { 1.25, 3 } });
    CHECK_THAT (parseNumbers ("1,234.5;2\n3;4")->remark, Contains ("commas between thousands"));
    CHECK_THAT (parseNumbers ("1.234,5;2\n3;4")->remark,
                Contains ("decimal commas") && Contains ("points between thousands"));
}

TEST_CASE ("Thousands that can be something else are refused with both readings, and read as chosen", "[kernel]")
{
    for (const char* const text : { "1,234;2\n3;4", "\"1,234\",\"2\"\n", "1,012\n2\n" })
        CHECK_THAT (error (text), Contains ("is 1.") && Contains ("stand between thousands"));

    CHECK_THAT (error ("1,234.5\n2,345.5\n"), Contains ("'1,234.5' is 1234.5") && Contains ("is 1 and 234.5"));
    CHECK_THAT (error ("1.234,5\n2.345,5\n"), Contains ("'1.234,5' is 1234.5") && Contains ("is 1.234 and 5"));

    const CommaChoice decimal { Commas::decimal, {} }, separate { Commas::separate, {} },
        thousands { Commas::thousands, {} };
    CHECK (parseNumbers ("1,234\n2,345\n", decimal)->channels == Channels { { 1.234, 2.345 } });
    CHECK (parseNumbers ("1,234\n2,345\n", separate)->channels == Channels { { 1, 2 }, { 234, 345 } });
    CHECK (parseNumbers ("1,234\n2,345\n", thousands)->channels == Channels { { 1234, 2345 } });
    CHECK (parseNumbers ("1,234.5\n2,345.5\n", separate)->channels == Channels { { 1, 2 }, { 234.5, 345.5 } });
    CHECK (parseNumbers ("1.234,5\n2.345,5\n", decimal)->channels == Channels { { 1234.5, 2345.5 } });
    CHECK (parseNumbers ("\"1,234\",\"2\"\n", thousands)->channels == Channels { { 1234, 2 } });
    CHECK (parseNumbers ("\"1,234\",\"2\"\n", decimal)->channels == Channels { { 1.234, 2 } });
}

TEST_CASE ("Times give the rate in any unit and rounded to any place", "[kernel]")
{
    struct Times
    {
        const char* label;
        double unit; // seconds
    };

    for (const auto& [label, unit] : { Times { "t [us]", 1e-6 }, Times { "t [ms]", 1e-3 }, Times { "time_s", 1.0 },
                                       Times { "Time (\xc2\xb5s)", 1e-6 }, Times { "Zeit in ms", 1e-3 },
                                       Times { "t/ns", 1e-9 }, Times { "us", 1e-6 }, Times { "time", 1e-6 } })
    {
        for (const double rate : { 44100.0, 48000.0, 96000.0 })
        {
            std::string text = std::string (label) + ",h\n";

            for (int n = 0; n < 20; ++n)
            {
                char line[64];
                std::snprintf (line, sizeof line, "%.9f,%d\n", n / rate / unit, n % 3);
                text += line;
            }

            const auto numbers = parseNumbers (text);
            CAPTURE (label, rate, numbers.error());
            REQUIRE (numbers);
            CHECK (numbers->channels.size() == 1);
            CHECK (numbers->sampleRate == rate);
        }
    }

    const auto rounded = [] (double rate, int numFrames, const char* format, const char* heading)
    {
        std::string text = heading;

        for (int n = 0; n < numFrames; ++n)
        {
            char line[64];
            std::snprintf (line, sizeof line, format, n / rate * 1000.0);
            text += line;
        }

        return *parseNumbers (text);
    };

    for (const double rate : { 44100.0, 48000.0, 96000.0, 192000.0 })
    {
        for (const int numFrames : { 6, 7, 13, 100, 1001 })
        {
            CAPTURE (rate, numFrames);
            CHECK (rounded (rate, numFrames, "%.4f 0.5\n", "").sampleRate == rate);
            CHECK (rounded (rate, numFrames, "%.3f,0.5\n", "t [ms],h\n").sampleRate == rate);
        }
    }

    CHECK (rounded (48000, 1000, "%.1f,0.5\n", "t [ms],h\n").sampleRate == 48000); // the same times in several rows
    CHECK (rounded (47952, 1000, "%.6f,0.5\n", "t [ms],h\n").sampleRate == 47952); // no usual rate
    CHECK_THAT (rounded (48000, 6, "%.4f,0.5\n", "t [ms],h\n").remark,
                StartsWith ("48 kHz from the time column, whose rounded times give 47.98")
                    || StartsWith ("48 kHz from the time column;"));
    CHECK (parseNumbers ("t [ms],h\n0,1\n0.0208,2\n")->remark
           == "48 kHz from the time column, whose rounded times give 48.077 kHz; 1 heading line");
    CHECK_THAT (parseNumbers ("t [s],h\n0,1\n0.5,2\n1,3\n")->remark, Contains ("as times it gives 2 Hz"));
    CHECK (channels ("0 0.5\n3 1\n6 2\n").size() == 2); // no times
    CHECK (channels ("0 0.5\n0.1 1\n0.2 2\n").size() == 2);
}

TEST_CASE ("Columns are channels, as many in each line", "[kernel]")
{
    CHECK (channels ("LL,LR,RL,RR\n1,0.1,0.2,1\n0.5,0.05,0.1,0.5\n0.25,0.02,0.05,0.25\n")
           == Channels { { 1, 0.5, 0.25 }, { 0.1, 0.05, 0.02 }, { 0.2, 0.1, 0.05 }, { 1, 0.5, 0.25 } });
    CHECK (channels ("LL,LR,RL,RR\n1,0.1,0.2,1\n") == Channels { { 1 }, { 0.1 }, { 0.2 }, { 1 } });
    CHECK_THAT (error ("1 2\n3\n"), StartsWith ("line 2, column 1: this line holds 1 number, the first one 2"));
    CHECK (channels ("0.5,1,\n2,3,\n4") == Channels { { 0.5, 1, 2, 3, 4 } }); // goes on

    std::string lines; // more numbers in a line than a kernel has channels
    for (int n = 0; n < 40; ++n)
        lines += std::to_string (n % 20) + (n % 20 == 19 ? "\n" : " ");

    CHECK (channels (lines).size() == 2);
    CHECK (channels (lines)[1].size() == 20);
}

TEST_CASE ("Lists of programs are read", "[kernel]")
{
    const Channels expected { { 0.5, -0.25, 0.125 } };

    for (const char* const text :
         { "[0.5, -0.25, 0.125]", "h = [0.5, -0.25,\n     0.125]\n", "(0.5, -0.25, 0.125)", "h = [0.5; -0.25; 0.125];",
           "h = [0.5 -0.25 0.125]';", "h = [0.5\n-0.25\n0.125\n];", "h = [0.5 -0.25 ...\n 0.125];",
           "const float taps[3] = { 0.5f, -0.25f, 1.25e-1F };",
           "#include <x.h>\n/* taps [7] */\nstatic double h[] = {\n  0.5, // one\n  -0.25,\n  0.125,\n};\n",
           "std::vector<float> h { .5f, -.25f, .125f };", "array([ 0.5  , -0.25 ,  0.125])",
           "h = np.array([0.5, -0.25, 0.125], dtype=np.float32)\n", "{\"taps\": [0.5, -0.25, 0.125]}",
           "[[0.5], [-0.25], [0.125]]", "[0.5]\n[-0.25]\n[0.125]\n", "[ 0.5  -0.25\n  0.125]" })
        CHECK (channels (text) == expected);

    CHECK (channels ("[0.5, -0.25, 0.125, 0.0625, -0.03125, 0.015625]\n") == taps);
    const Channels stereo { { 1, 2, 4 }, { 4, 5, 6 } };

    for (const char* const text : { "[[1,2,4],[4,5,6]]", "[[1,4],[2,5],[4,6]]", "h = [1 2 4; 4 5 6];",
                                    "h = [1 4\n2 5\n4 6\n];", "float h[2][3] = {{1,2,4},{4,5,6}};",
                                    "{\"left\": [1,2,4], \"right\": [4,5,6]}", "l = [1,2,4]\nr = [4,5,6]\n" })
        CHECK (channels (text) == stereo);

    const auto json = parseNumbers ("{\"fs\": 44100, \"ir\": [1, 0.5]}");
    REQUIRE (json);
    CHECK (json->channels == Channels { { 1, 0.5 } });
    CHECK (json->sampleRate == 44100);
    CHECK (parseNumbers ("t = [0, 0.0001, 0.0002]\nh = [1, 2, 3]")->sampleRate == 10000);
    CHECK (channels ("Channel (1), channel (2)\n0.5,0.25\n1,2\n") == Channels { { 0.5, 1 }, { 0.25, 2 } });

    CHECK_THAT (error ("[1, 2\n, x]"), StartsWith ("line 2, column 3: 'x' is not a number"));
    CHECK_THAT (error ("[1, , 2]"), StartsWith ("line 1, column 5: a number is missing"));
    CHECK_THAT (error ("[1, ..., 2]"), Contains ("'...'"));
    CHECK_THAT (error ("[1, 2"), Contains ("not closed"));
    CHECK_THAT (error ("[[1,2],[3]]"), Contains ("different lengths"));
    CHECK_THAT (error ("[[1,2],[3,4]]"), Contains ("2 frames or as many channels"));
}

TEST_CASE ("What cannot be a kernel is refused by its name", "[kernel]")
{
    for (const char* const text :
         { "* Measurement data measured by REW V5.20.13\n* Frequency Step: 0.366 Hz\n*\n* Freq(Hz) SPL(dB) "
           "Phase(degrees)\n20.141 55.313 -12.3\n20.508 55.800 -14.1\n20.874 56.100 -15.7\n",
           "Frequency,Magnitude dB\n20,1\n40,2\n", "20.141 55.313 -12.3\n20.508 55.800 -14.1\n2000.5 56.100 -15.7\n",
           "Frequenz;Pegel\n20,5;1,5\n40,5;2,5\n", "freq gain\n20 0\n40 1\n" })
        CHECK_THAT (error (text), StartsWith ("it is a frequency response"));

    CHECK_THAT (error ("GraphicEQ: 20 -0.5; 21 -0.5; 22 -0.4; 23 -0.3; 20000 -6.0\n"),
                StartsWith ("it is an equaliser's curve"));
    CHECK_THAT (error ("Preamp: -6.1 dB\nFilter 1: ON PK Fc 21 Hz Gain 6.7 dB Q 1.100\n"),
                StartsWith ("it is an equaliser's setting"));
    CHECK_THAT (error ("# mine\nConvolution: hall.wav\n"), StartsWith ("it is a configuration"));
    CHECK_THAT (error ("/convolver/new 2 2 256 204800\n/impulse/read 1 1 1 0 0 0 1 hall.wav\n"),
                StartsWith ("it is a configuration"));
    CHECK_THAT (error ("Sample Rate: 44100 Hz. Sample values on dB scale.\n-6\n-12\n"),
                StartsWith ("it is a list of levels"));
}

TEST_CASE ("Fractions are numbers", "[kernel]")
{
    CHECK (channels ("1/8,-3/4\t1e2/8") == Channels { { 0.125, -0.75, 12.5 } });
    CHECK_THAT (error ("1,1/0"), StartsWith ("line 1, column 3: '1/0' divides by 0"));
    CHECK_THAT (error ("1,1/"), Contains ("not a number"));
    CHECK_THAT (error ("1,1/2/3"), Contains ("not a number"));
}

TEST_CASE ("Numbers are read from files of any ending, and the kernel says how", "[kernel]")
{
    const TemporaryFolder folder;

    for (const char* const name : { "numbers.fir", "numbers", "numbers.coeffs", "numbers.wav", "numbers.TXT" })
    {
        (folder / name).replaceWithText ("0.5\n-0.25\n0.125\n6.25E-2\n-0.03125\n0.015625", false, false, "\n");
        const auto kernel = readKernel (folder.path (name));
        CAPTURE (name, kernel.error());
        REQUIRE (kernel);
        CHECK (std::vector<double> (kernel->paths[0].begin(), kernel->paths[0].end()) == taps[0]);
        CHECK (kernel->remark == "");
    }

    for (const char* const name : { "ir.json", "ir.txt", "ir" })
    {
        (folder / name).replaceWithText ("{\"name\": \"room [1]\", \"fs\": 44100, \"ir\": [0.5, -0.25]}");
        const auto kernel = readKernel (folder.path (name));
        CAPTURE (name, kernel.error());
        REQUIRE (kernel);
        CHECK (kernel->paths == std::vector<std::vector<float>> { { 0.5f, -0.25f } });
        CHECK (kernel->sampleRate == 44100);
    }

    (folder / "rew").replaceWithText (rewImpulse);
    CHECK_THAT (readKernel (folder.path ("rew"))->remark, Contains ("48 kHz"));
    (folder / "eq.any").replaceWithText ("GraphicEQ: 20 -0.5; 21 -0.5");
    CHECK_THAT (readKernel (folder.path ("eq.any")).error(),
                StartsWith ("'eq.any' could not be read: it is an equaliser's curve"));
    (folder / "notes.md").replaceWithText ("# Notes\n\n1. Read the manual of the convolver.\n2. Make a kernel.\n");
    CHECK_THAT (readKernel (folder.path ("notes.md")).error(), Contains ("not an audio file"));
    (folder / "two.dat").replaceWithText ("0,5\n1,5\n");
    CHECK_THAT (readKernel (folder.path ("two.dat")).error(), Contains ("'0,5' is 0 and 5") && Contains ("Ctrl+V"));
}

TEST_CASE ("A text of two variables is refused where the second begins", "[kernel]")
{
    const std::string one =
        "# Created by Octave\n# name: a\n# type: matrix\n# rows: 2\n# columns: 1\n 0.5\n -0.25\n\n\n";
    CHECK (parseNumbers (one)->channels == std::vector<std::vector<double>> { { 0.5, -0.25 } });
    CHECK_THAT (parseNumbers (one + "# name: b\n# type: scalar\n48000\n").error(),
                Contains ("line 10") && Contains ("another variable begins here"));
}

TEST_CASE ("Numbers written are read back equal, for every number of channels and of frames", "[kernel]")
{
    const TemporaryFolder folder;

    for (size_t numChannels = 1; numChannels <= 256; numChannels += numChannels < 20 ? 1 : 59)
    {
        for (const size_t numFrames : { 1u, 2u, 3u, 20u })
        {
            Sound sound;
            sound.channels.assign (numChannels, std::vector<float> (numFrames));

            for (size_t channel = 0; channel < numChannels; ++channel)
                for (size_t frame = 0; frame < numFrames; ++frame)
                    sound.channels[channel][frame] =
                        std::sin (static_cast<float> (1 + 7 * channel + 31 * frame)) / 3.0f;

            // Whole numbers that rise, and a negative zero, look like indices and decimal commas.
            for (const bool isRamp : { false, true })
            {
                for (size_t frame = 0; frame < numFrames && isRamp; ++frame)
                    for (auto& channel : sound.channels)
                        channel[frame] = frame == 0 ? -0.0f : static_cast<float> (frame);

                CAPTURE (numChannels, numFrames, isRamp);
                REQUIRE (writeSound (folder.path ("k.csv"), sound, SampleFormat::float32) == "");
                const auto read = readSound (folder.path ("k.csv"));
                REQUIRE (read);
                CHECK ((read->channels == sound.channels));
            }
        }
    }
}
