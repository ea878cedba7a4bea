#pragma once

#include "Convolution/SmoothRamp.h"
#include "Convolution/ToneBand.h"

#include <array>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** Cuts and shelves on live sound: four bands in series, for any number of channels.

    A band's frequency and Q move to new values in 20 ms, a shelf's gain in 60 ms and without corners, on a grid of 32
    frames counted from the first that was processed; its coefficients go in straight lines from one point of the grid to
    the next. A band is switched by
    mixing it in over the same time. One that is off, or a shelf at 0 dB, costs nothing and changes no bit. Cutting the
    stream never matters; controls count from the next point of the grid. */
class ToneFilter
{
public:
    /** Allocates. */
    ToneFilter (double sampleRate, size_t numChannels);

    /** Filters in place. [audio] */
    void process (float* const* channels, size_t numFrames, const ToneControls&) noexcept;

    /** Forgets the sound of the past; the grid goes on. [audio] */
    void reset() noexcept;

private:
    static constexpr size_t gridSize = 32, numBands = 4;

    /** Two channels side by side. */
    using Pair = std::array<double, 2>;

    /** A band's memory of two channels. */
    struct State
    {
        Pair s1 {}, s2 {};
    };

    struct Band
    {
        Ramp octave;       // of the frequency: its logarithm to base 2
        Ramp sharpness;    // the logarithm of Q to base 2
        Ramp share;        // 1: on, 0: off
        SmoothRamp gainDb; // of a shelf: a factor of 250 from end to end, whose corners would be heard
        ToneSection begin {}, end {};
        bool rests = true, moves = false;
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
