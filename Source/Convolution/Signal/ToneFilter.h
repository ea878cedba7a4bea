#pragma once

#include "Convolution/Signal/SmoothRamp.h"
#include "Convolution/Signal/ToneBand.h"

#include <array>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** Filters live sound by cuts and shelves: four bands in series, for any number of channels.

    Frequency and Q of a band move to new values within 20 ms, the gain of a shelf within 60 ms and without corners, on
    a grid of 32 frames counted from the first frame; coefficients are interpolated linearly between points of the grid.
    A band is switched on or off by a crossfade of 20 ms. A band that is off, or a shelf at 0 dB, costs nothing and
    passes the sound bit for bit. Controls take effect at the next point of the grid, so the division into callbacks
    does not change the output. */
class ToneFilter
{
public:
    /** Allocates; throws std::bad_alloc. [not audio] */
    ToneFilter (double sampleRate, size_t numChannels);

    /** Filters in place. [audio] */
    void process (float* const* channels, size_t numFrames, const ToneControls&) noexcept;

    /** Clears the filters' state; the grid continues. [audio] */
    void reset() noexcept;

private:
    static constexpr size_t gridSize = 32, numBands = 4;

    /** A frame of two channels. */
    using Pair = std::array<double, 2>;

    /** The state of a band for two channels. */
    struct State
    {
        Pair s1 {}, s2 {};
    };

    struct Band
    {
        Ramp octave;       // log2 of the frequency
        Ramp sharpness;    // log2 of Q
        Ramp share;        // 1: on, 0: off
        SmoothRamp gainDb; // of a shelf; corners in such a wide range would be audible
        ToneSection begin {}, end {};
        bool rests = true, moves = false; // passes the sound unchanged; has other coefficients at the end of the step
    };

    void beginStep (const ToneControls&) noexcept;
    void beginStep (Band&, const ToneBand&) const noexcept;
    void run (size_t band, State&, size_t numFrames) noexcept;

    const double sampleRate;
    const size_t numChannels;
    std::array<Band, numBands> bands;
    std::vector<std::array<State, numBands>> states; // of each pair of channels
    std::array<Pair, gridSize> sound {};             // of a pair, while it is filtered

    bool begun = false, allRest = false;
    ToneControls applied;
    size_t inStep = 0; // frames since the last point of the grid
};

} // namespace faltwerk
