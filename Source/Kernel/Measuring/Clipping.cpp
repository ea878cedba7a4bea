#include "Kernel/Measuring/Clipping.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** Looks at the samples above zero, or at those below. */
Clipping findClipping (std::span<const float> recording, float sign) noexcept
{
    const float top = 0.99885f, below = 0.98740f; // -0.01 and -0.11 dB
    constexpr size_t fewest = 8;
    float peak = 0.0f;

    for (const float x : recording)
        peak = std::max (peak, sign * x);

    Clipping found;
    size_t numBelow = 0;

    for (size_t n = 0; n < recording.size(); ++n)
    {
        const float x = sign * recording[n];

        if (x >= top * peak && found.numFrames++ == 0)
            found.firstFrame = n;
        else if (x >= below * peak && x < top * peak)
            ++numBelow;
    }

    if (! (peak > 0.0f) || found.numFrames < fewest || found.numFrames < numBelow)
        return {};

    found.peakDb = 20.0 * std::log10 (static_cast<double> (peak));
    return found;
}

} // namespace

Clipping findClipping (std::span<const float> recording) noexcept
{
    auto above = findClipping (recording, 1.0f);
    const auto below = findClipping (recording, -1.0f);

    if (! above || ! below)
        return above ? above : below;

    return { above.numFrames + below.numFrames, std::max (above.peakDb, below.peakDb),
             std::min (above.firstFrame, below.firstFrame) };
}

} // namespace faltwerk
