#include "Support/Slowness.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace faltwerk::test
{

namespace
{

constexpr size_t numSamples = 200000;

/** The work that is timed; its result is looked at, so that it is done. */
double work (std::vector<float>& levels)
{
    uint32_t random = 1;
    float low = 0.0f;
    double sum = 0.0;

    for (auto& level : levels)
    {
        random = random * 1664525u + 1013904223u;
        low += 0.1f * (static_cast<float> (random >> 8) / 16777216.0f - low);
        sum += static_cast<double> (low) * static_cast<double> (low);
        level = static_cast<float> (std::log10 (sum));
    }

    for (size_t n = levels.size(); n-- > 0;)
        sum += static_cast<double> (levels[n]);

    return sum;
}

} // namespace

double slowness()
{
    constexpr double reference = 2.5; // ms; an EPYC of the first generation at 2 GHz takes 4.15
    std::vector<float> levels (numSamples);
    double best = 1e9;

    for (int repetition = 0; repetition < 10; ++repetition)
    {
        const auto begin = std::chrono::steady_clock::now();
        const volatile double result = work (levels);
        static_cast<void> (result);
        best = std::min (best,
                         std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now() - begin).count());
    }

    return std::max (1.0, best / reference);
}

} // namespace faltwerk::test
