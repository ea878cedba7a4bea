#include "Plugin/State/FactoryPresets.h"

#include "Kernel/Edits/Normalisation.h"
#include "Kernel/Generators/KernelRecipe.h"
#include "Plugin/Document/Session.h"
#include "Plugin/Loading/KernelRequests.h"

#include <algorithm>
#include <optional>

namespace faltwerk
{

namespace
{

constexpr std::string_view uses[] { "Vocals", "Drums", "Guitar", "Keys", "Strings", "Mix", "Effects", "Sound design" };
constexpr std::string_view sizes[] { "Small", "Medium", "Large", "Huge" };
constexpr std::string_view characters[] { "Bright",   "Warm",  "Dark",   "Clear", "Wide", "Metallic",
                                          "Reversed", "Gated", "Echoes", "Tonal", "Lo-fi" };

/** Echoes without the sound itself, which Mix adds.
    @param delay  in ms, from one echo to the next
    @param gain  of each echo against the one before */
FactoryPreset::Source echoes (std::string_view name, double delay, double number, double gain)
{
    return { name, "comb", { { "delay", delay }, { "echoes", number }, { "gain", gain } } };
}

/** Cuts from such echoes the sample that is the sound itself; the pre-delay gives the time back. */
constexpr float echoPreDelay = 10.0f; // ms

DocumentEdits withoutDirect()
{
    DocumentEdits edits;
    edits.start = 0.01; // s
    return edits;
}

/** Keeps a kernel up to a time, with fades at both ends; in seconds. */
DocumentEdits upTo (std::optional<double> end, double fadeIn, double fadeOut)
{
    DocumentEdits edits;
    edits.end = end;
    edits.fadeIn = fadeIn;
    edits.fadeOut = fadeOut;
    return edits;
}

} // namespace

std::span<const std::string_view> presetUses() { return uses; }
std::span<const std::string_view> presetSizes() { return sizes; }
std::span<const std::string_view> presetCharacters() { return characters; }

std::span<const FactoryPreset> factoryPresets()
{
    // A table: name, use, size, character, kernel, parameters, edits.
    // clang-format off
    static const std::vector<FactoryPreset> presets {
        { "Vocal Plate", "Vocals", "Medium", { "Bright" }, { "Bright Plate" },
          { { "preDelay", 30 }, { "decay", 75 }, { "lowCut", 200 }, { "highCut", 11000 }, { "mix", 22 } } },
        { "Ballad Plate", "Vocals", "Large", { "Warm" }, { "Warm Plate" },
          { { "preDelay", 70 }, { "decay", 85 }, { "lowCut", 180 }, { "mix", 26 } } },
        { "Vocal Chamber", "Vocals", "Medium", { "Warm" }, { "Wooden Chamber" },
          { { "preDelay", 20 }, { "decay", 80 }, { "lowCut", 200 }, { "highCut", 9000 }, { "mix", 24 } } },
        { "Vocal Hall", "Vocals", "Large", { "Clear" }, { "Concert Hall in True Stereo" },
          { { "preDelay", 50 }, { "decay", 80 }, { "lowCut", 250 }, { "highCut", 8000 }, { "mix", 20 } } },
        { "Vocal Doubler", "Vocals", "", { "Wide" },
          { "Doubler", "velvet-noise", { { "length", 0.03 }, { "density", 100 }, { "decay", 0.2 }, { "seed", 5 } } },
          { { "preDelay", 16 }, { "lowCut", 150 }, { "highCut", 9000 }, { "mix", 30 } } },
        { "Slap Echo", "Vocals", "", { "Echoes", "Warm" }, { "Slapback" },
          { { "lowCut", 150 }, { "highCut", 5000 }, { "mix", 22 } } },
        { "Quarters at 120", "Vocals", "", { "Echoes", "Clear" }, echoes ("Quarters", 500, 6, 0.4),
          { { "preDelay", echoPreDelay }, { "lowCut", 200 }, { "highCut", 6000 }, { "mix", 18 } }, withoutDirect() },

        { "Punchy Room", "Drums", "Medium", { "Bright" }, { "Drum Room" },
          { { "decay", 65 }, { "lowCut", 60 }, { "mix", 28 }, { "out", -1 } } },
        { "Tight Room", "Drums", "Small", { "Clear" }, { "Living Room" },
          { { "decay", 70 }, { "lowCut", 80 }, { "mix", 28 }, { "out", -1.5f } } },
        { "Big Live Room", "Drums", "Large", { "Wide" }, { "Live Room" },
          { { "size", 125 }, { "decay", 110 }, { "width", 130 }, { "lowCut", 80 }, { "mix", 28 }, { "out", -1 } } },
        { "Snare Plate", "Drums", "Small", { "Bright" }, { "Short Plate" },
          { { "preDelay", 8 }, { "lowCut", 250 }, { "highShelf.frequency", 6000 }, { "highShelf.gain", 2 },
            { "mix", 28 }, { "out", -0.5f } } },
        { "Gated Snare", "Drums", "Medium", { "Gated", "Bright" },
          { "Gated Noise", "noise-hall", { { "length", 0.34 }, { "low-decay", 1.6 }, { "mid-decay", 2 },
            { "high-decay", 1.6 }, { "build-up", 0.004 }, { "seed", 3 } } },
          { { "preDelay", 4 }, { "lowCut", 180 }, { "highCut", 9000 }, { "mix", 34 }, { "out", -0.5f } }, upTo ({}, 0, 0.03) },
        { "Stairwell Drums", "Drums", "Large", { "Bright" }, { "Stairwell" },
          { { "decay", 70 }, { "damping", 20 }, { "lowCut", 120 }, { "mix", 22 } } },
        { "Reversed Plate", "Drums", "Medium", { "Reversed", "Bright" }, { "Bright Plate" },
          { { "reverse", 1 }, { "lowCut", 200 }, { "mix", 35 }, { "out", -1 } }, upTo (0.6, 0.1, 0.005) },

        { "Amp Spring", "Guitar", "Medium", { "Warm", "Metallic" }, { "Guitar Spring" },
          { { "lowCut", 120 }, { "highCut", 6000 }, { "mix", 26 } } },
        { "Surf Drip", "Guitar", "Medium", { "Bright", "Metallic" }, { "Surf Spring" },
          { { "lowCut", 150 }, { "mix", 40 }, { "out", -1 } } },
        { "Clean 1x12", "Guitar", "", { "Clear" }, { "Open 1x12" }, { { "mix", 100 } } },
        { "Heavy 4x12", "Guitar", "", { "Dark" }, { "Closed 4x12" }, { { "lowCut", 70 }, { "mix", 100 } } },
        { "Bass 8x10", "Guitar", "", { "Warm" }, { "Bass 8x10" }, { { "mix", 100 } } },
        { "Acoustic Room", "Guitar", "Medium", { "Warm" }, { "Wooden Room in True Stereo" },
          { { "lowCut", 100 }, { "highCut", 12000 }, { "mix", 22 } } },
        { "Rockabilly Echo", "Guitar", "", { "Echoes", "Warm" }, echoes ("Short Echoes", 138, 4, 0.35),
          { { "preDelay", echoPreDelay }, { "lowCut", 150 }, { "highCut", 4500 }, { "mix", 26 } }, withoutDirect() },
        { "Dotted Eighths at 120", "Guitar", "", { "Echoes", "Clear" }, echoes ("Dotted Eighths", 375, 7, 0.45),
          { { "preDelay", echoPreDelay }, { "lowCut", 180 }, { "highCut", 7000 }, { "mix", 26 } }, withoutDirect() },

        { "Piano Hall", "Keys", "Medium", { "Warm" }, { "Chamber Hall in True Stereo" },
          { { "preDelay", 15 }, { "lowCut", 100 }, { "mix", 24 } } },
        { "Electric Piano Plate", "Keys", "Medium", { "Wide", "Warm" }, { "Gold Foil" },
          { { "width", 140 }, { "lowCut", 150 }, { "highCut", 9000 }, { "mix", 24 } } },
        { "Organ Church", "Keys", "Large", { "Dark" }, { "Stone Church" },
          { { "damping", 15 }, { "highCut", 8000 }, { "mix", 32 }, { "out", -1 } } },
        { "Dream Pad", "Keys", "Huge", { "Wide" }, { "Dream Hall" },
          { { "attack", 150 }, { "width", 130 }, { "lowCut", 150 }, { "mix", 42 }, { "out", -1 } } },
        { "Dub Echo", "Keys", "", { "Echoes", "Dark" }, echoes ("Dub Echoes", 375, 12, 0.62),
          { { "preDelay", echoPreDelay }, { "lowCut", 250 }, { "highCut", 2500 }, { "mix", 34 } }, withoutDirect() },

        { "Orchestra Hall", "Strings", "Large", { "Warm" }, { "Concert Hall in True Stereo" },
          { { "preDelay", 12 }, { "mix", 30 }, { "out", -0.5f } } },
        { "Chamber Strings", "Strings", "Medium", { "Clear" }, { "Chamber Hall" },
          { { "preDelay", 8 }, { "lowCut", 80 }, { "mix", 27 } } },
        { "Opera Pit", "Strings", "Large", { "Clear" }, { "Opera House" },
          { { "preDelay", 10 }, { "mix", 28 } } },
        { "Cathedral Pad", "Strings", "Huge", { "Dark" }, { "Cathedral" },
          { { "attack", 80 }, { "lowCut", 120 }, { "highCut", 6000 }, { "mix", 40 }, { "out", -1 } } },
        { "Film Wash", "Strings", "Huge", { "Wide", "Warm" }, { "Dream Hall" },
          { { "preDelay", 40 }, { "decay", 80 }, { "damping", 25 }, { "width", 140 }, { "lowCut", 200 },
            { "mix", 32 } } },

        { "Room Glue", "Mix", "Small", { "Warm" }, { "Studio in True Stereo" },
          { { "lowCut", 250 }, { "highCut", 8000 }, { "mix", 12 } } },
        { "Open Ambience", "Mix", "Medium", { "Wide" }, { "Live Room" },
          { { "decay", 60 }, { "width", 140 }, { "lowCut", 300 }, { "mix", 12 } } },
        { "Bus Plate", "Mix", "Medium", { "Clear" }, { "Gold Foil" },
          { { "preDelay", 20 }, { "decay", 55 }, { "lowCut", 300 }, { "highCut", 10000 }, { "mix", 10 } } },
        { "Rumble Cut", "Mix", "", { "Clear" }, { "Rumble Cut" }, { { "mix", 100 } } },
        { "Air and Weight", "Mix", "", { "Bright" }, { "No Change", "delta" },
          { { "lowShelf.frequency", 90 }, { "lowShelf.gain", 1.5f }, { "highShelf.frequency", 9000 },
            { "highShelf.gain", 2.5f }, { "lowCut", 25 }, { "mix", 100 } } },
        { "Warm Tilt", "Mix", "", { "Warm" }, { "No Change", "delta" },
          { { "lowShelf.frequency", 250 }, { "lowShelf.gain", 1.5f }, { "lowShelf.q", 0.5f },
            { "highShelf.frequency", 4000 }, { "highShelf.gain", -2.5f }, { "highShelf.q", 0.5f }, { "mix", 100 } } },

        { "Telephone", "Effects", "", { "Lo-fi" }, { "Telephone" }, { { "mix", 100 } } },
        { "Old Radio", "Effects", "", { "Lo-fi" }, { "Pocket Radio" }, { { "lowCut", 200 }, { "mix", 100 } } },
        { "Next Door", "Effects", "", { "Dark" }, { "Next Door" }, { { "mix", 100 } } },
        { "Broken Spring", "Effects", "Medium", { "Lo-fi", "Metallic" }, { "Single Coil" },
          { { "size", 80 }, { "lowCut", 200 }, { "highCut", 4000 }, { "mix", 40 }, { "out", -1 } } },
        { "Comb in A", "Effects", "", { "Tonal", "Metallic" }, { "Tuned Comb" }, { { "mix", 60 }, { "out", -4 } } },

        { "Reversed Cathedral", "Sound design", "Huge", { "Reversed", "Dark" }, { "Cathedral" },
          { { "reverse", 1 }, { "width", 140 }, { "lowCut", 120 }, { "mix", 55 }, { "out", -2 } },
          upTo (2.8, 0.4, 0.02) },
        { "Frozen Noise", "Sound design", "Huge", { "Wide" },
          { "Frozen Noise", "noise-hall", { { "length", 10 }, { "low-decay", 60 }, { "mid-decay", 60 },
            { "high-decay", 20 }, { "build-up", 0.8 }, { "seed", 9 } } },
          { { "lowCut", 120 }, { "highCut", 7000 }, { "mix", 55 }, { "out", -1.5f } }, upTo ({}, 0.3, 4) },
        { "Shimmer Chord", "Sound design", "Large", { "Tonal", "Bright" },
          { "Shimmer", "resonator", { { "root", 440 }, { "chord", 0 }, { "partials", 12 }, { "decay", 5 },
            { "damping", 0.4 }, { "brightness", -1 }, { "detune", 12 }, { "seed", 6 } } },
          { { "attack", 200 }, { "lowCut", 300 }, { "mix", 40 }, { "out", -1.5f } } },
        { "Deep Rumble", "Sound design", "Huge", { "Dark" },
          { "Deep Hall", "noise-hall", { { "length", 7 }, { "low-decay", 7 }, { "mid-decay", 3 }, { "high-decay", 1 },
            { "build-up", 0.3 }, { "seed", 12 } } },
          { { "lowShelf.frequency", 120 }, { "lowShelf.gain", 6 }, { "highCut", 180 }, { "mix", 50 }, { "out", -2.5f } } },
        { "Glass Rain", "Sound design", "Large", { "Bright", "Tonal" }, { "Falling Glass" },
          { { "width", 150 }, { "lowCut", 400 }, { "mix", 42 }, { "out", -2 } } },
        { "Metal Storm", "Sound design", "Huge", { "Metallic", "Dark" }, { "Thunder Sheet" },
          { { "size", 140 }, { "mix", 50 }, { "out", -2.5f } } },
    };
    // clang-format on
    return presets;
}

const FactoryPreset* findFactoryPreset (std::string_view name)
{
    const auto all = factoryPresets();
    const auto found =
        std::find_if (all.begin(), all.end(), [name] (const FactoryPreset& each) { return each.name == name; });
    return found != all.end() ? &*found : nullptr;
}

juce::StringArray allPresetNames (const juce::StringArray& own)
{
    juce::StringArray result { Session::initialPreset };

    for (const auto& preset : factoryPresets())
        result.add (juce::String (preset.name.data(), preset.name.size()));

    for (const auto& name : own)
        result.removeString (name);

    result.addArray (own);
    return result;
}

PluginState stateOf (const FactoryPreset& preset)
{
    PluginState state;
    auto& saved = state.current;
    const std::string kernel (preset.kernel.name);
    saved.source = preset.kernel.generator.empty()
                       ? factoryKernelNamed (kernel)
                       : kernelOfRecipe (kernel, recipeFor (preset.kernel.generator, preset.kernel.values));
    saved.edits = preset.edits;
    saved.parameters.emplace_back ("normalise", static_cast<float> (Normalise::loudness));

    for (const auto& [id, value] : preset.parameters)
        saved.parameters.emplace_back (juce::String (id.data(), id.size()), value);

    return state;
}

} // namespace faltwerk
