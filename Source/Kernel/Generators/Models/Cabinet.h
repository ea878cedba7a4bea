#pragma once

#include "Kernel/Kernel.h"

#include <cstdint>

namespace faltwerk
{

/** A loudspeaker cabinet for guitar or bass as a microphone hears it: the box's resonance, the cone's break-up and its
    end, and what the microphone's place does. A curve of minimum phase, so it answers at once. Mono, with unit energy
    at 48 kHz. */
struct Cabinet
{
    double sampleRate = 48000.0; // Hz
    double length = 50.0;        // ms
    double boxFrequency = 105.0; // of the box's resonance, in Hz
    double boxQ = 1.3;           // its quality: open backs are near 1, tight closed boxes below
    double breakUp = 2700.0;     // the strongest of three peaks of the cone, in Hz
    double presence = 7.0;       // its height, in dB
    double scoop = 4.0;          // the dip before it, in dB
    double cutoff = 5200.0;      // where the cone ends, in Hz
    double axis = 0.3;           // the microphone's place: 0 before the dust cap, 1 at the rim
    double distance = 5.0;       // of the microphone, in cm: nearer brings more bass
    double ripple = 2.0;         // small unevenness, in dB
    uint64_t seed = 1;
};

/** Generates the kernel; equal parameters give equal bits on every machine. [not audio] */
Kernel generate (const Cabinet&);

} // namespace faltwerk
