#include "Convolution/Offline/OfflineConvolution.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <random>

using namespace faltwerk;
using Mode = ConvolutionMode;
using Numbers = std::vector<double>;

namespace
{

void check (const Numbers& x, const Numbers& h, Mode mode, const Numbers& expected)
{
    CHECK (convolveDirectly (x, h, mode) == expected);
}

} // namespace

TEST_CASE ("Small convolutions worked by hand", "[engine]")
{
    // A usual example.
    check ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::full, { 0, 1, 2.5, 4, 1.5 });
    check ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::same, { 1, 2.5, 4 });
    check ({ 1, 2, 3 }, { 0, 1, 0.5 }, Mode::valid, { 2.5 });

    // A kernel of even length: `same` starts at floor ((2 - 1) / 2) = 0.
    check ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::full, { 1, 3, 5, 7, 4 });
    check ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::same, { 1, 3, 5, 7 });
    check ({ 1, 2, 3, 4 }, { 1, 1 }, Mode::valid, { 3, 5, 7 });

    // A kernel longer than the signal: `same` keeps the signal's length, `valid` has 5 - 2 + 1 samples.
    check ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::full, { 1, 3, 5, 7, 9, 5 });
    check ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::same, { 5, 7 });
    check ({ 1, 1 }, { 1, 2, 3, 4, 5 }, Mode::valid, { 3, 5, 7, 9 });

    // One sample, one tap.
    for (const auto mode : { Mode::full, Mode::same, Mode::valid })
    {
        check ({ 3 }, { 2 }, mode, { 6 });
        check ({ 1, 2, 3 }, { 2 }, mode, { 2, 4, 6 });
    }

    check ({ 2 }, { 1, 2, 3 }, Mode::full, { 2, 4, 6 });
    check ({ 2 }, { 1, 2, 3 }, Mode::same, { 4 });
    check ({ 2 }, { 1, 2, 3 }, Mode::valid, { 2, 4, 6 });
}

TEST_CASE ("An empty operand gives an empty result", "[engine]")
{
    for (const auto mode : { Mode::full, Mode::same, Mode::valid })
    {
        check ({}, { 1, 2 }, mode, {});
        check ({ 1, 2 }, {}, mode, {});
        check ({}, {}, mode, {});
    }

    CHECK (slidingDotProduct ({}, {}, 0) == 0.0);
}

TEST_CASE ("Direct sums agree with the oracle in each mode", "[engine]")
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
            const auto direct = convolveDirectly (Numbers (x.begin(), x.end()), Numbers (h.begin(), h.end()), mode);
            REQUIRE (direct.size() == range.length);

            for (size_t n = 0; n < direct.size(); ++n)
                CHECK (direct[n] == Approx (full[range.first + n]).margin (1e-12));
        }
    }
}
