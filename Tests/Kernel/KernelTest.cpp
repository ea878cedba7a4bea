#include "Kernel/Kernel.h"

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
    CHECK (makeKernel ({ std::vector<float> (longestKernelInFrames, 1.0f) }, 192000, "long"));
}

TEST_CASE ("A layout says what channels mean", "[kernel]")
{
    const Channels four { { 1 }, { 2 }, { 3 }, { 4 } };
    const auto make = [] (Channels channels, ChannelLayout layout, size_t numInputs = 0)
    { return makeKernel (std::move (channels), 48000, "hall.wav", layout, numInputs); };

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

TEST_CASE ("A kernel of one sample gets a remark", "[kernel]")
{
    const auto remark = [] (Channels channels) { return remarkOn (*makeKernel (std::move (channels), 48000, "x")); };

    // 20 log10 (0.5) = -6.02
    CHECK (remark ({ { 0.5f } }) == "'x' has a single sample: it changes the level by -6.0 dB and nothing else.");
    CHECK (remark ({ { -0.5f } })
           == "'x' has a single sample: it changes the level by -6.0 dB, inverts it, and does nothing else.");
    CHECK (remark ({ { 1 }, { 0 } }) == "'x' has a single sample: it changes levels and nothing else.");
    CHECK (remark ({ { 1, 0 } }) == "");
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
        *makeKernel (Channels { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } }, 48000, "x", ChannelLayout::matrix, 2);
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
