#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** The range of a spectrogram, and how fine it is. */
struct SpectrogramSettings
{
    static constexpr size_t allPaths = static_cast<size_t> (-1);

    size_t numColumns = 700, numRows = 260;
    double lowest = 20.0, highest = 20000.0;   // Hz, at the middle of the first and the last row
    bool logarithmic = true;                   // the frequencies of the rows, or else linear
    double windowInSeconds = 0.0;              // 0: 2048 samples at 48 kHz, and twice that below 1.2 kHz
    double fromSeconds = 0.0, toSeconds = 0.0; // the part of the kernel; to 0: its end
    size_t path = allPaths;                    // or the mean power of all
    double reference = 0.0;                    // the power that is 0 dB, as Spectrogram::loudest; 0: the loudest shown
};

/** The level of a kernel over time and frequency. */
struct Spectrogram
{
    SpectrogramSettings settings; // with the times that were used
    std::vector<float> levels;    // [column][row], in dB relative to the reference; at least -200
    double loudest = 0.0;         // the greatest power: |X|^2 of a window whose samples sum to 1

    float level (size_t column, size_t row) const noexcept { return levels[column * settings.numRows + row]; }
    double frequencyOf (size_t row) const noexcept;
    double timeOf (size_t column) const noexcept; // s, the middle of its window

    /** Returns for each row the last time, in s, at which its level is within `decibels` of its own maximum. */
    std::vector<double> lastTimesWithin (double decibels) const;
};

/** Computes short-time spectra with Hann windows, as the mean power of the chosen paths. Where two windows meet, around
    1.2 kHz, their levels are cross-faded over an octave. [not audio] */
Spectrogram makeSpectrogram (const Kernel&, const SpectrogramSettings& = {});

} // namespace faltwerk
