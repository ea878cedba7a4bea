#include "Convolution/Offline/OfflineConvolver.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <random>

using namespace faltwerk;
using Channels = std::vector<std::vector<float>>;

namespace
{

/** Runs whole channels through a convolver; each output has `length` frames. */
Channels run (OfflineConvolver& convolver, const Channels& inputs, size_t numOutputs, size_t length)
{
    const size_t size = convolver.blockSize();
    Channels block (inputs.size(), std::vector<float> (size)), output (numOutputs, std::vector<float> (size));
    Channels result (numOutputs);

    for (size_t first = 0; first < length; first += size)
    {
        const size_t rest = inputs.front().size() - std::min (first, inputs.front().size());
        const size_t count = std::min (size, rest);

        for (size_t channel = 0; channel < inputs.size(); ++channel)
            std::copy_n (inputs[channel].begin() + static_cast<std::ptrdiff_t> (inputs[channel].size() - rest), count,
                         block[channel].begin());

        convolver.process (block, count, output);

        for (size_t channel = 0; channel < numOutputs; ++channel)
            result[channel].insert (result[channel].end(), output[channel].begin(), output[channel].end());
    }

    for (auto& channel : result)
        channel.resize (length);

    return result;
}

std::vector<float> convolve (const std::vector<float>& x,
                             const std::vector<float>& h,
                             size_t blockSize,
                             size_t lengthOfSound = OfflineConvolver::unknownLength)
{
    const KernelPath path[] = { { 0, 0, h } };
    OfflineConvolver convolver (path, 1, 1, lengthOfSound, blockSize);
    return run (convolver, { x }, 1, x.size() + h.size() - 1).front();
}

} // namespace

TEST_CASE ("Blocks of any size give the oracle's convolution", "[engine]")
{
    std::mt19937 random (17);
    std::uniform_int_distribution<size_t> lengths (OfflineConvolver::shortest + 1, 3000);

    for (uint64_t round = 0; round < 40; ++round)
    {
        const auto x = test::noise (lengths (random), 100 + round), h = test::noise (lengths (random), 200 + round);
        const auto expected = test::oracle (x, h);

        for (const size_t blockSize : { 32u, 256u, 4096u, 0u })
        {
            CAPTURE (x.size(), h.size(), blockSize);
            const auto y = convolve (x, h, blockSize);
            CHECK (test::errorInDb (y, expected) < -120.0);
        }
    }
}

TEST_CASE ("Minutes are convolved with seconds and seconds with minutes", "[engine]")
{
    const auto x = test::noise (1'000'003, 8), h = test::decayingNoise (150'001, 9);
    const auto expected = test::oracle (x, h);
    CHECK (test::errorInDb (convolve (x, h, 0), expected) < -120.0);
    CHECK (test::errorInDb (convolve (h, x, 0), expected) < -120.0);
    CHECK (test::errorInDb (convolve (x, h, 4096), expected) < -120.0);
}

TEST_CASE ("A short sound or kernel is convolved by sums that round once", "[engine]")
{
    const auto noise = test::noise (2000, 3);

    for (const size_t length : { size_t { 1 }, size_t { 2 }, OfflineConvolver::shortest })
    {
        const auto brief = test::noise (length, 4);
        const auto expected = test::oracle (noise, brief);
        const auto known = convolve (brief, noise, 128, length), kernel = convolve (noise, brief, 128);
        REQUIRE (known.size() == expected.size());
        CAPTURE (length);

        for (size_t n = 0; n < expected.size(); ++n)
        {
            REQUIRE (known[n] == Approx (expected[n]).epsilon (1e-7).margin (1e-12)); // half a step of a float
            REQUIRE (kernel[n] == Approx (expected[n]).epsilon (1e-7).margin (1e-12));
        }

        // More frames than announced, since a header can be wrong.
        CHECK (test::errorInDb (convolve (noise, noise, 128, length), test::oracle (noise, noise)) < -140.0);
    }

    CHECK (convolve ({ 1, 2, 3 }, { 0, 1, 0.5f }, 0) == std::vector<float> { 0, 1, 2.5f, 4, 1.5f });
}

TEST_CASE ("Paths between several channels are summed and may share their taps", "[engine]")
{
    const Channels x { test::noise (5000, 1), test::noise (5000, 2) };
    const auto first = test::decayingNoise (3000, 3), second = test::decayingNoise (700, 4);
    const KernelPath paths[] = { { 0, 0, first }, { 1, 0, second }, { 1, 2, first }, { 0, 2, first } };
    const auto sum = [] (std::vector<double> a, const std::vector<double>& b)
    {
        for (size_t n = 0; n < b.size(); ++n)
            a[n] += b[n];

        return a;
    };

    for (const size_t blockSize : { 512u, 0u })
    {
        OfflineConvolver convolver (paths, 2, 3, 5000, blockSize);
        const auto y = run (convolver, x, 3, 7999);
        CHECK (test::errorInDb (y[0], sum (test::oracle (x[0], first), test::oracle (x[1], second))) < -120.0);
        CHECK (test::errorInDb (y[2], sum (test::oracle (x[0], first), test::oracle (x[1], first))) < -120.0);
        CHECK (y[1] == std::vector<float> (7999)); // an output without a path
    }
}
