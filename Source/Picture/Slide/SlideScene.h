#pragma once

#include "Convolution/Offline/OfflineConvolution.h"
#include "Convolution/Signal/History.h"
#include "Kernel/Overview.h"

#include <juce_core/juce_core.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace faltwerk
{

/** A kernel as a few bars: its first taps, or all of it, summed up. */
struct SlideKernel
{
    std::vector<float> bars;
    size_t firstTap = 0;     // the zeros before it, as of a pre-delay, are left out
    size_t lengthInTaps = 0; // of the whole kernel, those zeros included
    double tapsPerBar = 1.0;
};

/** Its first taps, as many as there are of those wanted. [any] */
SlideKernel firstTapsOf (std::span<const float> path, size_t numTaps);

/** Returns all of it in stretches of one length, to within a tap. A bar has the energy of its stretch, and the sign of
    the largest sample in it; a bar of one tap is that tap. @param overview  of the path [any] */
SlideKernel stretchesOf (std::span<const float> path, const Overview& overview, size_t numStretches);

/** What the input of a slide is taken from. */
struct SlideInput
{
    std::vector<float> samples;
    uint64_t end = 0; // the number of the frame after the last
};

/** Returns the newest frames that are not silent, as the mean of two channels; none if all that came since a frame is
    silence, or too short. [any] */
std::optional<SlideInput> newestSound (const History& twoChannels, uint64_t since, size_t numFrames);

/** Returns two bursts of a sine, to show what convolution does while there is no sound. */
std::vector<float> slideTestSignal (size_t numFrames);

/** What a picture of a sliding dot product shows: x[k], h[n - k], and y[n] up to n. */
struct SlideScene
{
    enum class Input
    {
        live,
        frozen,
        silent // and x is a test signal
    };

    std::vector<float> x;
    SlideKernel kernel;
    int n = 0;
    ConvolutionMode mode = ConvolutionMode::full;
    Input input = Input::live;
    double secondsPerTap = 0.0; // of the kernel
    bool compact = false;       // little room: no more than is needed

    int numSamples() const noexcept { return static_cast<int> (x.size()); }
    int numBars() const noexcept { return static_cast<int> (kernel.bars.size()); }
    bool isEmpty() const noexcept { return x.empty() || kernel.bars.empty(); }

    /** Returns the last n: N + M - 2. */
    int last() const noexcept { return isEmpty() ? 0 : numSamples() + numBars() - 2; }

    /** Return x[k], with zeros beyond both ends; h[n - k]; and their product. */
    double inputAt (int k) const noexcept;
    double kernelAt (int k) const noexcept;
    double productAt (int k) const noexcept { return inputAt (k) * kernelAt (k); }

    /** Returns the full convolution in double precision: y[0] to y[last()]. */
    std::vector<double> output() const;

    /** Returns true if the mode keeps a sample of the full result. */
    bool isKept (int index) const noexcept;
};

/** Returns a number with `digits` significant digits, a true minus and no exponent: 5.043, 0.0842; small ones in
    millionths (32 ppm), down to a millionth of one. */
juce::String significant (double value, int digits);

/** Returns a count, with narrow spaces between groups of three digits if it has more than four: 136 320. */
juce::String grouped (size_t count);

} // namespace faltwerk
