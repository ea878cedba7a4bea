#include "Kernel/Kernel.h"
#include "Kernel/Reading/KernelCheck.h"

#include "Kernel/KernelRouting.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <limits>

using namespace faltwerk;
using Channels = std::vector<std::vector<float>>;
using Catch::Matchers::Contains;

TEST_CASE ("Channels become a kernel with their routing", "[kernel]")
{
    const auto mono = makeKernel (Channels { { 1, 2, 3 } }, 48000, "a");
    REQUIRE (mono);
    CHECK (mono->routing == Routing::mono);
    CHECK (mono->lengthInFrames() == 3);
    CHECK (mono->lengthInSeconds() == Approx (3.0 / 48000));
    CHECK (mono->name == "a");

    CHECK (makeKernel (Channels (2, { 1 }), 44100, "a")->routing == Routing::stereo);
    CHECK (makeKernel (Channels (4, { 1 }), 44100, "a")->routing == Routing::trueStereo);
    CHECK (makeKernel (Channels { { 0.5f } }, 0, "numbers")->lengthInSeconds() == 0.0);
}

TEST_CASE ("What cannot be a kernel gets one sentence", "[kernel]")
{
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    const auto errorOf = [] (Channels channels, double rate = 48000)
    { return makeKernel (std::move (channels), rate, "hall.wav").error(); };

    CHECK_THAT (errorOf ({}), Contains ("hall.wav") && Contains ("no audio"));
    CHECK_THAT (errorOf ({ {} }), Contains ("no audio"));
    CHECK_THAT (errorOf ({ { 0, 0 }, { 0, 0 } }), Contains ("silent"));
    CHECK_THAT (errorOf ({ { 0, 1 }, { 1, nan } }),
                Contains ("channel 2") && Contains ("not a number at frame 1 (0.000021 s)"));
    CHECK_THAT (errorOf ({ { 1, 1, std::numeric_limits<float>::infinity() } }, 0), Contains ("infinite at frame 2."));
    CHECK_THAT (errorOf (Channels (17, { 1 })), Contains ("17 channels") && Contains ("at most 16"));
    CHECK_THAT (errorOf ({ { 1 } }, -1), Contains ("sample rate"));
    CHECK_THAT (errorOf ({ std::vector<float> (longestKernelInFrames + 1, 1.0f) }), Contains ("60 s at 192 kHz"));
    CHECK (tooLongFor (57600000, 48000.0)
           == "lasts 20:00 min, and at its sample rate at most 4:00 min (60 s at 192 kHz) can be a kernel. Shorten it "
              "first.");
    CHECK_THAT (tooLongFor (12000000, 192000.0), Contains ("lasts 62.5 s") && Contains ("at most 60.0 s"));
    CHECK_THAT (tooLongFor (12000000, 0.0), Contains ("has 12000000 frames"));
    CHECK (makeKernel ({ std::vector<float> (longestKernelInFrames, 1.0f) }, 192000, "long"));
}

