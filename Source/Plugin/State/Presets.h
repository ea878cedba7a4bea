#pragma once

#include "Kernel/Outcome.h"
#include "Plugin/State/PluginState.h"

#include <atomic>

namespace faltwerk
{

/** The user's presets: files <name>.faltwerk in a folder. Each holds a document's state after a small header: the
    characters FLTP and a 32-bit version, little-endian. Functions that change a file return the error's sentence, or
    nothing on success. [not audio] */
class Presets
{
public:
    /** @param folder  created when the first preset is saved */
    explicit Presets (juce::File folder);

    const juce::File folder;

    /** Returns all names in alphabetical order. */
    juce::StringArray names() const;

    /** Saves a preset, replacing one of that name. A failure leaves the former file. */
    std::string save (const juce::String& name, const PluginState&, const juce::StringArray& kernelFolders) const;

    Outcome<PluginState> load (const juce::String& name) const;

    /** Returns the name of a preset's kernel, for a list; reads no audio. Empty if it has none or cannot be read. */
    std::string kernelNameOf (const juce::String& name) const;

    /** Returns a number that increases with each save(), rename(), remove() and restore(). Wait-free. */
    uint64_t version() const noexcept { return changes.load (std::memory_order_relaxed); }

    /** Renames a preset. Fails if the new name exists. */
    std::string rename (const juce::String& from, const juce::String& to) const;

    /** Removes a preset. restore() can bring it back until another preset of its name is removed. */
    std::string remove (const juce::String& name) const;

    /** Restores a removed preset. Fails if its name exists again. */
    std::string restore (const juce::String& name) const;

    /** Returns the file of a preset. */
    juce::File fileOf (const juce::String& name) const;

private:
    bool exists (const juce::String& name) const;
    std::string changed (bool succeeded, const std::string& failure) const;
    juce::File removedFileOf (const juce::String& name) const;

    mutable std::atomic<uint64_t> changes { 0 }; // any -> any, relaxed: the files are read anew
};

} // namespace faltwerk
