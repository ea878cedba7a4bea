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
    CHECK_THAT (errorOf ({ { 0, 1 }, { 1, nan } }), Contains ("channel 2") && Contains ("0.000 s"));
    CHECK_THAT (errorOf ({ { 1, 1, std::numeric_limits<float>::infinity() } }, 0), Contains ("sample 3"));
    CHECK_THAT (errorOf (Channels (3, { 1 })), Contains ("3 channels"));
    CHECK_THAT (errorOf ({ { 1 } }, -1), Contains ("sample rate"));
    CHECK_THAT (errorOf ({ std::vector<float> (longestKernelInFrames + 1, 1.0f) }), Contains ("60 s at 192 kHz"));
    CHECK (makeKernel ({ std::vector<float> (longestKernelInFrames, 1.0f) }, 192000, "long"));
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

    CHECK (numOutputsOf (mono, 1) == 1);
    CHECK (numOutputsOf (stereo, 1) == 2);
    CHECK (numOutputsOf (mono, 5) == 5);

    CHECK (matchedToOutputs (stereo, 2) == stereo);
    CHECK (matchedToOutputs (stereo, 1).paths == Channels { { 2, 3 } });
    CHECK (matchedToOutputs (trueStereo, 1).paths == Channels { { 5 } }); // left and right alike: (1 + 2 + 3 + 4) / 2
}