TEST_CASE ("A layout says what channels mean", "[kernel]")
{
    const Channels four { { 1 }, { 2 }, { 3 }, { 4 } };
    const auto make = [] (Channels channels, ChannelLayout layout, size_t numInputs = 0) {
        return makeKernel (std::move (channels), 48000, "hall.wav", { layout, numInputs });
    };

    CHECK (makeKernel (Channels (3, { 1 }), 48000, "a")->routing == Routing::perChannel);
    CHECK (makeKernel (Channels (16, { 1 }), 48000, "a")->routing == Routing::perChannel);
    CHECK (make (four, ChannelLayout::perChannel)->routing == Routing::perChannel);
    CHECK (make (four, ChannelLayout::trueStereoByInput)->paths == four);
    CHECK (make (four, ChannelLayout::trueStereoByOutput)->routing == Routing::trueStereo);
    CHECK (make (four, ChannelLayout::trueStereoByOutput)->paths == Channels { { 1 }, { 3 }, { 2 }, { 4 } });
    CHECK (make (Channels (6, { 1 }), ChannelLayout::matrix, 3)->numMatrixInputs == 3);
    CHECK (make (Channels (256, { 1 }), ChannelLayout::matrix, 16)->routing == Routing::matrix);
    CHECK (make (four, ChannelLayout::perChannel, 3)->numMatrixInputs == 0); // of no meaning there

    CHECK_THAT (make (Channels (3, { 1 }), ChannelLayout::trueStereoByInput).error(),
                Contains ("3 channels") && Contains ("needs 4"));
    CHECK_THAT (make (Channels (5, { 1 }), ChannelLayout::matrix, 2).error(),
                Contains ("5 channels") && Contains ("no multiple") && Contains ("2 inputs"));
    CHECK_THAT (make (Channels (34, { 1 }), ChannelLayout::matrix, 2).error(), Contains ("17 outputs"));
    CHECK_THAT (make (Channels (17, { 1 }), ChannelLayout::matrix, 17).error(), Contains ("17 are asked for"));
    CHECK_THAT (make (four, ChannelLayout::matrix).error(), Contains ("1 to 16 inputs"));
    CHECK_THAT (make (Channels (17, { 1 }), ChannelLayout::perChannel).error(), Contains ("17 channels"));

    CHECK (routingAsText (*make (four, ChannelLayout::automatic)) == "true stereo");
    CHECK (routingAsText (*make (four, ChannelLayout::perChannel)) == "4 channels");
    CHECK (routingAsText (*make (Channels (6, { 1 }), ChannelLayout::matrix, 3)) == "3 x 2 matrix");
}

TEST_CASE ("HeSuVi's channels give the front pair", "[kernel]")
{
    // Each channel holds its own number: FL, SL, RL to left and right ear, FC to the left, FR to right and left, and so on.
    Channels fourteen;

    for (int n = 1; n <= 14; ++n)
        fourteen.push_back ({ static_cast<float> (n) });

    const auto whole = makeKernel (fourteen, 48000, "a", ChannelLayout::heSuVi);
    REQUIRE (whole);
    CHECK (whole->routing == Routing::trueStereo);
    CHECK (whole->paths == Channels { { 1 }, { 2 }, { 9 }, { 8 } });
    CHECK (whole->remark == "is read as HeSuVi's 14 channels: the front pair of speakers is used, and 10 are left out");
    CHECK (makeKernel (Channels (fourteen.begin(), fourteen.begin() + 7), 48000, "a", ChannelLayout::heSuVi)->paths
           == Channels { { 1 }, { 2 }, { 2 }, { 1 } });
    CHECK_THAT (makeKernel (Channels (8, { 1 }), 48000, "a", ChannelLayout::heSuVi).error(),
                Contains ("8 channels") && Contains ("7 or 14"));
}

TEST_CASE ("B-format is decoded to two cardioids", "[kernel]")
{
    // Sound from straight left, and from 60 degrees right: what an ideal cardioid hears is (1 + cos (angle between)) / 2.
    const auto wxyz = [] (double degrees)
    {
        const double angle = degrees * 3.14159265358979323846 / 180.0;
        return Channels { { static_cast<float> (std::sqrt (0.5)) },
                          { static_cast<float> (std::cos (angle)) },
                          { static_cast<float> (std::sin (angle)) },
                          { 0.0f } };
    };
    const auto heard = [] (double between)
    { return 0.5 * (1.0 + std::cos (between * 3.14159265358979323846 / 180.0)); };

    for (const double degrees : { 0.0, 60.0, 90.0, 180.0, -60.0, -135.0 })
    {
        CAPTURE (degrees);
        const auto channels = wxyz (degrees);
        const auto kernel = makeKernel (channels, 48000, "a", ChannelLayout::bFormat);
        REQUIRE (kernel);
        CHECK (kernel->routing == Routing::stereo);
        CHECK (kernel->paths[0][0] == Approx (heard (degrees - 60.0)).margin (1e-6));
        CHECK (kernel->paths[1][0] == Approx (heard (degrees + 60.0)).margin (1e-6));

        // The newer order: all at one level, and left before front.
        const Channels newer { { 1.0f }, channels[2], channels[3], channels[1] };
        const auto same = makeKernel (newer, 48000, "a", ChannelLayout::ambiX);
        REQUIRE (same);
        CHECK (same->paths[0][0] == Approx (kernel->paths[0][0]).margin (1e-6));
        CHECK (same->paths[1][0] == Approx (kernel->paths[1][0]).margin (1e-6));
    }

    auto third = wxyz (0.0);
    third.resize (16, { 9.0f });
    CHECK_THAT (makeKernel (third, 48000, "a", ChannelLayout::bFormat)->remark,
                Contains ("two cardioids that face 60 degrees") && Contains ("12 channels of higher order"));
    CHECK_THAT (makeKernel (Channels (3, { 1 }), 48000, "a", ChannelLayout::ambiX).error(), Contains ("4 or more"));
}

