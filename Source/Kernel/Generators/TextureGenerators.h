#pragma once

#include "Kernel/Kernel.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace faltwerk
{

/** Kernels that are no rooms: what is played through them takes on their notes or their motion. Stereo, with unit
    energy at 48 kHz, and the same bits for the same parameters. */

/** The strings of a chord that ring along: partials of several notes, each with its own decay. */
struct Resonator
{
    double sampleRate = 48000.0;   // Hz
    double root = 110.0;           // Hz
    size_t chord = 2;              // 0 octaves, 1 fifths, 2 major, 3 minor, 4 suspended, 5 minor seventh
    size_t numPartials = 14;       // of each note
    double inharmonicity = 0.0004; // stretches partial k by sqrt (1 + inharmonicity k^2)
    double decay = 3.0;            // T60 of the lowest partial, in s
    double damping = 0.6;          // partial k decays in decay / k^damping
    double brightness = -4.0;      // dB per octave of partials
    double detune = 4.0;           // between the channels, in cents
    uint64_t seed = 1;
};

/** Noise that rises exponentially and opens up, and then stops softly. */
struct Swell
{
    double sampleRate = 48000.0;
    double rise = 1.8;         // s
    double release = 0.35;     // s
    double range = 50.0;       // of the rise, in dB
    double darkest = 400.0;    // low-pass at the start, in Hz
    double brightest = 9000.0; // at the top
    uint64_t seed = 1;
};

/** Short tones under bells, at random places and pitches, growing denser or sparser. */
struct Grains
{
    double sampleRate = 48000.0;
    double lengthInSeconds = 3.0;
    double firstDensity = 8.0;  // grains a second at the start
    double lastDensity = 120.0; // and at the end
    double grainLength = 60.0;  // ms
    double lowest = 200.0;      // Hz
    double highest = 5000.0;
    double change = -24.0; // of the level from start to end, in dB
    uint64_t seed = 1;
};

/** [not audio] */
Kernel generate (const Resonator&);
Kernel generate (const Swell&);
Kernel generate (const Grains&);

/** Returns why grains are not possible, as the end of a sentence and what to do; empty if they are. [any] */
std::string problemWith (const Grains&);

} // namespace faltwerk
