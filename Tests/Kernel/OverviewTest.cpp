#include "Kernel/Overview.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <random>

using namespace faltwerk;

TEST_CASE ("The overview gives the extent of any stretch", "[kernel]")
{
    std::mt19937 random (5);

    for (const size_t length : std::initializer_list<size_t> { 1, 31, 32, 33, 64, 1000, 100'003 })
    {
        const auto x = test::noise (length, length);
        const Overview overview (x);
        std::uniform_int_distribution<size_t> position (0, length);

        for (int round = 0; round < 200; ++round)
        {
            const auto [first, last] = std::minmax ({ position (random), position (random) });

            if (first == last)
                continue;

            const auto extent = overview.extentOf (first, last);
            const auto [smallest, largest] = std::minmax_element (x.begin() + static_cast<std::ptrdiff_t> (first),
                                                                  x.begin() + static_cast<std::ptrdiff_t> (last));
            double sum = 0.0;

            for (size_t n = first; n < last; ++n)
                sum += static_cast<double> (x[n]) * static_cast<double> (x[n]);

            REQUIRE (extent.smallest == *smallest);
            REQUIRE (extent.largest == *largest);
            REQUIRE (extent.meanSquare == Approx (sum / static_cast<double> (last - first)).epsilon (1e-5));
            REQUIRE (extent.peak() == std::max (std::abs (*smallest), std::abs (*largest)));
        }

        CHECK (overview.extentOf (length, length + 10).peak() == 0.0f);
        CHECK (overview.extentOf (0, length + 10).peak() == overview.extentOf (0, length).peak());
    }

    CHECK (Overview ({}).extentOf (0, 10).meanSquare == 0.0);
}

TEST_CASE ("The overview touches samples only at the ends of what it is asked for", "[kernel]")
{
    auto x = test::noise (1 << 20, 1);
    const Overview overview (x);
    const auto before = overview.extentOf (1000, 1'000'000);

    // Whoever looks at these now finds them changed.
    std::fill (x.begin() + 1024, x.begin() + 999'936, 100.0f);
    const auto after = overview.extentOf (1000, 1'000'000);
    CHECK (after.largest == before.largest);
    CHECK (after.smallest == before.smallest);
    CHECK (after.meanSquare == before.meanSquare);
    CHECK (overview.extentOf (1025, 1026).largest == 100.0f);
}
