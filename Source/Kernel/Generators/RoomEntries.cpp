#include "Kernel/Generators/Cabinet.h"
#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Generators/Plate.h"
#include "Kernel/Generators/Shoebox.h"
#include "Kernel/Generators/Spring.h"

namespace faltwerk
{

namespace
{

Slot<Shoebox> sizeSlot (double Shoebox::*member, std::string_view id, std::string_view name)
{
    return slot (member, id, name, "m", 1, 200, "The size of the room, from wall to wall.");
}

Slot<Shoebox> placeSlot (double Shoebox::*member, std::string_view id, std::string_view name, std::string_view help)
{
    return slot (member, id, name, "%", 2, 98, help);
}

Slot<Shoebox> absorptionSlot (size_t octave, std::string_view id, std::string_view name)
{
    return { { id, name, "", 0.005, 0.99, Shoebox {}.absorption[octave],
               "The part of the energy that the walls take around that frequency.", false },
             [octave] (Shoebox& room, double value) { room.absorption[octave] = value; } };
}

} // namespace

std::vector<GeneratorEntry> roomEntries()
{
    return {
        entry<Shoebox> (
            "shoebox", "Room", "A room with six walls, heard by a pair of microphones.",
            { sizeSlot (&Shoebox::width, "width", "Width"),
              sizeSlot (&Shoebox::depth, "depth", "Depth"),
              sizeSlot (&Shoebox::height, "height", "Height"),
              absorptionSlot (0, "absorption-125", "Absorption 125 Hz"),
              absorptionSlot (1, "absorption-250", "Absorption 250 Hz"),
              absorptionSlot (2, "absorption-500", "Absorption 500 Hz"),
              absorptionSlot (3, "absorption-1000", "Absorption 1 kHz"),
              absorptionSlot (4, "absorption-2000", "Absorption 2 kHz"),
              absorptionSlot (5, "absorption-4000", "Absorption 4 kHz"),
              absorptionSlot (6, "absorption-8000", "Absorption 8 kHz"),
              slot (&Shoebox::scattering, "scattering", "Scattering", "", 0, 1,
                    "Share of each reflection that is scattered: more is smoother."),
              slot (&Shoebox::direct, "direct", "Direct sound", "%", 0, 100,
                    "How much of the direct sound is in the kernel."),
              placeSlot (&Shoebox::sourceX, "source-x", "Source across", "Of the width."),
              placeSlot (&Shoebox::sourceY, "source-y", "Source along", "Of the depth."),
              placeSlot (&Shoebox::sourceZ, "source-z", "Source up", "Of the height."),
              placeSlot (&Shoebox::listenerX, "listener-x", "Listener across", "Of the width."),
              placeSlot (&Shoebox::listenerY, "listener-y", "Listener along", "Of the depth."),
              placeSlot (&Shoebox::listenerZ, "listener-z", "Listener up", "Of the height."),
              slot (&Shoebox::spacing, "spacing", "Microphone spacing", "m", 0, 20, "Between the two microphones."),
              slot (&Shoebox::angle, "angle", "Microphone angle", "degrees", 0, 180, "Between their axes."),
              slot (&Shoebox::directivity, "directivity", "Directivity", "", 0, 1,
                    "0 hears all directions, 0.5 is a cardioid, 1 a figure of eight."),
              slot (&Shoebox::numSources, "sources", "Sources", "", 1, 2,
                    "2 is true stereo: a left and a right source, each heard by both microphones."),
              slot (&Shoebox::sourceSpacing, "source-spacing", "Source spacing", "m", 0, 50, "Between two sources."),
              slot (&Shoebox::lengthInSeconds, "length", "Length", "s", 0, 10,
                    "How long the kernel is; 0 is until it has decayed by 90 dB."),
              seedSlot<Shoebox>(),
              sampleRateSlot<Shoebox>() }),
        entry<Plate> (
            "plate", "Plate", "A thin steel plate on which high notes run ahead.",
            { slot (&Plate::width, "width", "Width", "m", 0.1, 5, "The size of the plate."),
              slot (&Plate::height, "height", "Height", "m", 0.1, 5, "The size of the plate."),
              slot (&Plate::thickness, "thickness", "Thickness", "mm", 0.01, 10,
                    "A thinner plate has denser echoes, which build up more slowly."),
              slot (&Plate::lowDecay, "low-decay", "Low decay", "s", 0.05, 8, "The time to fall by 60 dB at 100 Hz."),
              slot (&Plate::highDecay, "high-decay", "High decay", "s", 0.05, 8, "The same at 10 kHz."),
              slot (&Plate::damping, "damping", "Damping", "", 0, 1, "How near the damper is: shortens long decays."),
              slot (&Plate::brightness, "brightness", "Brightness", "dB/octave", -12, 6, "The tilt of its spectrum."),
              slot (&Plate::driveX, "drive-x", "Drive across", "%", 2, 98, "Where it is driven, of the width."),
              slot (&Plate::driveY, "drive-y", "Drive up", "%", 2, 98, "Of the height."),
              slot (&Plate::leftX, "left-x", "Left across", "%", 2, 98, "Where the left pickup is, of the width."),
              slot (&Plate::leftY, "left-y", "Left up", "%", 2, 98, "Of the height."),
              slot (&Plate::rightX, "right-x", "Right across", "%", 2, 98, "Where the right pickup is, of the width."),
              slot (&Plate::rightY, "right-y", "Right up", "%", 2, 98, "Of the height."),
              slot (&Plate::lengthInSeconds, "length", "Length", "s", 0, 12,
                    "How long the kernel is; 0 is until it has decayed by 85 dB."),
              seedSlot<Plate>(), sampleRateSlot<Plate>() }),
        entry<Spring> (
            "spring", "Spring", "A spring tank, whose echoes are chirps.",
            { slot (&Spring::numSprings, "springs", "Springs", "", 1, 3, "How many there are."),
              slot (&Spring::delay, "delay", "Delay", "ms", 10, 200, "From echo to echo."),
              slot (&Spring::transition, "transition", "Transition", "Hz", 1000, 12000,
                    "The highest frequency that the spring carries."),
              slot (&Spring::tension, "tension", "Tension", "%", -100, 100, "Tighter is quicker and brighter."),
              slot (&Spring::decay, "decay", "Decay", "s", 0.1, 5, "The time to fall by 60 dB."),
              slot (&Spring::damping, "damping", "Damping", "", 0, 1, "How much sooner high frequencies end."),
              slot (&Spring::roughness, "roughness", "Roughness", "", 0, 1,
                    "Unevenness of the winding, which blurs the echoes."),
              slot (&Spring::width, "stereo", "Stereo", "", 0, 1, "1 gives each channel springs of its own."),
              seedSlot<Spring>(), sampleRateSlot<Spring>() }),
        entry<Cabinet> (
            "cabinet", "Cabinet", "A loudspeaker for guitar or bass and the microphone before it.",
            { slot (&Cabinet::boxFrequency, "box-frequency", "Box frequency", "Hz", 30, 300, "The box's resonance."),
              slot (&Cabinet::boxQ, "box-q", "Box Q", "", 0.4, 4, "How strong the resonance is."),
              slot (&Cabinet::breakUp, "break-up", "Break-up", "Hz", 800, 6000, "The strongest peak of the cone."),
              slot (&Cabinet::presence, "presence", "Presence", "dB", 0, 18, "The height of that peak."),
              slot (&Cabinet::scoop, "scoop", "Scoop", "dB", -6, 18, "The dip before it."),
              slot (&Cabinet::cutoff, "cutoff", "Cutoff", "Hz", 1000, 16000, "Where the cone ends."),
              slot (&Cabinet::axis, "axis", "Off axis", "", 0, 1,
                    "The microphone's place: 0 before the dust cap, 1 at the rim."),
              slot (&Cabinet::distance, "distance", "Distance", "cm", 1, 200, "Of the microphone; near is fuller."),
              slot (&Cabinet::ripple, "ripple", "Ripple", "dB", 0, 6, "Small unevenness, another for each seed."),
              slot (&Cabinet::length, "length", "Length", "ms", 5, 500, "How long the kernel is."), seedSlot<Cabinet>(),
              sampleRateSlot<Cabinet>() }),
    };
}

} // namespace faltwerk
