#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** A spring tank: one to three helical springs, driven at one end and heard at the other. Torsional waves run to and
    fro with the group delay delay / sqrt (1 - (f / transition)^2) for each round, so that every echo is a chirp that
    rises towards the transition frequency and is longer than the one before; their sum is closed in the frequency
    domain. Left and right are springs of slightly different making. Stereo, with unit energy at 48 kHz. */
struct Spring
{
    double sampleRate = 48000.0; // Hz
    size_t numSprings = 3;       // 1 to 3
    double delay = 62.0;         // from echo to echo at low frequencies, in ms
    double transition = 4300.0;  // where the waves end, in Hz
    double tension = 0.0;        // -100 to 100 %: tighter springs are quicker and reach higher
    double decay = 2.4;          // T60 at low frequencies, in s
    double damping = 0.5;        // of high frequencies, 0 to 1
    double roughness = 0.4;      // unevenness of the winding, which blurs the echoes, 0 to 1
    double width = 1.0;          // 0: both channels hear the same springs; 1: springs of their own
    uint64_t seed = 1;
};

/** Generates the kernel; equal parameters give equal bits on every machine. [not audio] */
Kernel generate (const Spring&);

} // namespace faltwerk
