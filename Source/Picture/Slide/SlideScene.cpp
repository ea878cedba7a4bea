#include "Picture/Slide/SlideScene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace faltwerk
{

namespace
{

/** Number of frames that are searched for sound: fewer than a SignalTap keeps, since it is written meanwhile. */
constexpr uint64_t searchLength = 8192;
constexpr float silence = 1e-5f;

size_t leadingZeros (std::span<const float> path)
{
    const auto sound = std::find_if (path.begin(), path.end(), [] (float tap) { return tap != 0.0f; });
    return sound == path.end() ? 0 : static_cast<size_t> (sound - path.begin());
}

} // namespace

SlideKernel firstTapsOf (std::span<const float> path, size_t numTaps)
{
    const size_t first = leadingZeros (path);
    const auto taps = path.subspan (first, std::min (numTaps, path.size() - first));
    return { { taps.begin(), taps.end() }, first, path.size(), 1.0 };
}

SlideKernel stretchesOf (std::span<const float> path, const Overview& overview, size_t numStretches)
{
    SlideKernel result;
    result.firstTap = leadingZeros (path);
    result.lengthInTaps = path.size();
    const size_t length = path.size() - result.firstTap, count = std::min (numStretches, length);

    for (size_t n = 0; n < count; ++n)
    {
        const size_t begin = result.firstTap + n * length / count, end = result.firstTap + (n + 1) * length / count;
        const auto extent = overview.extentOf (begin, end);
        const double size = std::min (std::sqrt (extent.meanSquare * static_cast<double> (end - begin)),
                                      static_cast<double> (std::numeric_limits<float>::max()));
        result.bars.push_back (static_cast<float> (extent.largest >= -extent.smallest ? size : -size));
    }

    if (count > 0)
        result.tapsPerBar = static_cast<double> (length) / static_cast<double> (count);

    return result;
}

std::optional<SlideInput> newestSound (const History& twoChannels, uint64_t since, size_t numFrames)
{
    const uint64_t end = twoChannels.size();
    const uint64_t first =
        std::max ({ since, twoChannels.firstFrame(), end > searchLength ? end - searchLength : uint64_t { 0 } });

    if (end < first + numFrames)
        return {};

    const auto available = static_cast<size_t> (end - first);
    std::array<std::vector<float>, 2> channels { std::vector<float> (available), std::vector<float> (available) };
    float* const destination[] = { channels[0].data(), channels[1].data() };

    if (! twoChannels.read (first, available, destination))
        return {};

    auto& mean = channels[0];
    std::transform (mean.begin(), mean.end(), channels[1].begin(), mean.begin(),
                    [] (float a, float b) { return 0.5f * (a + b); });

    // Between two notes the last one is shown, not nothing.
    const auto isSound = [] (float sample) { return std::abs (sample) >= silence; };
    const auto newest = std::find_if (mean.rbegin(), mean.rend(), isSound).base();

    if (newest == mean.begin())
        return {};

    const auto length = static_cast<std::ptrdiff_t> (numFrames);
    const auto stop = std::max (newest, mean.begin() + length);
    return SlideInput { { stop - length, stop }, end };
}

std::vector<float> slideTestSignal (size_t numFrames)
{
    struct Burst
    {
        double middle, width, period, level; // shares of the whole, samples, linear
    };

    std::vector<float> result (numFrames);

    for (size_t k = 0; k < numFrames; ++k)
    {
        const double place = static_cast<double> (k) / static_cast<double> (numFrames);
        double sample = 0.0;

        for (const auto& burst : { Burst { 0.22, 0.16, 12.0, 0.9 }, Burst { 0.72, 0.14, 8.0, 0.5 } })
        {
            const double away = (place - burst.middle) / burst.width;
            const double turns = (place - burst.middle) * static_cast<double> (numFrames) / burst.period;
            sample += burst.level * std::exp (-0.5 * away * away) * std::cos (2.0 * std::numbers::pi * turns);
        }

        result[k] = static_cast<float> (sample);
    }

    return result;
}

double SlideScene::inputAt (int k) const noexcept
{
    return k >= 0 && k < numSamples() ? static_cast<double> (x[static_cast<size_t> (k)]) : 0.0;
}

double SlideScene::kernelAt (int k) const noexcept
{
    const int tap = n - k;
    return tap >= 0 && tap < numBars() ? static_cast<double> (kernel.bars[static_cast<size_t> (tap)]) : 0.0;
}

std::vector<double> SlideScene::output() const
{
    const std::vector<double> signal (x.begin(), x.end()), taps (kernel.bars.begin(), kernel.bars.end());
    return convolveDirectly (signal, taps, ConvolutionMode::full);
}

bool SlideScene::isKept (int index) const noexcept
{
    const auto range = rangeOf (mode, x.size(), kernel.bars.size());
    return index >= static_cast<int> (range.first) && index < static_cast<int> (range.first + range.length);
}

juce::String significant (double value, int digits)
{
    if (value == 0.0 || ! std::isfinite (value))
        return "0";

    const auto minus = juce::String::charToString (0x2212);
    const auto sign = value < 0.0 ? minus : juce::String();
    int exponent = static_cast<int> (std::floor (std::log10 (std::abs (value))));

    // What rounds up to the next power of ten has its digits from there on.
    if (std::round (std::abs (value) * std::pow (10.0, digits - 1 - exponent)) >= std::pow (10.0, digits))
        ++exponent;

    const auto fixed = [] (double number, int decimals)
    {
        return decimals > 0 ? juce::String (number, decimals)
                            : juce::String (static_cast<juce::int64> (std::llround (std::min (number, 1e18))));
    };

    if (exponent >= -4)
        return sign + fixed (std::abs (value), digits - 1 - exponent);

    const int decimals = std::min (digits - 1 - (exponent + 6), 6);
    const auto millionths = fixed (std::abs (value) * 1e6, decimals);
    return millionths.containsAnyOf ("123456789") ? sign + millionths + juce::String::charToString (0xa0) + "ppm" : "0";
}

juce::String grouped (size_t count)
{
    const auto digits = juce::String (static_cast<juce::uint64> (count));

    if (digits.length() <= 4)
        return digits;

    juce::String result;

    for (int n = 0; n < digits.length(); ++n)
    {
        if (n > 0 && (digits.length() - n) % 3 == 0)
            result += juce::String::charToString (0x202f);

        result += juce::String::charToString (digits[n]);
    }

    return result;
}

} // namespace faltwerk
