#pragma once

#include "Kernel/Outcome.h"
#include "Plugin/PluginState.h"

namespace faltwerk
{

/** The user's presets: files <name>.faltwerk in a folder. Each holds a state of one slot after a small header: the
    characters FLTP and a 32-bit version, little-endian. What changes a file returns the error's sentence, or nothing on
    success. [any, not audio] */
class Presets
{
public:
    /** In a folder, which is made when the first is saved. */
    explicit Presets (juce::File folder);

    /** All names, in order of the alphabet. */
    juce::StringArray names() const;

    /** Replaces one of that name; a failure leaves what was there before. */
    std::string save (const juce::String& name, const PluginState&, const juce::StringArray& kernelFolders) const;

    Outcome<PluginState> load (const juce::String& name) const;

    /** Refuses a name that is taken. */
    std::string rename (const juce::String& from, const juce::String& to) const;

    /** Lays one aside, so that it can be restored until another of its name is removed. */
    std::string remove (const juce::String& name) const;

    /** Brings back one that was removed; refuses a name that is taken meanwhile. */
    std::string restore (const juce::String& name) const;

    /** The file of a preset, for showing it. */
    juce::File fileOf (const juce::String& name) const;

private:
    bool exists (const juce::String& name) const;
    juce::File removedFileOf (const juce::String& name) const;

    const juce::File folder;
};

} // namespace faltwerk