TEST_CASE ("Names tell of layouts that numbers do not", "[kernel]")
{
    CHECK (recognisedLayout (14, "oal++.wav") == ChannelLayout::heSuVi);
    CHECK (recognisedLayout (7, "HeSuVi dh.wav") == ChannelLayout::heSuVi);
    CHECK (recognisedLayout (7, "hall.wav") == ChannelLayout::automatic);

    for (const auto* name :
         { "York B-Format.wav", "hall_bformat.wav", "WXYZ.wav", "x FuMa.wav", "hall.amb", "HALL.AMB" })
        CHECK (recognisedLayout (4, name) == ChannelLayout::bFormat);

    CHECK (recognisedLayout (4, "hall_AmbiX_SN3D.wav") == ChannelLayout::ambiX);
    CHECK (recognisedLayout (16, "hall ambix o3.wav") == ChannelLayout::ambiX);
    CHECK (recognisedLayout (2, "hall ambix.wav") == ChannelLayout::automatic); // decoded already
    CHECK (recognisedLayout (4, "r.amb.wav") == ChannelLayout::bFormat);

    for (const auto* name : { "bamboo.wav", "Fumarole.wav", "confumation.wav" })
        CHECK (recognisedLayout (4, name) == ChannelLayout::automatic);
}

TEST_CASE ("Channels are connected by hand, and left and right change places", "[kernel]")
{
    const Channels six { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } };
    const auto byHand = [&six] (std::vector<size_t> channels, bool isMirrored = false)
    {
        ChannelChoice choice (ChannelLayout::byHand);
        choice.channelsByHand = std::move (channels);
        choice.isMirrored = isMirrored;
        return makeKernel (six, 48000, "a", choice);
    };

    CHECK (byHand ({ 6, 0, 0, 1 })->routing == Routing::stereo);
    CHECK (byHand ({ 6, 0, 0, 1 })->paths == Channels { { 6 }, { 1 } });
    CHECK (byHand ({ 6, 0, 0, 1 })->remark == "is connected by hand: 4 of its channels are left out");
    CHECK (byHand ({ 1, 2, 0, 4 })->routing == Routing::trueStereo);
    CHECK (byHand ({ 1, 2, 0, 4 })->paths == Channels { { 1 }, { 2 }, { 0 }, { 4 } });
    CHECK (byHand ({ 1, 2, 3, 4 }, true)->paths == Channels { { 4 }, { 3 }, { 2 }, { 1 } });
    CHECK (byHand ({ 5, 0, 0, 0 })->paths == Channels { { 5 }, { 0 } });
    CHECK_THAT (byHand ({ 1, 2, 3, 7 }).error(), Contains ("channel 7 is asked for, and it has 6"));
    CHECK_THAT (byHand ({ 0, 0, 0, 0 }).error(), Contains ("none of its channels"));
    CHECK_THAT (byHand ({ 1, 2 }).error(), Contains ("four channels"));

    ChannelChoice mirrored;
    mirrored.isMirrored = true;
    CHECK (makeKernel (Channels { { 1 }, { 2 } }, 48000, "a", mirrored)->paths == Channels { { 2 }, { 1 } });
    CHECK (makeKernel (Channels { { 1 } }, 48000, "a", mirrored)->paths == Channels { { 1 } });

    // Sound in channels that are not used is not enough.
    ChannelChoice second (ChannelLayout::byHand);
    second.channelsByHand = { 2, 0, 0, 2 };
    CHECK_THAT (makeKernel (Channels { { 1 }, { 0 } }, 48000, "a", second).error(), Contains ("are silent"));
}

