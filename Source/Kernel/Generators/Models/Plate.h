#pragma once

#include "Kernel/Kernel.h"

#include <cstdint>
#include <string>

namespace faltwerk
{

/** A thin steel plate that is driven at one point and heard at two: the sum of the modes of a simply supported plate in
    bending, f = c ((m / width)^2 + (n / height)^2), each with its own decay. Bending waves are dispersive: high
    frequencies arrive first. Modes reach up to 14 kHz at every sample rate. Stereo, with unit energy at 48 kHz. */
struct Plate
{
    double sampleRate = 48000.0;  // Hz
    double lengthInSeconds = 0.0; // 0: until it has decayed by 85 dB
    double width = 2.0;           // m
    double height = 1.06;         // m
    double thickness = 0.5;       // mm
    double lowDecay = 3.6;        // T60 at 100 Hz, in s
    double highDecay = 1.0;       // T60 at 10 kHz, in s
    double damping = 0.0;         // of the damper beside the plate, 0 to 1: shortens what is long
    double brightness = 0.0;      // dB per octave

    // In % of the width and of the height.
    double driveX = 45.3, driveY = 41.7;
    double leftX = 13.9, leftY = 28.3;
    double rightX = 84.1, rightY = 33.9;

    uint64_t seed = 1;
};

/** Generates the kernel; equal parameters give equal bits on every machine. [not audio] */
Kernel generate (const Plate&);

/** Returns why such a plate is not possible, as the end of a sentence and what to do; empty if it is. [any] */
std::string problemWith (const Plate&);

} // namespace faltwerk
