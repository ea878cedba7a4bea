#include "Kernel/InParallel.h"

#include "Support/Catch.h"

#include <stdexcept>

using namespace faltwerk;

TEST_CASE ("Work in parallel is done once each, and what it throws is thrown", "[kernel]")
{
    for (const size_t count : { size_t { 0 }, size_t { 1 }, size_t { 2 }, size_t { 100 } })
    {
        CAPTURE (count);
        std::vector<int> done (count);
        inParallel (count, [&done] (size_t n) { ++done[n]; });
        CHECK (done == std::vector<int> (count, 1));

        for (const size_t wrong : { size_t { 0 }, count / 2 })
            if (wrong < count)
                CHECK_THROWS_AS (inParallel (count,
                                             [wrong] (size_t n)
                                             {
                                                 if (n == wrong)
                                                     throw std::runtime_error ("wrong");
                                             }),
                                 std::runtime_error);
    }
}
