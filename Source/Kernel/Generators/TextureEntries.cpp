#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Generators/TextureGenerators.h"

namespace faltwerk
{

namespace
{

Slot<Resonator> chordSlot()
{
    auto result = slot (&Resonator::chord, "chord", "Chord", "", 0, 5, "The chord that the strings are tuned to.");
    result.parameter.choices = { "octaves", "fifths", "major", "minor", "suspended", "minor-seventh" };
    return result;
}

} // namespace

std::vector<GeneratorEntry> textureEntries()
{
    return {
        entry<Resonator> (
            "resonator", "Resonator", "The strings of a chord that ring along.",
            { slot (&Resonator::root, "root", "Root", "Hz", 20, 2000, "The frequency of the lowest note."), chordSlot(),
              slot (&Resonator::numPartials, "partials", "Partials", "", 1, 40, "The number of partials of each note."),
              slot (&Resonator::inharmonicity, "inharmonicity", "Inharmonicity", "", 0, 0.05,
                    "How much the partials are stretched, as by stiff strings."),
              slot (&Resonator::decay, "decay", "Decay", "s", 0.05, 8, "The time to fall by 60 dB."),
              slot (&Resonator::damping, "damping", "Damping", "", 0, 2, "How much sooner high partials end."),
              slot (&Resonator::brightness, "brightness", "Brightness", "dB/octave", -24, 6,
                    "The tilt of the partials' levels: below 0 high ones are softer."),
              slot (&Resonator::detune, "detune", "Detune", "cents", 0, 100,
                    "The difference in pitch between the two channels."),
              seedSlot<Resonator>(), sampleRateSlot<Resonator>() }),
        entry<Swell> (
            "swell", "Swell", "Noise that rises and opens up, and then stops softly.",
            { slot (&Swell::rise, "rise", "Rise", "s", 0.02, 9, "The time from the start to the loudest place."),
              slot (&Swell::release, "release", "Release", "s", 0.01, 5, "The time from the loudest place to the end."),
              slot (&Swell::range, "range", "Range", "dB", 0, 90, "How far the level rises."),
              slot (&Swell::darkest, "darkest", "Darkest", "Hz", 20, 20000, "The cutoff of the low-pass at the start."),
              slot (&Swell::brightest, "brightest", "Brightest", "Hz", 20, 20000,
                    "The cutoff of the low-pass at the loudest place."),
              seedSlot<Swell>(), sampleRateSlot<Swell>() }),
        entry<Grains> (
            "grains", "Grains", "Short tones at random places and pitches, growing denser or sparser.",
            { slot (&Grains::lengthInSeconds, "length", "Length", "s", 0.1, 10, "How long the kernel is."),
              slot (&Grains::firstDensity, "first-density", "First density", "1/s", 1, 500,
                    "The number of grains a second at the start."),
              slot (&Grains::lastDensity, "last-density", "Last density", "1/s", 1, 500,
                    "The number of grains a second at the end."),
              slot (&Grains::grainLength, "grain-length", "Grain length", "ms", 1, 500, "How long a grain is."),
              slot (&Grains::lowest, "lowest", "Lowest", "Hz", 20, 20000, "The frequency of the lowest tone."),
              slot (&Grains::highest, "highest", "Highest", "Hz", 20, 20000, "The frequency of the highest tone."),
              slot (&Grains::change, "change", "Change", "dB", -60, 60, "The change of the level from start to end."),
              seedSlot<Grains>(), sampleRateSlot<Grains>() }),
    };
}

} // namespace faltwerk
