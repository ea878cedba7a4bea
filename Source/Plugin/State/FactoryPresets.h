#pragma once

#include "Plugin/State/PluginState.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faltwerk
{

/** A preset that comes with Faltwerk: not a file, but a line of a table. */
struct FactoryPreset
{
    /** A kernel of the bank by its name, or a generator's kernel under a name of its own. */
    struct Source
    {
        std::string_view name;
        std::string_view generator {}; // its id in the table of generators; empty: the kernel is in the bank
        std::map<std::string, double> values {};
    };

    std::string_view name;                   // unique
    std::string_view use;                    // "Vocals", "Drums" ...; presets of one use follow each other
    std::string_view size;                   // "Small", "Medium", "Large" or "Huge"; empty for filters and echoes
    std::vector<std::string_view> character; // one or two words
    Source kernel;

    /** Values in the parameters' own units, by identifier. The rest are at their defaults, except that all presets
        normalise by loudness. */
    std::vector<std::pair<std::string_view, float>> parameters;
    DocumentEdits edits {};
};

/** Returns the words that a preset may have as its tags, in the order in which they are shown. */
std::span<const std::string_view> presetUses();
std::span<const std::string_view> presetSizes();
std::span<const std::string_view> presetCharacters();

/** Returns all factory presets, grouped by use. Each is about as loud as its input. [any] */
std::span<const FactoryPreset> factoryPresets();

/** Returns the names of all presets in the order in which they are shown and stepped through: Init, factory presets,
    the user's presets. A preset of the user's hides a factory preset of its name.
    @param own  names of the user's presets  [not audio] */
juce::StringArray allPresetNames (const juce::StringArray& own);

/** Returns the preset of a name, or null. [any] */
const FactoryPreset* findFactoryPreset (std::string_view name);

/** Returns what a preset's file would hold. [not audio] */
PluginState stateOf (const FactoryPreset&);

} // namespace faltwerk
