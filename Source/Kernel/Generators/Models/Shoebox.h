#pragma once

#include "Kernel/Kernel.h"

#include <array>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** A room with six walls, heard by a pair of microphones that look at the source: image sources at first, and then a
    diffuse tail that decays in each octave as Eyring predicts, with the air's absorption (ISO 9613-1, 20 degrees
    Celsius, 50 % humidity) and with the correlation of the microphones in a diffuse field. Scattering moves energy
    from the images to the tail. Stereo, or true stereo of two sources side by side, the left one and the right one;
    frame 0 is where the direct sound comes to the nearest microphone. Unit energy at 48 kHz. */
struct Shoebox
{
    double sampleRate = 48000.0;                    // Hz
    double lengthInSeconds = 0.0;                   // 0: until it has decayed by 90 dB
    double width = 8.0, depth = 11.0, height = 4.0; // m

    // Across, along and up, in % of the room.
    double sourceX = 45.0, sourceY = 20.0, sourceZ = 35.0;
    double listenerX = 53.0, listenerY = 65.0, listenerZ = 40.0;

    std::array<double, 7> absorption { 0.12, 0.13, 0.15, 0.17, 0.19, 0.22, 0.26 }; // per octave, 125 Hz to 8 kHz
    double scattering = 0.3;    // what is left diffuse by each reflection, 0 to 1
    double direct = 100.0;      // the direct sound, in % of its level
    double spacing = 0.3;       // of the microphones, in m
    double angle = 100.0;       // between their axes, in degrees
    double directivity = 0.35;  // 0 is omnidirectional, 0.5 a cardioid, 1 a figure of eight
    size_t numSources = 1;      // 2: true stereo
    double sourceSpacing = 3.0; // between two sources, in m, across the room; less if walls are in the way
    uint64_t seed = 1;
};

/** Generates the kernel; equal parameters give equal bits on every machine. [not audio] */
Kernel generate (const Shoebox&);

/** Returns why such a room is not possible, as the end of a sentence and what to do; empty if it is. [any] */
std::string problemWith (const Shoebox&);

} // namespace faltwerk
