#pragma once

#include "Kernel/Analysis/Decay/Decay.h"

#include <string>

namespace faltwerk
{

/** A figure as ISO 3382-2 wants it reported: a value may be given that is not valid, with the reason. A reverberation
    time is not valid where the decay is not straight: where its non-linearity, 1000 (1 - r^2), exceeds 10 per mille, or
    its curvature, 100 (T30 / T20 - 1), exceeds 10 % either way (annex B). */
struct StatedFigure
{
    double value = 0.0; // only if there is one
    bool hasValue = false, isValid = false;
    std::string reason; // in words; empty if it is valid
};

/** Returns 1000 (1 - r^2), in per mille. */
constexpr double nonLinearity (double quality) noexcept { return 1000.0 * (1.0 - quality); }

/** Returns a figure of a band with the reasons to doubt it. [not audio] */
StatedFigure stated (const BandDecay&, Figure BandDecay::*figure);

/** Returns the mean of a figure over the octaves at 500 Hz and 1 kHz; it is valid if both figures are. [not audio] */
StatedFigure statedMid (const Decay&, Figure BandDecay::*figure);

} // namespace faltwerk
