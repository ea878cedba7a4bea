#include "Kernel/Generators/GeneratorEntries.h"
#include "Kernel/Generators/Shoebox.h"

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
                    "What each reflection leaves diffuse: more is smoother."),
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
              slot (&Shoebox::lengthInSeconds, "length", "Length", "s", 0, 10,
                    "How long the kernel is; 0 is until it has decayed by 90 dB."),
              seedSlot<Shoebox>(),
              sampleRateSlot<Shoebox>() }),
    };
}

} // namespace faltwerk
