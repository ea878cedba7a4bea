#pragma once

#include "Plugin/KernelDocument.h"
#include "Plugin/KernelLoader.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>
#include <optional>

namespace faltwerk
{

/** What a session keeps of an instance: the parameters' values by identifier, and the kernel by path, hash and copy.

    Layout, little-endian: the four characters FLTW; a 32-bit version; the 32-bit size of an XML document and the
    document; a 64-bit size of the kernel's encoded copy and the copy. A newer version than ours is refused. */
struct PluginState
{
    static constexpr int currentVersion = 1;

    std::vector<std::pair<juce::String, float>> parameters; // identifier, value in its own unit
    bool hasKernel = false;
    KernelDocument kernel; // its `kernel` and `overviews` are not filled in

    /** [any, not audio] */
    void write (juce::MemoryBlock& destination) const;

    /** None if the bytes are no state of ours; never crashes or hangs on them. [any, not audio] */
    static std::optional<PluginState> read (const void* data, size_t size);
};

/** Finds the kernel that a state names: the file at its path if it still has the same hash, else the copy. Says so if
    it was the copy, or if both failed. [loader] */
KernelLoader::Result restoreKernel (const KernelDocument& wanted);

} // namespace faltwerk
