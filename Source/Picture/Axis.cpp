#include "Picture/Axis.h"

#include <cmath>

namespace faltwerk
{

namespace
{

/** The smallest of 1, 2 and 5 times a power of ten that is no smaller than a value. */
double roundStep (double least)
{
    const double power = std::pow (10.0, std::floor (std::log10 (least)));

    for (const double factor : { 1.0, 2.0, 5.0 })
        if (factor * power >= least * (1.0 - 1e-9))
            return factor * power;

    return 10.0 * power;
}

/** A number with so many decimals; juce::String takes none to mean all. */
juce::String fixed (double value, int decimals)
{
    return decimals > 0 ? juce::String (value, decimals) : juce::String (juce::roundToInt (value));
}

} // namespace

TimeAxis::TimeAxis (double seconds, float width, float spacing)
{
    seconds = std::max (seconds, 1e-5);
    const double step =
        roundStep (seconds * static_cast<double> (spacing) / static_cast<double> (std::max (width, spacing)));
    const double leading = step / std::pow (10.0, std::floor (std::log10 (step * (1.0 + 1e-9))));
    minorStep = step / (leading > 1.5 && leading < 2.5 ? 4.0 : 5.0);
    end = minorStep * std::ceil (seconds / minorStep - 1e-9);

    const bool inSeconds = end >= 1.0;
    const double scale = inSeconds ? 1.0 : 1000.0;
    unit = inSeconds ? "s" : "ms";
    const int decimals = std::max (inSeconds ? 1 : 0, static_cast<int> (std::ceil (-std::log10 (step * scale) - 1e-9)));

    for (int n = 0; n * step <= end * (1.0 + 1e-9); ++n)
        ticks.push_back ({ n * step, fixed (n * step * scale, decimals) });
}

} // namespace faltwerk
