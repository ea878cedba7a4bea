#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Generators/Models/Cabinet.h"
#include "Kernel/Generators/Models/Plate.h"
#include "Kernel/Generators/Models/Shoebox.h"
#include "Kernel/Generators/Models/Spring.h"

namespace faltwerk
{

namespace
{

Slot<Shoebox> sizeSlot (double Shoebox::*member, std::string_view id, std::string_view name, std::string_view help)
{
    return slot (member, id, name, "m", 1, 200, help);
}

Slot<Shoebox> placeSlot (double Shoebox::*member, std::string_view id, std::string_view name, std::string_view help)
{
    return slot (member, id, name, "%", 2, 98, help);
}

Slot<Shoebox> absorptionSlot (size_t octave, std::string_view id, std::string_view name, std::string_view help)
{
    return { { id, name, "", 0.005, 0.99, Shoebox {}.absorption[octave], help, false },
             [octave] (Shoebox& room, double value) { room.absorption[octave] = value; } };
}

} // namespace

std::vector<GeneratorEntry> roomEntries()
{
    return {
        entry<Shoebox> (
            "shoebox", "Room", "A room with six walls, heard by a pair of microphones.",
            { sizeSlot (&Shoebox::width, "width", "Width", "The width of the room, from wall to wall."),
              sizeSlot (&Shoebox::depth, "depth", "Depth", "The depth of the room, from wall to wall."),
              sizeSlot (&Shoebox::height, "height", "Height", "The height of the room, from floor to ceiling."),
              absorptionSlot (0, "absorption-125", "Absorption 125 Hz",
                              "The part of the energy that the walls take in the octave around 125 Hz."),
              absorptionSlot (1, "absorption-250", "Absorption 250 Hz",
                              "The part of the energy that the walls take in the octave around 250 Hz."),
              absorptionSlot (2, "absorption-500", "Absorption 500 Hz",
                              "The part of the energy that the walls take in the octave around 500 Hz."),
              absorptionSlot (3, "absorption-1000", "Absorption 1 kHz",
                              "The part of the energy that the walls take in the octave around 1 kHz."),
              absorptionSlot (4, "absorption-2000", "Absorption 2 kHz",
                              "The part of the energy that the walls take in the octave around 2 kHz."),
              absorptionSlot (5, "absorption-4000", "Absorption 4 kHz",
                              "The part of the energy that the walls take in the octave around 4 kHz."),
              absorptionSlot (6, "absorption-8000", "Absorption 8 kHz",
                              "The part of the energy that the walls take in the octave around 8 kHz."),
              slot (&Shoebox::scattering, "scattering", "Scattering", "", 0, 1,
                    "Share of each reflection that is scattered: more is smoother."),
              slot (&Shoebox::direct, "direct", "Direct sound", "%", 0, 100,
                    "How much of the direct sound is in the kernel."),
              placeSlot (&Shoebox::sourceX, "source-x", "Source across",
                         "Where the source is, as a part of the width."),
              placeSlot (&Shoebox::sourceY, "source-y", "Source along", "Where the source is, as a part of the depth."),
              placeSlot (&Shoebox::sourceZ, "source-z", "Source up", "Where the source is, as a part of the height."),
              placeSlot (&Shoebox::listenerX, "listener-x", "Listener across",
                         "Where the microphones are, as a part of the width."),
              placeSlot (&Shoebox::listenerY, "listener-y", "Listener along",
                         "Where the microphones are, as a part of the depth."),
              placeSlot (&Shoebox::listenerZ, "listener-z", "Listener up",
                         "Where the microphones are, as a part of the height."),
              slot (&Shoebox::spacing, "spacing", "Microphone spacing", "m", 0, 20,
                    "The distance between the two microphones."),
              slot (&Shoebox::angle, "angle", "Microphone angle", "degrees", 0, 180,
                    "The angle between the axes of the two microphones."),
              slot (&Shoebox::directivity, "directivity", "Directivity", "", 0, 1,
                    "What the microphones hear: 0 all directions, 0.5 a cardioid, 1 a figure of eight."),
              slot (&Shoebox::numSources, "sources", "Sources", "", 1, 2,
                    "The number of sources: 2 is true stereo, a left and a right one, each heard by both microphones."),
              slot (&Shoebox::sourceSpacing, "source-spacing", "Source spacing", "m", 0, 50,
                    "The distance between two sources."),
              slot (&Shoebox::lengthInSeconds, "length", "Length", "s", 0, 10,
                    "How long the kernel is; 0 is until it has decayed by 90 dB."),
              seedSlot<Shoebox>(),
              sampleRateSlot<Shoebox>() }),
        entry<Plate> (
            "plate", "Plate", "A thin steel plate on which high notes run ahead.",
            { slot (&Plate::width, "width", "Width", "m", 0.1, 5, "The width of the plate."),
              slot (&Plate::height, "height", "Height", "m", 0.1, 5, "The height of the plate."),
              slot (&Plate::thickness, "thickness", "Thickness", "mm", 0.01, 10,
                    "The thickness of the plate: a thinner one has denser echoes, which build up more slowly."),
              slot (&Plate::lowDecay, "low-decay", "Low decay", "s", 0.05, 8, "The time to fall by 60 dB at 100 Hz."),
              slot (&Plate::highDecay, "high-decay", "High decay", "s", 0.05, 8,
                    "The time to fall by 60 dB at 10 kHz."),
              slot (&Plate::damping, "damping", "Damping", "", 0, 1, "How near the damper is: shortens long decays."),
              slot (&Plate::brightness, "brightness", "Brightness", "dB/octave", -12, 6, "The tilt of the spectrum."),
              slot (&Plate::driveX, "drive-x", "Drive across", "%", 2, 98,
                    "Where the plate is driven, as a part of the width."),
              slot (&Plate::driveY, "drive-y", "Drive up", "%", 2, 98,
                    "Where the plate is driven, as a part of the height."),
              slot (&Plate::leftX, "left-x", "Left across", "%", 2, 98,
                    "Where the left pickup is, as a part of the width."),
              slot (&Plate::leftY, "left-y", "Left up", "%", 2, 98,
                    "Where the left pickup is, as a part of the height."),
              slot (&Plate::rightX, "right-x", "Right across", "%", 2, 98,
                    "Where the right pickup is, as a part of the width."),
              slot (&Plate::rightY, "right-y", "Right up", "%", 2, 98,
                    "Where the right pickup is, as a part of the height."),
              slot (&Plate::lengthInSeconds, "length", "Length", "s", 0, 12,
                    "How long the kernel is; 0 is until it has decayed by 85 dB."),
              seedSlot<Plate>(), sampleRateSlot<Plate>() }),
        entry<Spring> (
            "spring", "Spring", "A spring tank, whose echoes are chirps.",
            { slot (&Spring::numSprings, "springs", "Springs", "", 1, 3, "The number of springs."),
              slot (&Spring::delay, "delay", "Delay", "ms", 10, 200, "The time from one echo to the next."),
              slot (&Spring::transition, "transition", "Transition", "Hz", 1000, 12000,
                    "The highest frequency that the spring carries."),
              slot (&Spring::tension, "tension", "Tension", "%", -100, 100,
                    "How tight the spring is: tighter is quicker and brighter."),
              slot (&Spring::decay, "decay", "Decay", "s", 0.1, 5, "The time to fall by 60 dB."),
              slot (&Spring::damping, "damping", "Damping", "", 0, 1, "How much sooner high frequencies end."),
              slot (&Spring::roughness, "roughness", "Roughness", "", 0, 1,
                    "Unevenness of the winding, which blurs the echoes."),
              slot (&Spring::width, "stereo", "Stereo", "", 0, 1,
                    "How different the channels are: 1 gives each springs of its own."),
              seedSlot<Spring>(), sampleRateSlot<Spring>() }),
        entry<Cabinet> ("cabinet", "Cabinet", "A loudspeaker for guitar or bass and the microphone before it.",
                        { slot (&Cabinet::boxFrequency, "box-frequency", "Box frequency", "Hz", 30, 300,
                                "The frequency of the box's resonance."),
                          slot (&Cabinet::boxQ, "box-q", "Box Q", "", 0.4, 4, "How strong the box's resonance is."),
                          slot (&Cabinet::breakUp, "break-up", "Break-up", "Hz", 800, 6000,
                                "The frequency of the cone's strongest peak."),
                          slot (&Cabinet::presence, "presence", "Presence", "dB", 0, 18,
                                "The height of the cone's strongest peak."),
                          slot (&Cabinet::scoop, "scoop", "Scoop", "dB", -6, 18,
                                "The depth of the dip below the cone's strongest peak."),
                          slot (&Cabinet::cutoff, "cutoff", "Cutoff", "Hz", 1000, 16000,
                                "The highest frequency that the cone carries."),
                          slot (&Cabinet::axis, "axis", "Off axis", "", 0, 1,
                                "The microphone's place: 0 before the dust cap, 1 at the rim."),
                          slot (&Cabinet::distance, "distance", "Distance", "cm", 1, 200,
                                "The distance of the microphone from the cone: near is fuller."),
                          slot (&Cabinet::ripple, "ripple", "Ripple", "dB", 0, 6,
                                "The size of small unevenness in the response, another for each seed."),
                          slot (&Cabinet::length, "length", "Length", "ms", 5, 500, "How long the kernel is."),
                          seedSlot<Cabinet>(), sampleRateSlot<Cabinet>() }),
    };
}

} // namespace faltwerk
