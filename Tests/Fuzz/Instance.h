#pragma once

#include "Plugin/PluginProcessor.h"

#include <memory>

namespace faltwerk::fuzz
{

/** Aborts, which is a finding, unless the condition holds. */
void require (bool condition);

/** Returns the folder of this process's settings and presets; it is deleted at exit. */
const juce::File& userFolder();

/** Returns an instance without a kernel that refuses kernels which take more than some megabytes. The first call sets
    up JUCE and the loader's threads for the whole run. */
std::unique_ptr<PluginProcessor> makeInstance();

/** Returns true if the kernels that a state names are made in some milliseconds: recipes may take seconds. */
bool isQuick (const PluginState&);

/** Requires that every parameter is finite and within its range, that there is no latency, and that the tail is
    finite. */
void checkInstance (const PluginProcessor&);

/** Returns the instance's session, and requires that it can be read. */
juce::MemoryBlock sessionOf (PluginProcessor&);

} // namespace faltwerk::fuzz
