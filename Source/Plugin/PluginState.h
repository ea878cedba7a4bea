#pragma once

#include "Plugin/DocumentState.h"
#include "Plugin/ViewState.h"

#include <juce_core/juce_core.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace faltwerk
{

/** What an instance is told beside its sound, and keeps in its session. */
struct InstanceOptions
{
    bool embedsKernel = true;      // whether a session holds a copy of a kernel that there is elsewhere
    bool cutsTailOnBypass = false; // else it rings out
    bool locksMix = false;         // against presets, A/B and kernels

    bool operator== (const InstanceOptions&) const = default;
};

/** What a session keeps of an instance: the parameters' values by identifier, the edits, and the kernel by path, hash
    and copy; for both of the slots A and B; and how its editor looks.

    Layout, little-endian: the four characters FLTW; a 32-bit version; the 32-bit size of an XML document and the
    document; then for each kernel that it lists, in order, a 64-bit size of its encoded copy and the copy. Version 1
    had one kernel and parameters only, version 2 no editor. A newer version than ours is refused. */
struct PluginState
{
    static constexpr int currentVersion = 3;

    struct Slot
    {
        std::vector<std::pair<juce::String, float>> parameters; // identifier, value in its own unit
        DocumentEdits edits;
        std::shared_ptr<const KernelDocument> kernel; // as read its `kernel` is missing
    };

    int version = currentVersion; // that was read
    Slot present;
    std::optional<Slot> other;
    bool isB = false;
    InstanceOptions options;
    ViewState view;

    /** Kernels in one of the folders are named by where they are below it, too. [any, not audio] */
    void write (juce::MemoryBlock& destination, const juce::StringArray& kernelFolders = {}) const;

    /** None if the bytes are no state of ours; never crashes or hangs on them. [any, not audio] */
    static std::optional<PluginState> read (const void* data, size_t size);
};

} // namespace faltwerk
