#include "Kernel/Generators/FactoryBank.h"

#include "Kernel/Generators/GeneratorTable.h"
#include "Kernel/Text/NearestWord.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace faltwerk
{

namespace
{

using Values = std::map<std::string, double>;

/** Returns a room by its size in m, the absorption of its walls from 125 Hz to 8 kHz, and what else is not as usual. */
Values room (double width, double depth, double height, const std::array<double, 7>& absorption, Values values)
{
    values.insert ({ { "width", width }, { "depth", depth }, { "height", height } });

    for (size_t octave = 0; octave < absorption.size(); ++octave)
        values.emplace ("absorption-" + std::to_string (125u << octave), absorption[octave]);

    return values;
}

/** The levels, in dB, that make all of the bank as loud as the sound that goes in (see Normalise::loudness). The tests
    print them: "[.print-bank-levels]". */
// clang-format off
constexpr std::pair<std::string_view, double> levels[] {
        { "Vocal Booth", -0.5 }, { "Living Room", -2.1 }, { "Drum Room", -2.3 }, { "Live Room", -2.6 },
        { "Wooden Chamber", -2.9 }, { "Tiled Bathroom", -2.4 }, { "Stairwell", -3.9 },
        { "Studio in True Stereo", -1.8 }, { "Wooden Room in True Stereo", -2.8 }, { "Concert Hall", -4.9 },
        { "Chamber Hall", -3.1 }, { "Opera House", -3.4 }, { "Stone Church", -4.5 }, { "Cathedral", -5.3 },
        { "Chamber Hall in True Stereo", -3.6 }, { "Concert Hall in True Stereo", -4.7 }, { "Dream Hall", -2.1 },
        { "Bright Plate", -2.3 }, { "Warm Plate", -7.5 }, { "Short Plate", -2.7 }, { "Gold Foil", -3.9 },
        { "Thunder Sheet", -7.8 }, { "Guitar Spring", -6.0 }, { "Long Tank", -6.4 }, { "Surf Spring", -5.4 },
        { "Single Coil", -7.0 }, { "Open 1x12", -4.8 }, { "Open 2x12", -4.1 }, { "Closed 4x12", -5.8 },
        { "Small Combo", -4.8 }, { "Bass 8x10", -5.7 }, { "Pocket Radio", -4.3 }, { "Telephone", 4.4 },
        { "Next Door", 6.7 }, { "Rumble Cut", 0.2 }, { "Hollow", 1.3 }, { "Tuned Comb", -4.8 }, { "Slapback", 0.0 },
        { "Fading Echoes", -1.2 }, { "Major Strings", -10.0 }, { "Minor Drone", -12.2 }, { "Rising Swell", -3.6 },
        { "Falling Glass", -2.0 }, { "Gathering Grains", -5.4 }, { "Velvet Cloud", 0.0 },
};
// clang-format on

/** Gives each kernel of a bank its level. */
std::vector<FactoryKernel> levelled (std::vector<FactoryKernel> bank)
{
    for (auto& kernel : bank)
        for (const auto& [name, level] : levels)
            if (name == kernel.name)
                kernel.values.emplace ("level", level);

    return bank;
}

} // namespace

std::span<const FactoryKernel> factoryKernels()
{
    // A table: one kernel in one or two lines.
    // clang-format off
    static const auto bank = levelled ({
        { "Rooms", "Vocal Booth", { "small", "dry" }, "shoebox",
          room (2.2, 2.7, 2.3, { 0.35, 0.45, 0.6, 0.68, 0.7, 0.7, 0.7 }, { { "spacing", 0.17 }, { "angle", 110 } }) },
        { "Rooms", "Living Room", { "small", "warm" }, "shoebox",
          room (4.4, 6.1, 2.6, { 0.15, 0.2, 0.28, 0.32, 0.35, 0.38, 0.4 }, { { "spacing", 0.17 }, { "angle", 110 } }) },
        { "Rooms", "Drum Room", { "medium", "bright" }, "shoebox",
          room (6.3, 8.2, 3.7, { 0.15, 0.13, 0.11, 0.1, 0.11, 0.13, 0.15 }, { { "listener-y", 72 },
            { "spacing", 0.6 }, { "directivity", 0.2 } }) },
        { "Rooms", "Live Room", { "medium", "neutral" }, "shoebox",
          room (8.7, 12.4, 5.1, { 0.16, 0.16, 0.15, 0.15, 0.16, 0.18, 0.21 }, {}) },
        { "Rooms", "Wooden Chamber", { "medium", "warm" }, "shoebox",
          room (7.1, 10.3, 4.6, { 0.14, 0.1, 0.08, 0.08, 0.09, 0.11, 0.15 }, { { "direct", 50 } }) },
        { "Rooms", "Tiled Bathroom", { "small", "bright" }, "shoebox",
          room (2.4, 3.3, 2.5, { 0.05, 0.045, 0.045, 0.05, 0.055, 0.065, 0.08 }, { { "scattering", 0.15 },
            { "spacing", 0.2 } }) },
        { "Rooms", "Stairwell", { "medium", "long" }, "shoebox",
          room (3.1, 5.3, 13.7, { 0.035, 0.035, 0.04, 0.045, 0.05, 0.06, 0.08 }, { { "source-z", 12 },
            { "listener-z", 40 }, { "direct", 50 } }) },
        { "Rooms", "Studio in True Stereo", { "small", "true stereo" }, "shoebox",
          room (5.2, 7.4, 3.1, { 0.2, 0.24, 0.3, 0.34, 0.36, 0.38, 0.42 }, { { "sources", 2 },
            { "source-spacing", 1.8 }, { "source-x", 50 }, { "listener-x", 50 }, { "spacing", 0.17 },
            { "angle", 110 }, { "seed", 21 } }) },
        { "Rooms", "Wooden Room in True Stereo", { "medium", "warm", "true stereo" }, "shoebox",
          room (9.4, 13.2, 5.2, { 0.16, 0.13, 0.11, 0.11, 0.12, 0.14, 0.18 }, { { "sources", 2 },
            { "source-spacing", 3.2 }, { "source-x", 50 }, { "listener-x", 50 }, { "direct", 70 },
            { "spacing", 0.4 }, { "seed", 22 } }) },
        { "Halls", "Concert Hall", { "large", "warm" }, "shoebox",
          room (24, 42, 17, { 0.19, 0.205, 0.215, 0.22, 0.23, 0.25, 0.28 }, { { "direct", 25 }, { "source-y", 14 },
            { "listener-y", 62 }, { "spacing", 0.4 }, { "scattering", 0.75 }, { "length", 3.2 } }) },
        { "Halls", "Chamber Hall", { "medium", "warm" }, "shoebox",
          room (13.7, 22.4, 9.1, { 0.18, 0.2, 0.21, 0.22, 0.23, 0.25, 0.28 }, { { "direct", 60 }, { "source-y", 16 },
            { "listener-y", 52 }, { "scattering", 0.45 } }) },
        { "Halls", "Opera House", { "large", "dry" }, "shoebox",
          room (22, 28.5, 19.6, { 0.3, 0.34, 0.37, 0.38, 0.39, 0.41, 0.44 }, { { "direct", 60 }, { "source-y", 12 },
            { "listener-y", 55 }, { "spacing", 0.4 }, { "scattering", 0.55 } }) },
        { "Halls", "Stone Church", { "large", "long" }, "shoebox",
          room (14.6, 32.7, 13.1, { 0.1, 0.1, 0.11, 0.115, 0.12, 0.13, 0.15 }, { { "direct", 50 },
            { "source-y", 14 }, { "listener-y", 55 }, { "spacing", 0.5 }, { "scattering", 0.45 } }) },
        { "Halls", "Cathedral", { "huge", "long" }, "shoebox",
          room (27.3, 74, 23.6, { 0.13, 0.13, 0.135, 0.14, 0.145, 0.16, 0.18 }, { { "direct", 40 },
            { "source-y", 12 }, { "listener-y", 50 }, { "spacing", 0.6 }, { "directivity", 0.25 },
            { "scattering", 0.5 } }) },
        { "Halls", "Chamber Hall in True Stereo", { "medium", "warm", "true stereo" }, "shoebox",
          room (15.2, 24.6, 9.8, { 0.17, 0.19, 0.2, 0.21, 0.22, 0.24, 0.28 }, { { "sources", 2 },
            { "source-spacing", 5 }, { "source-x", 50 }, { "listener-x", 50 }, { "direct", 50 },
            { "source-y", 16 }, { "listener-y", 52 }, { "spacing", 0.5 }, { "scattering", 0.5 }, { "seed", 23 } }) },
        { "Halls", "Concert Hall in True Stereo", { "large", "warm", "true stereo" }, "shoebox",
          room (25, 44, 18, { 0.19, 0.205, 0.215, 0.22, 0.23, 0.25, 0.28 }, { { "sources", 2 },
            { "source-spacing", 8 }, { "source-x", 50 }, { "listener-x", 50 }, { "direct", 25 },
            { "source-y", 14 }, { "listener-y", 60 }, { "spacing", 0.6 }, { "scattering", 0.7 }, { "length", 3.2 },
            { "seed", 24 } }) },
        { "Halls", "Dream Hall", { "huge", "soft" }, "noise-hall",
          { { "length", 8 }, { "low-decay", 6.5 }, { "mid-decay", 5.5 }, { "high-decay", 2.2 }, { "build-up", 0.16 },
            { "seed", 7 } } },
        { "Plates", "Bright Plate", { "bright", "vocals" }, "plate",
          { { "low-decay", 2.6 }, { "high-decay", 1.3 }, { "brightness", 0.5 } } },
        { "Plates", "Warm Plate", { "warm", "long" }, "plate",
          { { "low-decay", 4.2 }, { "high-decay", 0.8 }, { "brightness", -1.5 }, { "seed", 2 } } },
        { "Plates", "Short Plate", { "short", "drums" }, "plate",
          { { "low-decay", 3 }, { "high-decay", 1.1 }, { "damping", 0.45 }, { "seed", 3 } } },
        { "Plates", "Gold Foil", { "dense", "smooth" }, "plate",
          { { "width", 0.29 }, { "height", 0.27 }, { "thickness", 0.018 }, { "low-decay", 2.2 },
            { "high-decay", 1.2 }, { "brightness", -0.5 }, { "drive-x", 41.3 }, { "drive-y", 46.7 }, { "seed", 4 } } },
        { "Plates", "Thunder Sheet", { "long", "metallic" }, "plate",
          { { "width", 1.2 }, { "height", 0.8 }, { "thickness", 1.1 }, { "low-decay", 5 }, { "high-decay", 1.5 },
            { "brightness", -2 }, { "seed", 5 } } },
        { "Springs", "Guitar Spring", { "classic" }, "spring", {} },
        { "Springs", "Long Tank", { "long", "dark" }, "spring",
          { { "delay", 84 }, { "transition", 3600 }, { "decay", 3.6 }, { "roughness", 0.6 }, { "seed", 2 } } },
        { "Springs", "Surf Spring", { "short", "bright" }, "spring",
          { { "springs", 2 }, { "delay", 48 }, { "transition", 5000 }, { "decay", 1.6 }, { "damping", 0.3 },
            { "roughness", 0.25 }, { "seed", 3 } } },
        { "Springs", "Single Coil", { "lo-fi" }, "spring",
          { { "springs", 1 }, { "delay", 70 }, { "transition", 3200 }, { "decay", 1.8 }, { "damping", 0.7 },
            { "roughness", 0.8 }, { "stereo", 0.5 }, { "seed", 4 } } },
        { "Cabinets", "Open 1x12", { "guitar", "clean" }, "cabinet",
          { { "box-frequency", 95 }, { "box-q", 1 }, { "break-up", 2900 }, { "presence", 6 }, { "cutoff", 5400 },
            { "axis", 0.35 } } },
        { "Cabinets", "Open 2x12", { "guitar", "bright" }, "cabinet",
          { { "box-frequency", 88 }, { "box-q", 1.1 }, { "break-up", 3300 }, { "presence", 7.5 }, { "scoop", 5 },
            { "cutoff", 6000 }, { "axis", 0.2 }, { "seed", 2 } } },
        { "Cabinets", "Closed 4x12", { "guitar", "heavy" }, "cabinet",
          { { "box-frequency", 112 }, { "box-q", 1.7 }, { "break-up", 2500 }, { "presence", 7 }, { "scoop", 4 },
            { "cutoff", 4900 }, { "axis", 0.3 }, { "distance", 3 }, { "seed", 3 } } },
        { "Cabinets", "Small Combo", { "guitar", "boxy" }, "cabinet",
          { { "box-frequency", 165 }, { "box-q", 1.6 }, { "break-up", 2200 }, { "presence", 6 }, { "scoop", 1 },
            { "cutoff", 4600 }, { "axis", 0.3 }, { "distance", 20 }, { "ripple", 3 }, { "seed", 4 } } },
        { "Cabinets", "Bass 8x10", { "bass" }, "cabinet",
          { { "box-frequency", 62 }, { "box-q", 1.1 }, { "break-up", 1900 }, { "presence", 5 }, { "scoop", 5 },
            { "cutoff", 4000 }, { "axis", 0.4 }, { "distance", 10 }, { "seed", 5 } } },
        { "Cabinets", "Pocket Radio", { "lo-fi" }, "cabinet",
          { { "box-frequency", 290 }, { "box-q", 2.2 }, { "break-up", 2400 }, { "presence", 9 }, { "scoop", -2 },
            { "cutoff", 4200 }, { "axis", 0 }, { "distance", 60 }, { "ripple", 4 }, { "seed", 6 } } },
        { "Filters", "Telephone", { "lo-fi" }, "band-pass", { { "low-cutoff", 300 }, { "high-cutoff", 3400 }, { "phase", 1 } } },
        { "Filters", "Next Door", { "dark" }, "low-pass", { { "cutoff", 500 }, { "phase", 1 } } },
        { "Filters", "Rumble Cut", { "clean" }, "high-pass",
          { { "cutoff", 80 }, { "attenuation", 60 }, { "phase", 1 } } },
        { "Filters", "Hollow", { "thin" }, "band-stop", { { "low-cutoff", 350 }, { "high-cutoff", 2200 }, { "phase", 1 } } },
        { "Filters", "Tuned Comb", { "resonant" }, "comb",
          { { "delay", 9.0909 }, { "echoes", 30 }, { "gain", 0.82 } } },
        { "Filters", "Slapback", { "echo" }, "delayed-delta", { { "delay", 115 } } },
        { "Filters", "Fading Echoes", { "echo", "long" }, "comb",
          { { "delay", 375 }, { "echoes", 10 }, { "gain", 0.5 } } },
        { "Textures", "Major Strings", { "tonal", "bright" }, "resonator", {} },
        { "Textures", "Minor Drone", { "tonal", "dark" }, "resonator",
          { { "root", 55 }, { "chord", 5 }, { "partials", 24 }, { "decay", 5.5 }, { "damping", 0.7 },
            { "brightness", -5 }, { "detune", 7 }, { "seed", 2 } } },
        { "Textures", "Rising Swell", { "reverse" }, "swell", {} },
        { "Textures", "Falling Glass", { "sparse", "bright" }, "grains",
          { { "length", 4 }, { "first-density", 60 }, { "last-density", 6 }, { "grain-length", 35 },
            { "lowest", 1800 }, { "highest", 9000 }, { "change", -36 }, { "seed", 2 } } },
        { "Textures", "Gathering Grains", { "dense" }, "grains", {} },
        { "Textures", "Velvet Cloud", { "sparse", "soft" }, "velvet-noise",
          { { "length", 3.6 }, { "density", 260 }, { "decay", 2.6 }, { "seed", 3 } } },
    });
    // clang-format on
    return bank;
}

Kernel makeFactoryKernel (size_t index)
{
    assert (index < factoryKernels().size());
    const auto& description = factoryKernels()[index];
    auto kernel = generate (description.generator, description.values);
    assert (kernel); // the bank's tests make every one

    if (! kernel)
        return {};

    kernel->name = description.name;
    return std::move (*kernel);
}

const FactoryKernel* findFactoryKernel (std::string_view name)
{
    const auto lower = [] (char c) { return c >= 'A' && c <= 'Z' ? static_cast<char> (c - 'A' + 'a') : c; };
    const auto bank = factoryKernels();
    const auto found =
        std::find_if (bank.begin(), bank.end(),
                      [&] (const FactoryKernel& each)
                      {
                          return std::equal (name.begin(), name.end(), each.name.begin(), each.name.end(),
                                             [&] (char a, char b) { return lower (a) == lower (b); });
                      });
    return found != bank.end() ? &*found : nullptr;
}

Outcome<Kernel> makeFactoryKernel (std::string_view name)
{
    if (const auto* const found = findFactoryKernel (name))
        return makeFactoryKernel (static_cast<size_t> (found - factoryKernels().data()));

    std::vector<std::string> names;
    std::string list;

    for (const auto& each : factoryKernels())
    {
        names.emplace_back (each.name);
        list += (list.empty() ? "" : ", ") + names.back();
    }

    const auto nearest = nearestWord (name, names);
    return Outcome<Kernel>::failure ("The bank has no kernel '" + std::string (name) + "'. "
                                     + (nearest.empty() ? "It has: " + list + "." : "Did you mean '" + nearest + "'?"));
}

Kernel defaultKernel() { return *makeFactoryKernel ("Concert Hall"); }

} // namespace faltwerk
