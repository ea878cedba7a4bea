#include "Catalogue/Facts/Thumbnail.h"

#include "Support/Catch.h"
#include "Support/Oracle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace faltwerk;

namespace
{

using Channels = std::vector<std::vector<float>>;

double peakOf (const Channels& channels, size_t first, size_t end)
{
    double peak = 0.0;

    for (const auto& channel : channels)
        for (size_t n = first; n < end; ++n)
            if (std::isfinite (channel[n]))
                peak = std::max (peak, std::abs (static_cast<double> (channel[n])));

    return peak;
}

double barOf (double peak, double largest)
{
    return peak > 0.0 ? 255.0 * std::clamp (1.0 + 20.0 * std::log10 (peak / largest) / 60.0, 0.0, 1.0) : 0.0;
}

std::array<uint8_t, thumbnailWidth> barsOf (const Channels& channels, size_t piece)
{
    Thumbnail thumbnail;
    const size_t length = channels.front().size();

    for (size_t first = 0; first < length; first += piece)
    {
        Channels part;

        for (const auto& channel : channels)
            part.emplace_back (channel.begin() + static_cast<std::ptrdiff_t> (first),
                               channel.begin() + static_cast<std::ptrdiff_t> (std::min (first + piece, length)));

        thumbnail.add (part);
    }

    CHECK (thumbnail.numFrames() == length);
    return thumbnail.bars();
}

} // namespace

TEST_CASE ("A thumbnail has the peaks of equal parts, whatever the length", "[browser]")
{
    constexpr uint32_t seed = 21;
    std::mt19937 random (seed);
    std::vector<size_t> lengths { 1, 2, 43, 44, 45, 100, 8191, 8192, 8193, 16384, 16385, 100000, 400001 };

    for (int n = 0; n < 30; ++n)
        lengths.push_back (1 + random() % 60000);

    for (const size_t length : lengths)
    {
        Channels channels { test::decayingNoise (length, 1), test::noise (length, 2, 1e-3) };
        channels[0][length / 2] = 0.7f; // one peak that no rounding may lose
        const auto bars = barsOf (channels, 1 + random() % 5000);
        const double largest = peakOf (channels, 0, length);

        // A stretch that straddles two parts counts in both: the peaks lie between those of the part itself and those
        // of the part widened by a stretch.
        const size_t widening = length < 8192 ? 0 : length / 4096 + 1;

        for (size_t bar = 0; bar < thumbnailWidth; ++bar)
        {
            const size_t first = bar * length / thumbnailWidth;
            const size_t end = std::max (first + 1, (bar + 1) * length / thumbnailWidth);
            const double least = barOf (peakOf (channels, first, end), largest);
            const double most = barOf (
                peakOf (channels, first - std::min (first, widening), std::min (end + widening, length)), largest);
            CAPTURE (seed, length, bar);
            CHECK (static_cast<double> (bars[bar]) >= least - 0.51); // half a step of rounding
            CHECK (static_cast<double> (bars[bar]) <= most + 0.51);
        }
    }
}

TEST_CASE ("A thumbnail is the same in whatever pieces the frames come", "[browser]")
{
    const Channels channels { test::decayingNoise (50001, 3), test::decayingNoise (50001, 4) };
    const auto whole = barsOf (channels, 50001);

    for (const size_t piece : { 1u, 7u, 4096u, 50000u })
        CHECK (barsOf (channels, piece) == whole);
}

TEST_CASE ("Silence, and samples that are no numbers, leave a thumbnail empty", "[browser]")
{
    const std::array<uint8_t, thumbnailWidth> none {};
    CHECK (Thumbnail().bars() == none);
    CHECK (barsOf ({ std::vector<float> (1000, 0.0f) }, 100) == none);
    const float infinity = std::numeric_limits<float>::infinity();
    CHECK (barsOf ({ std::vector<float> (1000, std::nanf ("")), std::vector<float> (1000, infinity) }, 100) == none);

    auto one = none;
    one[22] = 255;
    Channels impulse { std::vector<float> (44, 0.0f) };
    impulse[0][22] = -0.001f;
    CHECK (barsOf (impulse, 10) == one);
    CHECK (barsOf ({ std::vector<float> (50000, 1e-30f) }, 100)[43] == 255); // relative to the largest
}
