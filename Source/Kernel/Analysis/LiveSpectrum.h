#pragma once

#include "Kernel/Fourier.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace faltwerk
{

/** The spectrum of sound as it passes: levels that rise at once and fall slowly and their peaks, for the eye, and the
    mean power over the last seconds, for comparing. Of two channels, the mean power. For one thread. */
class LiveSpectrum
{
public:
    static constexpr size_t windowSize = 4096; // frames, under a Hann window
    static constexpr double release = 0.3;     // s in which a level falls by about 9 dB
    static constexpr double memory = 2.0;      // s, the time constant of the mean
    static constexpr double peakHold = 1.5;    // s for which a peak stays before it falls
    static constexpr double peakFall = 20.0;   // dB/s

    /** @param frequencies  in Hz, at which levels are wanted @param sampleRate  in Hz */
    LiveSpectrum (std::vector<double> frequencies, double sampleRate);

    /** Changes what a level is: the mean power of a bin in a band around its frequency, or, with a width of 0, the
        largest in a 24th of an octave, which gives tones their own level. @param octaves  the band's width */
    void setSmoothing (double octaves);

    /** Lets peaks stay until they are cleared, or fall after a moment. */
    void keepPeaks (bool shouldKeep) noexcept { peaksStay = shouldKeep; }
    void clearPeaks();

    /** Looks at the newest window. @param seconds  since the last call */
    void update (std::span<const float> left, std::span<const float> right, double seconds);

    /** Returns the level near each frequency, in dB; a sine at full scale has 0 in its bin. */
    std::span<const float> levels() const noexcept { return fallingLevels; }

    /** Returns the largest of the levels, as long as it is held. */
    std::span<const float> peaks() const noexcept { return heldPeaks; }

    /** Returns the mean power of a bin in a sixth of an octave around each frequency, over the last seconds; a sine at
        full scale has 1 in its bin. */
    std::span<const double> meanPowers() const noexcept { return slowPowers; }

    static constexpr float silence = -160.0f; // dB

private:
    /** Bins around a frequency. */
    struct Band
    {
        size_t first, last;         // of the bins within a 24th of an octave, and one after
        double place;               // in bins
        double begin, end;          // of the smoothing, in bins: a bin reaches half a one to either side
        size_t wideFirst, wideLast; // of those within a sixth
    };

    double largestIn (const Band&) const noexcept;
    double meanIn (const Band&) const noexcept;

    std::vector<double> places; // Hz
    double binWidth;            // Hz
    double smoothing = 0.0;     // octaves
    bool peaksStay = false;
    std::vector<Band> bands;
    Fourier fourier;
    std::vector<float> window;
    std::vector<Fourier::Complex> bins;
    std::vector<double> powers; // of each bin
    std::vector<double> sums;   // of the powers before each bin
    std::vector<float> fallingLevels, heldPeaks;
    std::vector<double> peakAges; // s
    std::vector<double> slowPowers;
};

} // namespace faltwerk
