#include "Kernel/Measuring/Quality/Clipping.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faltwerk
{

namespace
{

constexpr float top = 0.99885f, below = 0.98740f; // of the peak: -0.01 and -0.11 dB

/** Looks at the samples above zero, or at those below. */
Clipping findClipping (std::span<const float> recording, float sign) noexcept
{
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

double Clipping::lossInDb() const noexcept
{
    const double r = std::sin (std::numbers::pi / 2.0 * (1.0 - share));
    const double left = 2.0 / std::numbers::pi * (std::asin (r) + r * std::sqrt (1.0 - r * r));
    return -20.0 * std::log10 (std::max (left, 0.01));
}

Clipping findClipping (std::span<const float> recording, double sampleRate) noexcept
{
    auto upper = findClipping (recording, 1.0f);
    const auto lower = findClipping (recording, -1.0f);

    if (! upper && ! lower)
        return {};

    Clipping found = upper ? upper : lower;

    if (upper && lower)
        found = { upper.numFrames + lower.numFrames, std::max (upper.peakDb, lower.peakDb),
                  std::min (upper.firstFrame, lower.firstFrame) };

    const auto limitOf = [] (const Clipping& side)
    { return side ? top * static_cast<float> (std::pow (10.0, side.peakDb / 20.0)) : 1e30f; };
    const float highest = limitOf (upper), lowest = -limitOf (lower);
    const size_t window = std::clamp<size_t> (static_cast<size_t> (0.05 * sampleRate), 1, recording.size());
    size_t inside = 0, most = 0;

    for (size_t n = 0; n < recording.size(); ++n)
    {
        const auto isCut = [&] (float x) { return x >= highest || x <= lowest ? size_t { 1 } : size_t { 0 }; };
        inside += isCut (recording[n]);
        inside -= n >= window ? isCut (recording[n - window]) : 0;
        most = std::max (most, inside);
    }

    found.share = static_cast<double> (most) / static_cast<double> (window);
    return found;
}

Clipping findFullScale (std::span<const float> recording) noexcept
{
    Clipping found;
    const auto isFull = [&recording] (size_t n)
    { return n < recording.size() && std::abs (recording[n]) >= fullScale; };

    for (size_t n = 0; n < recording.size(); ++n)
        if (isFull (n) && (isFull (n + 1) || (n > 0 && isFull (n - 1))) && found.numFrames++ == 0)
            found.firstFrame = n;

    return found;
}

} // namespace faltwerk
