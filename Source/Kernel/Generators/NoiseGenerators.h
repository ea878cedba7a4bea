#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** Rooms without walls: decaying noise. All have unit energy at 48 kHz, independent channels, a short fade at the end,
    and are the same bits for the same parameters. */

/** White noise that decays exponentially. */
struct ExponentialNoise
{
    double sampleRate = 48000.0; // Hz
    double lengthInSeconds = 2.4;
    double decay = 1.5;     // T60, in s
    double buildUp = 0.005; // s until full density
    size_t numChannels = 2; // 1 or 2
    uint64_t seed = 1;
};

/** Sparse pulses of 1 and -1 that decay exponentially, one at a random place in each period of the density. From about
    1500 a second on they sound smoother than noise (Karjalainen, Järveläinen: Reverberation modeling using velvet
    noise, AES 30th conference, 2007). */
struct VelvetNoise
{
    double sampleRate = 48000.0;
    double lengthInSeconds = 2.4;
    double density = 2000.0; // pulses a second
    double decay = 1.5;      // T60, in s
    size_t numChannels = 2;
    uint64_t seed = 1;
};

/** Noise in three bands with their own decay times: the simplest hall, in stereo. Version 1 had crossovers of first
    order, through which the longest decay was heard in every band. */
struct NoiseHall
{
    double sampleRate = 48000.0;
    double lengthInSeconds = 3.2;
    double lowDecay = 2.9;  // T60 up to 350 Hz, in s
    double midDecay = 2.4;  // T60 from 350 Hz to 2.8 kHz
    double highDecay = 0.9; // T60 from 2.8 kHz on
    double buildUp = 0.012; // s until full density
    uint64_t seed = 1;
    int version = 2;
};

/** [not audio] */
Kernel generate (const ExponentialNoise&);
Kernel generate (const VelvetNoise&);
Kernel generate (const NoiseHall&);

/** Returns why such noise is not possible, as the end of a sentence and what to do; empty if it is. [any] */
std::string problemWith (const ExponentialNoise&);
std::string problemWith (const VelvetNoise&);
std::string problemWith (const NoiseHall&);

} // namespace faltwerk