TEST_CASE ("What is not heard of a kernel or of a sound is said", "[kernel]")
{
    const auto six = *makeKernel (Channels (6, { 1 }), 48000, "six");
    CHECK (partThatIsHeard (six, 2, 2) == "in part: 2 of its 6 paths, with 2 channels in and 2 out");
    CHECK (partThatIsHeard (six, 6, 6) == "");
    CHECK (partThatIsHeard (six, 1, 6) == "");
    CHECK (partThatIsHeard (six, 8, 8) == "in part: 2 of the sound's 8 channels have no path in it");
    CHECK (partThatIsHeard (six, 1, 1) == ""); // as their mean

    const auto stereo = *makeKernel (Channels (2, { 1 }), 48000, "stereo");
    CHECK (partThatIsHeard (stereo, 2, 2) == "");
    CHECK (partThatIsHeard (stereo, 1, 2) == "");
    const auto trueStereo = *makeKernel (Channels (4, { 1 }), 48000, "true");
    CHECK (partThatIsHeard (trueStereo, 2, 2) == "");
    CHECK (partThatIsHeard (trueStereo, 6, 6) == "in part: 4 of the sound's 6 channels have no path in it");
    const auto matrix = *makeKernel (Channels (6, { 1 }), 48000, "m", { ChannelLayout::matrix, 3 });
    CHECK (partThatIsHeard (matrix, 2, 2) == "in part: 4 of its 6 paths, with 2 channels in and 2 out");
}

TEST_CASE ("A kernel of one sample gets a remark", "[kernel]")
{
    const auto remark = [] (Channels channels) { return remarkOn (*makeKernel (std::move (channels), 48000, "x")); };

    // 20 log10 (0.5) = -6.02
    CHECK (remark ({ { 0.5f } }) == "'x' has a single sample: it changes the level by -6.0 dB and nothing else.");
    CHECK (remark ({ { -0.5f } })
           == "'x' has a single sample: it changes the level by -6.0 dB, inverts it, and does nothing else.");
    CHECK (remark ({ { 1 }, { 0 } }) == "'x' has a single sample: it changes levels and nothing else.");
    CHECK (remark ({ { 1, 0 } }) == "");
    CHECK (remark ({ { 16384, -8192 } }) == "'x' reaches 16384, 84 dB above full scale. Normalise it, or divide it.");
}

