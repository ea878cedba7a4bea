#pragma once

#include "Kernel/Overview.h"

#include <cstddef>
#include <vector>

namespace faltwerk
{

/** How high a signal reaches over time, smoothly: a line over a waveform. */
struct PeakOutline
{
    double step = 0.0;         // s between levels
    std::vector<float> levels; // dB, at least lowestDb

    static constexpr float lowestDb = -160.0f;

    /** Returns the level in dB at a time: linear between the levels, constant beyond them. */
    double levelDbAt (double seconds) const noexcept;
};

/** Returns the peaks of numLevels equal stretches of a signal, smoothed over a few stretches.
    @param sampleRate  in Hz  @return levels whose time counts from the first frame [not audio] */
PeakOutline outlineOf (const Overview&, size_t firstFrame, size_t endFrame, double sampleRate, size_t numLevels = 240);

} // namespace faltwerk
