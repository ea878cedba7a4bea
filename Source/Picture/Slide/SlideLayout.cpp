#include "Picture/Slide/SlideLayout.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr int leftGutter = 112, rightGutter = 24, compactRightGutter = 16;
constexpr int topHeight = 24, compactTopHeight = 21;
constexpr int laneMargin = 4; // above and below the largest bars
constexpr int rangeHeight = 18, rangeGap = 4, rangeDistance = 14, bottomMargin = 12;
constexpr int compactRangeDistance = 7, compactBottomMargin = 8;

} // namespace

SlideLayout::SlideLayout (int samples, int bars, juce::Rectangle<int> area, ConvolutionMode mode, bool shouldBeCompact)
    : numSamples (std::max (1, samples))
    , numBars (std::max (1, bars))
    , isCompact (shouldBeCompact)
    , whole (area)
    , chosen (mode)
{
    plot = area.withTrimmedLeft (leftGutter).withTrimmedRight (isCompact ? compactRightGutter : rightGutter);
    const int numSlots = last() - firstIndex() + 1;
    pitch = std::max (1, plot.getWidth() / numSlots);
    barWidth = std::max (1, juce::roundToInt (0.62 * pitch));
    origin = plot.getX() + (plot.getWidth() - pitch * numSlots) / 2 - pitch * firstIndex();

    auto rest = plot;
    top = rest.removeFromTop (isCompact ? compactTopHeight : topHeight);
    rest.removeFromBottom (isCompact ? compactBottomMargin : bottomMargin);
    ranges = rest.removeFromBottom (isCompact ? rangeHeight : 3 * rangeHeight + 2 * rangeGap);
    rest.removeFromBottom (isCompact ? compactRangeDistance : rangeDistance);
    axis = rest.removeFromBottom (markHeight);

    const int laneHeight = std::max (2 * laneMargin, rest.getHeight() / 3);

    for (auto* const lane : { &input, &kernel, &output })
    {
        lane->area = rest.removeFromTop (laneHeight);
        lane->zero = lane->area.getCentreY();
        lane->reach = laneHeight / 2 - laneMargin;
    }
}

int SlideLayout::indexAt (float x) const noexcept
{
    return static_cast<int> (std::floor ((x - static_cast<float> (origin)) / static_cast<float> (pitch)));
}

juce::Rectangle<int> SlideLayout::slots (int first, int lastSlot, const Lane& lane) const noexcept
{
    return lane.area.withX (xOf (first)).withWidth ((lastSlot - first + 1) * pitch);
}

juce::Rectangle<int> SlideLayout::window (int n) const noexcept
{
    return slots (n - numBars + 1, n, input).withBottom (kernel.area.getBottom() - 2);
}

juce::Rectangle<int> SlideLayout::column (int n) const noexcept
{
    return { xOf (n), output.area.getY() + 2, pitch, axis.getBottom() + 4 - output.area.getY() - 2 };
}

juce::Rectangle<int> SlideLayout::rangeBar (ConvolutionMode mode) const noexcept
{
    if (isCompact && mode != chosen)
        return {};

    const auto range = rangeOf (mode, static_cast<size_t> (numSamples), static_cast<size_t> (numBars));
    const int row = isCompact ? 0 : static_cast<int> (std::find (modes.begin(), modes.end(), mode) - modes.begin());
    return { xOf (static_cast<int> (range.first)), ranges.getY() + row * (rangeHeight + rangeGap),
             static_cast<int> (range.length) * pitch, rangeHeight };
}

juce::Point<int> SlideLayout::markCentre (int n) const noexcept
{
    const int reach = markWidth / 2 + 6; // with its ring
    return { juce::jlimit (whole.getX() + reach, std::max (whole.getX() + reach, whole.getRight() - reach),
                           juce::roundToInt (middleOf (n))),
             axis.getCentreY() };
}

} // namespace faltwerk