TEST_CASE ("Kernels connect channels", "[kernel]")
{
    const auto mono = *makeKernel (Channels { { 1, 2 } }, 48000, "m");
    const auto stereo = *makeKernel (Channels { { 1, 2 }, { 3, 4 } }, 48000, "s");
    const auto trueStereo = *makeKernel (Channels { { 1 }, { 2 }, { 3 }, { 4 } }, 48000, "t");
    using Description = std::vector<std::array<float, 3>>;

    const auto describe = [] (const Kernel& kernel, size_t inputs, size_t outputs)
    {
        Description result;

        for (const auto& path : connect (kernel, inputs, outputs))
            result.push_back ({ static_cast<float> (path.input), static_cast<float> (path.output), path.taps.front() });

        return result;
    };

    CHECK (describe (mono, 1, 1) == Description { { 0, 0, 1 } });
    CHECK (describe (mono, 1, 2) == Description { { 0, 0, 1 }, { 0, 1, 1 } });
    CHECK (describe (mono, 2, 2) == Description { { 0, 0, 1 }, { 1, 1, 1 } });
    CHECK (describe (stereo, 1, 2) == Description { { 0, 0, 1 }, { 0, 1, 3 } });
    CHECK (describe (stereo, 2, 2) == Description { { 0, 0, 1 }, { 1, 1, 3 } });
    CHECK (describe (trueStereo, 2, 2) == Description { { 0, 0, 1 }, { 0, 1, 2 }, { 1, 0, 3 }, { 1, 1, 4 } });
    CHECK (describe (trueStereo, 1, 2) == Description { { 0, 0, 1 }, { 0, 1, 2 }, { 0, 0, 3 }, { 0, 1, 4 } });

    // Channel i to channel i: what is missing on either side is left out, but a single input is every input.
    const auto three = *makeKernel (Channels { { 1 }, { 2 }, { 3 } }, 48000, "p");
    CHECK (describe (three, 3, 3) == Description { { 0, 0, 1 }, { 1, 1, 2 }, { 2, 2, 3 } });
    CHECK (describe (three, 2, 2) == Description { { 0, 0, 1 }, { 1, 1, 2 } });
    CHECK (describe (three, 5, 5) == Description { { 0, 0, 1 }, { 1, 1, 2 }, { 2, 2, 3 } });
    CHECK (describe (three, 1, 3) == Description { { 0, 0, 1 }, { 0, 1, 2 }, { 0, 2, 3 } });
    CHECK (numOutputsOf (three, 1) == 3);
    CHECK (numOutputsOf (three, 2) == 2);
    CHECK (numOutputsOf (three, 5) == 3);

    // Two inputs, three outputs.
    const auto matrix =
        *makeKernel (Channels { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } }, 48000, "x", { ChannelLayout::matrix, 2 });
    CHECK (describe (matrix, 2, 3)
           == Description { { 0, 0, 1 }, { 0, 1, 2 }, { 0, 2, 3 }, { 1, 0, 4 }, { 1, 1, 5 }, { 1, 2, 6 } });
    CHECK (describe (matrix, 2, 2) == Description { { 0, 0, 1 }, { 0, 1, 2 }, { 1, 0, 4 }, { 1, 1, 5 } });
    CHECK (describe (matrix, 1, 1) == Description { { 0, 0, 1 }, { 0, 0, 4 } });
    CHECK (numOutputsOf (matrix, 7) == 3);

    for (const auto* kernel : { &mono, &stereo, &trueStereo, &three, &matrix })
    {
        for (size_t inputs = 0; inputs < 5; ++inputs)
        {
            for (size_t outputs = 0; outputs < 5; ++outputs)
            {
                for (const auto& path : connect (*kernel, inputs, outputs))
                {
                    CHECK (path.input < inputs);
                    CHECK (path.output < outputs);
                }
            }
        }
    }

    CHECK (matchedToOutputs (three, 1).paths == Channels { { (1.0f + 2.0f + 3.0f) * (1.0f / 3.0f) } });
    CHECK (matchedToOutputs (matrix, 1).paths[0][0] == Approx ((1 + 2 + 3 + 4 + 5 + 6) / 3.0));
    CHECK (matchedToOutputs (matrix, 2) == matrix);

    CHECK (numOutputsOf (mono, 1) == 1);
    CHECK (numOutputsOf (stereo, 1) == 2);
    CHECK (numOutputsOf (mono, 5) == 5);

    CHECK (matchedToOutputs (stereo, 2) == stereo);
    CHECK (matchedToOutputs (stereo, 1).paths == Channels { { 2, 3 } });
    CHECK (matchedToOutputs (trueStereo, 1).paths == Channels { { 5 } }); // left and right alike: (1 + 2 + 3 + 4) / 2
}
