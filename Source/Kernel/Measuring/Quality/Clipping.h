#pragma once

#include <cstddef>
#include <span>

namespace faltwerk
{

/** Samples of a recording that were cut off at the highest level that its input could hold. */
struct Clipping
{
    size_t numFrames = 0;  // at the limit; 0 if nothing clips
    double peakDb = 0.0;   // the limit's level, of full scale
    size_t firstFrame = 0; // that is cut off
    double share = 0.0;    // of the samples, over 50 ms where it is highest: 0..1

    /** Returns by how many dB a sine is too weak of which that share is cut off: its fundamental is
        2 / pi (asin r + r sqrt (1 - r^2)) with r = limit / peak = sin (pi / 2 (1 - share)). */
    double lossInDb() const noexcept;

    explicit operator bool() const noexcept { return numFrames > 0; }
};

/** Looks for flat tops: of a sine, a third as many samples lie within 0.01 dB of the peak as in the tenth of a dB
    below, of a sine that is cut off by 0.1 dB twice as many. Each polarity is looked at alone. [not audio] */
Clipping findClipping (std::span<const float> recording, double sampleRate) noexcept;

/** From here on a sample of a converter is at full scale. */
constexpr float fullScale = 0.99994f;

/** Counts samples at full scale that stand in a row of two or more, however few there are: a converter clips, while a
    file may have been made that loud. The share is left out. [not audio] */
Clipping findFullScale (std::span<const float> recording) noexcept;

} // namespace faltwerk
