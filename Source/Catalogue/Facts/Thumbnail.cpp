#include "Catalogue/Facts/Thumbnail.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr double rangeInDb = 60.0;

uint8_t barOf (float peak, float largest)
{
    if (! (peak > 0.0f) || ! (largest > 0.0f))
        return 0;

    const double db = 20.0 * std::log10 (static_cast<double> (peak) / static_cast<double> (largest));
    return static_cast<uint8_t> (std::lround (255.0 * std::clamp (1.0 + db / rangeInDb, 0.0, 1.0)));
}

} // namespace

void Thumbnail::add (std::span<const std::vector<float>> frames)
{
    const size_t size = frames.empty() ? 0 : frames.front().size();

    for (size_t n = 0; n < size; ++n)
    {
        float peak = 0.0f;

        for (const auto& channel : frames)
            peak = std::max (peak, std::abs (channel[n]));

        add (std::isfinite (peak) ? peak : 0.0f);
    }
}

void Thumbnail::add (float peak)
{
    ++count;
    peakOfRest = std::max (peakOfRest, peak);

    if (++lengthOfRest < stretchLength)
        return;

    peaks.push_back (peakOfRest);
    peakOfRest = 0.0f;
    lengthOfRest = 0;

    if (peaks.size() < mostStretches)
        return;

    for (size_t n = 0; n < mostStretches / 2; ++n)
        peaks[n] = std::max (peaks[2 * n], peaks[2 * n + 1]);

    peaks.resize (mostStretches / 2);
    stretchLength *= 2;
}

std::array<uint8_t, thumbnailWidth> Thumbnail::bars() const
{
    auto all = peaks;

    if (lengthOfRest > 0)
        all.push_back (peakOfRest);

    std::array<uint8_t, thumbnailWidth> result {};

    if (all.empty())
        return result;

    const float largest = *std::max_element (all.begin(), all.end());

    for (size_t bar = 0; bar < result.size(); ++bar)
    {
        // In stretches; the last may be shorter.
        const size_t first = bar * count / result.size() / stretchLength;
        const size_t end =
            std::max (first + 1, ((bar + 1) * count / result.size() + stretchLength - 1) / stretchLength);
        const auto begin = all.begin() + static_cast<std::ptrdiff_t> (first);
        result[bar] = barOf (
            *std::max_element (begin, all.begin() + static_cast<std::ptrdiff_t> (std::min (end, all.size()))), largest);
    }

    return result;
}

} // namespace faltwerk
