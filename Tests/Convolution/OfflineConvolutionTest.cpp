#include "Convolution/OfflineConvolution.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <random>

using namespace faltwerk;
using Mode = ConvolutionMode;
using Numbers = std::vector<double>;

namespace
{

std::vector<float> byTransform (const Numbers& x, const Numbers& h, Mode mode)
{
    return convolveByTransform (std::vector<float> (x.begin(), x.end()), std::vector<float> (h.begin(), h.end()), mode);
}

void checkBoth (const Numbers& x, const Numbers& h, Mode mode, const Numbers& expected)
{
    CHECK (convolveDirectly (x, h, mode) == expected);
    const auto fast = byTransform (x, h, mode);
    REQUIRE (fast.size() == expected.size());

    for (size_t n = 0; n < fast.size(); ++n)
        CHECK (fast[n] == Approx (expected[n]).margin (1e-5));
}

} // namespace

TEST_CASE ("Small convolutions worked by hand", "[engine]")
{
    // 1 2 3 slid over 0 1 0.5: the classic.
    checkBoth ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::full, { 0, 1, 2.5, 4, 1.5 });
    checkBoth ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::same, { 1, 2.5, 4 });
    checkBoth ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::valid, { 2.5 });

    // An even kernel: same starts at floor ((2 - 1) / 2) = 0.
    checkBoth ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::full, { 1, 3, 5, 7, 4 });
    checkBoth ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::same, { 1, 3, 5, 7 });
    checkBoth ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::valid, { 3, 5, 7 });

    // A kernel longer than the signal: same keeps the signal's length, valid has 5 - 2 + 1 samples.
    checkBoth ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::full, { 1, 3, 5, 7, 9, 5 });
    checkBoth ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::same, { 5, 7 });
    checkBoth ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::valid, { 3, 5, 7, 9 });

    // One sample, one tap.
    for (const auto mode : { Mode::full, Mode::same, Mode::valid })
    {
        checkBoth ({ 3 }, { 2 }, mode, { 6 });
        checkBoth ({ 1, 2, 3 }, { 2 }, mode, { 2, 4, 6 });
    }

    checkBoth ({ 2 }, { 1, 2, 3 }, Mode::full, { 2, 4, 6 });
    checkBoth ({ 2 }, { 1, 2, 3 }, Mode::same, { 4 });
    checkBoth ({ 2 }, { 1, 2, 3 }, Mode::valid, { 2, 4, 6 });
}

TEST_CASE ("An empty operand gives an empty result", "[engine]")
{
    for (const auto mode : { Mode::full, Mode::same, Mode::valid })
    {
        checkBoth ({}, { 1, 2 }, mode, {});
        checkBoth ({ 1, 2 }, {}, mode, {});
        checkBoth ({}, {}, mode, {});
    }

    CHECK (slidingDotProduct ({}, {}, 0) == 0.0);
}

TEST_CASE ("Direct sums and transforms agree with each other and with the oracle", "[engine]")
{
    std::mt19937 random (17);
    std::uniform_int_distribution<size_t> lengths (1, 700);

    for (int round = 0; round < 40; ++round)
    {
        const auto x = test::noise (lengths (random), 100 + static_cast<uint64_t> (round));
        const auto h = test::noise (lengths (random), 200 + static_cast<uint64_t> (round));
        const auto full = test::oracle (x, h);
        CAPTURE (x.size(), h.size());

        for (const auto mode : { Mode::full, Mode::same, Mode::valid })
        {
            const auto range = rangeOf (mode, x.size(), h.size());
            const std::vector<double> expected (full.begin() + static_cast<std::ptrdiff_t> (range.first),
                                                full.begin()
                                                    + static_cast<std::ptrdiff_t> (range.first + range.length));

            const auto fast = convolveByTransform (x, h, mode);
            REQUIRE (fast.size() == expected.size());
            CHECK (test::errorInDb (fast, expected) < -110.0); // valid may be one sample, smaller than the RMS of all

            CHECK (test::errorInDb (convolve (x, h, mode), expected) < -110.0);

            const auto direct = convolveDirectly (Numbers (x.begin(), x.end()), Numbers (h.begin(), h.end()), mode);
            REQUIRE (direct.size() == expected.size());

            for (size_t n = 0; n < direct.size(); ++n)
                CHECK (direct[n] == Approx (expected[n]).margin (1e-12));
        }
    }
}

TEST_CASE ("Transforms convolve minutes with seconds", "[engine]")
{
    const auto x = test::noise (1'000'003, 8);
    const auto h = test::decayingNoise (150'001, 9);
    const auto fast = convolveByTransform (x, h, Mode::full);
    const auto expected = test::oracle (x, h);
    REQUIRE (fast.size() == expected.size());
    CHECK (test::errorInDb (fast, expected) < -120.0);

    const auto swapped = convolveByTransform (h, x, Mode::full);
    REQUIRE (swapped.size() == expected.size());
    CHECK (test::errorInDb (swapped, expected) < -120.0);
}
