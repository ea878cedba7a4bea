#pragma once

#include "Kernel/Kernel.h"

#include <cstdint>

namespace faltwerk
{

/** Noise that decays exponentially, in three bands with their own decay times: the simplest hall. Both channels are
    independent, and the kernel has unit energy at 48 kHz. */
struct NoiseHall
{
    double sampleRate = 48000.0; // Hz
    double lengthInSeconds = 3.2;
    double lowDecay = 2.9;  // T60 below 250 Hz, in s
    double midDecay = 2.4;  // T60 between
    double highDecay = 0.9; // T60 above 4 kHz
    double buildUp = 0.012; // s until full density
    uint64_t seed = 1;
};

/** The same bits for the same parameters. [any, not audio] */
Kernel generate (const NoiseHall& hall);

/** What a new instance sounds with: a hall. [any, not audio] */
Kernel defaultKernel();

} // namespace faltwerk
