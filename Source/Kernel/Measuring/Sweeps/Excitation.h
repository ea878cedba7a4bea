#pragma once

#include "Kernel/Measuring/Sweeps/Sweep.h"
#include "Kernel/Sound.h"

#include <optional>
#include <vector>

namespace faltwerk
{

/** The signal that was played and recorded, as the recording's sample rate sees it: the sine of a known sweep, or any
    signal with a band of frequencies. */
struct Excitation
{
    std::vector<float> samples;   // without the silence around it
    double sampleRate = 0.0;      // Hz, of the recording
    double leadIn = 0.0;          // s of silence before it
    double low = 0.0, high = 0.0; // Hz: the band that it excites and the recording can hold
    std::optional<Sweep> law;     // if it is an exponential sweep whose law is known

    size_t lengthInFrames() const noexcept { return samples.size(); }

    /** Returns the gain of the band at a frequency in Hz: 1 inside, 0 at its ends and beyond. The edges are raised
        cosines over the logarithm of frequency, of half an octave below and a twelfth above. */
    double bandAt (double frequency) const noexcept;
};

/** Evaluates a sweep at a recording's sample rate: its law stays, its band ends below half that rate. [not audio] */
Excitation excitationOf (const Sweep&, double sampleRate);

/** Takes the first channel of a sound as what was played, resampled to a recording's rate. Its band is where its energy
    in sixths of an octave does not fall by more than 15 dB within an octave, seen from the loudest. Without samples if
    the sound is silent. [not audio] */
Excitation excitationOf (const Sound&, double sampleRate);

} // namespace faltwerk
