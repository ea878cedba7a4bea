#include "Kernel/Analysis/AnalysisLevel.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

AnalysisLevel::AnalysisLevel (const Kernel& kernel)
    : original (kernel)
{
    float peak = 0.0f;

    for (const auto& path : kernel.paths)
        for (const float x : path)
            peak = std::max (peak, std::abs (x));

    int exponent = 0;
    std::frexp (peak, &exponent);

    if (peak == 0.0f || std::abs (exponent) <= 20)
        return;

    factor = std::ldexp (1.0, -exponent); // beyond a float's range if the peak is denormal
    copy = kernel;

    for (auto& path : copy->paths)
        for (auto& x : path)
            x = static_cast<float> (factor * static_cast<double> (x));
}

} // namespace faltwerk
