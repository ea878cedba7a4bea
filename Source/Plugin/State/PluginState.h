#pragma once

#include "Plugin/Document/DocumentState.h"
#include "Plugin/Document/ViewState.h"

#include <juce_core/juce_core.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace faltwerk
{

/** Options of an instance that do not belong to its sound. Its session keeps them. */
struct InstanceOptions
{
    bool embedsKernel = true;      // a session holds a copy even of a kernel that a file holds
    bool cutsTailOnBypass = false; // false: the tail rings out
    bool locksMix = false;         // presets, A/B and kernels leave the mix unchanged

    bool operator== (const InstanceOptions&) const = default;
};

/** What a session keeps of an instance: the parameters' values by identifier, the edits, and the kernel by path, hash
    and copy, or by recipe; for both of the slots A and B, and for what was before while a kernel is tried; and how its
    editor looks.

    Layout, little-endian: the four characters FLTW; a 32-bit version; the 32-bit size of an XML document and the
    document; then for each kernel that it lists, in order, a 64-bit size of its encoded copy and the copy. Version 1
    had one kernel and parameters only, version 2 no editor, version 3 no recipes, no fallbacks and nothing of trying. A
    newer version than this is refused. */
struct PluginState
{
    static constexpr int magic = 0x57544c46; // the first four bytes, as a number: FLTW
    static constexpr int currentVersion = 4;
    static constexpr size_t mostFallbacks = 4;

    struct Saved
    {
        std::vector<std::pair<juce::String, float>> parameters; // identifier, value in its own unit
        DocumentEdits edits;
        LoadedKernelPointer source;         // as read, its audio is missing
        std::vector<KernelEntry> fallbacks; // restored in turn if the kernel, then its fallback, cannot be loaded
    };

    int version = currentVersion; // of the format that was read
    Saved current;
    std::optional<Saved> other;
    std::optional<Saved> beforeTrying; // only its kernel and edits are used
    bool isB = false;
    InstanceOptions options;
    ViewState view;
    std::string preset;             // name of the preset that was chosen last; may be empty
    bool differsFromPreset = false; // the current value differs from the preset

    /** Writes the state. A kernel in a kernel folder also gets its relative path. A copy of the kernel is written if
        the options say so, and always if no file or recipe is known to hold the kernel. [not audio] */
    void write (juce::MemoryBlock& destination, const juce::StringArray& kernelFolders = {}) const;

    /** Reads a state from any bytes; returns nothing if they are not a state. Kernels without a recipe count as being
        in no file until one has been found. [not audio] */
    static std::optional<PluginState> read (const void* data, size_t size);
};

} // namespace faltwerk
