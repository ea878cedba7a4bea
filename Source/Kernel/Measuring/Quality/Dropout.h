#pragma once

#include "Kernel/Measuring/Sweeps/Sweep.h"

#include <span>

namespace faltwerk
{

/** A passage of a sweep's recording that is silent, with sharp ends: samples that were lost, or a noise gate. */
struct Dropout
{
    double begin = 0.0;   // s from the recording's beginning
    double seconds = 0.0; // 0 if there is none

    explicit operator bool() const noexcept { return seconds > 0.0; }
};

/** Finds the longest passage of 9 ms or more that lies at least 17 dB below what is before and after it. Its ends are
    sharper than what is measured could make them: a resonance or a notch falls and rises over a time. [not audio]
    @param law  of the sweep, as it was recorded
    @param arrival  s from the recording's beginning to the first sound, or up to 1 s later */
Dropout findDropout (std::span<const float> recording, double sampleRate, const Sweep& law, double arrival);

} // namespace faltwerk
