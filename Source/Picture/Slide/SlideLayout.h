#pragma once

#include "Convolution/Offline/OfflineConvolution.h"

#include <juce_graphics/juce_graphics.h>

#include <array>

namespace faltwerk
{

/** Where everything lies in the picture of a slide, in whole logical pixels: three lanes on one axis of indices, which
    runs from -(M - 1) to N + M - 2, so that the zeros beyond both ends of x are on it too. Each index has a slot; all
    slots are equally wide. */
class SlideLayout
{
public:
    /** @param numSamples, numBars  N and M, at least 1  @param compact  whether only the bar of one mode is drawn */
    SlideLayout (int numSamples, int numBars, juce::Rectangle<int> area, ConvolutionMode mode, bool compact);

    struct Lane
    {
        juce::Rectangle<int> area;
        int zero = 0;  // the height of its line
        int reach = 0; // of its largest bar
    };

    const int numSamples, numBars;
    const bool isCompact;
    const juce::Rectangle<int> whole;

    juce::Rectangle<int> plot; // across all lanes, beside their labels
    juce::Rectangle<int> top;  // a line for the legend and the lengths
    Lane input, kernel, output;
    juce::Rectangle<int> axis;

    /** Returns the left edge of a slot, of a bar in it, and its middle. */
    int xOf (int index) const noexcept { return origin + index * pitch; }
    float barLeft (int index) const noexcept { return middleOf (index) - static_cast<float> (barWidth) / 2.0f; }
    float middleOf (int index) const noexcept
    {
        return static_cast<float> (xOf (index)) + static_cast<float> (pitch) / 2.0f;
    }

    /** Returns the index whose slot is at a place, beyond the axis too. */
    int indexAt (float x) const noexcept;

    int firstIndex() const noexcept { return 1 - numBars; }
    int last() const noexcept { return numSamples + numBars - 2; }

    /** Slots first..last in a lane, or under the kernel for the output n. */
    juce::Rectangle<int> slots (int first, int lastSlot, const Lane&) const noexcept;
    juce::Rectangle<int> window (int n) const noexcept;

    /** Returns the area of one slot, from the window down to the axis. */
    juce::Rectangle<int> column (int n) const noexcept;

    /** Returns the bar that says which samples a mode keeps; empty if it is not drawn. */
    juce::Rectangle<int> rangeBar (ConvolutionMode) const noexcept;

    /** Returns the middle of the mark of n on the axis, which stays within the picture. */
    juce::Point<int> markCentre (int n) const noexcept;

    int pitch = 1, barWidth = 1;

    static constexpr std::array<ConvolutionMode, 3> modes { ConvolutionMode::full, ConvolutionMode::same,
                                                            ConvolutionMode::valid };
    static constexpr int markWidth = 84, markHeight = 24;

private:
    int origin = 0; // the left edge of slot 0
    const ConvolutionMode chosen;
    juce::Rectangle<int> ranges;
};

} // namespace faltwerk
