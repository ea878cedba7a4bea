#pragma once

#include "Kernel/Edits/Edits.h"
#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <cmath>
#include <utility>

// What tests of edits share: a kernel like a hall's, and kernels after edits that succeed.

namespace faltwerk::test
{

/** Two paths of noise that decays by 60 dB in a time. */
inline Kernel hall (double seconds, double t60, double rate = 48000.0)
{
    Kernel kernel { {}, rate, Routing::stereo, "hall" };

    for (const uint64_t seed : { 1u, 2u })
    {
        auto path = noise (static_cast<size_t> (seconds * rate), seed);

        for (size_t n = 0; n < path.size(); ++n)
            path[n] = static_cast<float> (static_cast<double> (path[n])
                                          * std::pow (10.0, -3.0 * static_cast<double> (n) / (rate * t60)));

        kernel.paths.push_back (std::move (path));
    }

    return kernel;
}

inline Kernel applied (const Kernel& kernel, const Edits& edits)
{
    auto result = edited (kernel, edits);
    REQUIRE (result);
    return result->kernel;
}

template <typename Change>
Kernel after (const Kernel& kernel, Change&& change)
{
    Edits edits;
    change (edits);
    return applied (kernel, edits);
}

} // namespace faltwerk::test
