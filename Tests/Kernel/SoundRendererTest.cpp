#include "Kernel/SoundRenderer.h"

#include "Kernel/KernelRouting.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <utility>

using namespace faltwerk;
using Channels = std::vector<std::vector<float>>;
using Mode = ConvolutionMode;

namespace
{

/** Renders channels that come in pieces of some frames. */
Channels render (const Kernel& kernel,
                 const Channels& x,
                 const SoundRenderer::Settings& settings,
                 size_t pieceSize,
                 size_t numAnnounced)
{
    Channels y (numOutputsOf (kernel, x.size()));
    SoundRenderer renderer (kernel, { x.size(), numAnnounced, 48000, true }, settings,
                            [&y] (std::span<const std::vector<float>> channels, size_t first, size_t size)
                            {
                                for (size_t channel = 0; channel < y.size(); ++channel)
                                {
                                    const auto begin = channels[channel].begin() + static_cast<std::ptrdiff_t> (first);
                                    y[channel].insert (y[channel].end(), begin,
                                                       begin + static_cast<std::ptrdiff_t> (size));
                                }

                                return true;
                            });
    REQUIRE (renderer.result().numChannels == y.size());

    for (size_t first = 0; first < x.front().size(); first += pieceSize)
    {
        Channels piece;

        for (const auto& channel : x)
        {
            const auto begin = channel.begin() + static_cast<std::ptrdiff_t> (first);
            piece.emplace_back (begin,
                                begin + static_cast<std::ptrdiff_t> (std::min (pieceSize, channel.size() - first)));
        }

        REQUIRE (renderer.append (piece));
    }

    REQUIRE (renderer.finish());
    return y;
}

/** The mix law in double precision on the oracle's convolutions. */
std::vector<std::vector<double>> expectedOf (const Kernel& kernel,
                                             const Channels& x,
                                             const SoundRenderer::Settings& settings)
{
    const size_t full = x.front().size() + kernel.lengthInFrames() - 1, numOutputs = numOutputsOf (kernel, x.size());
    const double wet = std::min (1.0, settings.mixPercent / 50.0),
                 dry = std::min (1.0, 2.0 - settings.mixPercent / 50.0);
    const auto range = rangeOf (settings.mode, x.front().size(), kernel.lengthInFrames());
    std::vector<std::vector<double>> result;

    for (size_t output = 0; output < numOutputs; ++output)
    {
        std::vector<double> sum (full);

        for (const auto& path : connect (kernel, x.size(), numOutputs))
            if (path.output == output)
                for (size_t n = 0; const double value : test::oracle (x[path.input], path.taps))
                    sum[n++] += wet * value;

        for (size_t n = 0; const float value : x[std::min (output, x.size() - 1)])
            sum[n++] += dry * static_cast<double> (value);

        const auto begin = sum.begin() + static_cast<std::ptrdiff_t> (range.first);
        result.emplace_back (begin, begin + static_cast<std::ptrdiff_t> (range.length));
    }

    return result;
}

} // namespace

TEST_CASE ("Modes and mixes of sounds in pieces agree with the oracle", "[kernel]")
{
    for (const auto mode : { Mode::full, Mode::same, Mode::valid })
    {
        // Sounds shorter and longer than the kernel, and at the edges of blocks: 32 to 8192 frames for the short kernel,
        // 16384 for the long one, which is longer than a block.
        for (const auto& [kernelLength, length] : std::vector<std::pair<size_t, size_t>> { { 900, 1 },
                                                                                           { 900, 31 },
                                                                                           { 900, 65 },
                                                                                           { 900, 256 },
                                                                                           { 900, 899 },
                                                                                           { 900, 900 },
                                                                                           { 900, 901 },
                                                                                           { 900, 8192 },
                                                                                           { 900, 8193 },
                                                                                           { 900, 20000 },
                                                                                           { 20000, 16384 },
                                                                                           { 20000, 16385 },
                                                                                           { 20000, 19999 },
                                                                                           { 20000, 20000 },
                                                                                           { 20000, 40000 } })
        {
            for (const size_t pieceSize : { 7u, 1000u })
            {
                CAPTURE (static_cast<int> (mode), kernelLength, length, pieceSize);
                const Kernel kernel { { test::noise (kernelLength, 1), test::noise (kernelLength, 2) },
                                      48000,
                                      Routing::stereo,
                                      "h" };
                const Channels x { test::noise (length, 3), test::noise (length, 4) };
                const SoundRenderer::Settings settings { mode, 70.0 };
                const auto expected = expectedOf (kernel, x, settings);

                // A damaged file may hold fewer frames than it says.
                for (const size_t announced : { length, length + 500 })
                {
                    const auto y = render (kernel, x, settings, pieceSize, announced);

                    for (size_t channel = 0; channel < 2; ++channel)
                    {
                        REQUIRE (y[channel].size() == expected[channel].size());
                        REQUIRE (test::errorInDb (y[channel], expected[channel]) < -110.0); // one sample may be small
                    }
                }
            }
        }
    }
}

TEST_CASE ("A result does not depend on the pieces and a dry one is the sound", "[kernel]")
{
    const Kernel kernel { { test::noise (3000, 1) }, 48000, Routing::mono, "h" };
    const Channels x { test::noise (50000, 3) };
    const auto whole = render (kernel, x, {}, 50000, 50000);

    for (const size_t pieceSize : { 1u, 4096u, 8192u, 8193u })
        CHECK (render (kernel, x, {}, pieceSize, 50000) == whole);

    // All of the sound, then silence.
    auto dry = x.front();
    dry.resize (50000 + 3000 - 1);
    CHECK (render (kernel, x, { Mode::full, 0.0 }, 1000, 50000).front() == dry);
}

TEST_CASE ("Every layout of channels is connected", "[kernel]")
{
    const auto taps = [] (size_t count)
    {
        Channels paths;

        for (size_t n = 0; n < count; ++n)
            paths.push_back (test::noise (500, 10 + n));

        return paths;
    };
    Kernel matrix { taps (6), 48000, Routing::matrix, "h" };
    matrix.numMatrixInputs = 2;

    for (const auto& kernel :
         { Kernel { taps (1), 48000, Routing::mono, "h" }, Kernel { taps (2), 48000, Routing::stereo, "h" },
           Kernel { taps (4), 48000, Routing::trueStereo, "h" }, Kernel { taps (3), 48000, Routing::perChannel, "h" },
           matrix })
    {
        for (const size_t numInputs : { 1u, 2u, 3u })
        {
            if (! SoundRenderer::complaintAbout (kernel, numInputs).empty())
                continue;

            const auto x = taps (numInputs);
            const SoundRenderer::Settings settings { Mode::full, 50.0 };
            const auto expected = expectedOf (kernel, x, settings);
            const auto y = render (kernel, x, settings, 100, 500);
            REQUIRE (y.size() == expected.size());

            for (size_t channel = 0; channel < y.size(); ++channel)
                CHECK (test::errorInDb (y[channel], expected[channel]) < -120.0);
        }
    }

    CHECK_FALSE (SoundRenderer::complaintAbout ({ taps (4), 48000, Routing::trueStereo, "h" }, 3).empty());
    CHECK_FALSE (SoundRenderer::complaintAbout ({ taps (2), 48000, Routing::stereo, "h" }, 3).empty());
}
