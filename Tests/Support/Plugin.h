#pragma once

#include "Kernel/Reading/KernelFile.h"
#include "Plugin/PluginProcessor.h"
#include "Plugin/State/PluginState.h"
#include "Support/Cutting.h"

namespace faltwerk::test
{

/** Sets up JUCE for as long as a test needs it. Declare it first. */
using Juce = juce::ScopedJuceInitialiser_GUI;

/** A processor at a rate, with its default kernel loaded. */
std::unique_ptr<PluginProcessor> makeProcessor (double sampleRate = 48000.0, int numInputs = 2, int numOutputs = 2);

/** Like that, stereo at 48 kHz, of a user whose settings and presets are in a folder. */
std::unique_ptr<PluginProcessor> makeProcessorOf (const juce::File& userFolder);

/** Waits until the kernel is that of the newest request and the newest edits, and its file has been looked for. */
void settle (PluginProcessor&);

/** Sets the mix to 100 %, and lets the kernel have its own level: nothing but the convolution. */
void setWetOnly (PluginProcessor&);

/** Loads a file and waits for the outcome. */
void load (PluginProcessor&, const juce::File&);

/** Its session; and taking one over, which is waited for. */
juce::MemoryBlock stateOf (PluginProcessor&);
void restore (PluginProcessor&, const juce::MemoryBlock&);

/** Its session without a copy of the present kernel, which a file must hold. Where a busy machine tells too late that it
    does, a copy is written to be safe: then once more. */
juce::MemoryBlock stateWithoutCopyOf (PluginProcessor&);

/** A session of a version whose text is given, and that has no copies. */
juce::MemoryBlock sessionOf (const juce::String& text, int version = PluginState::currentVersion);

/** What a processor makes of a sound, in callbacks of changing size. */
Sound process (PluginProcessor&, const Sound& input, const Cutting& cutting);
Sound process (PluginProcessor&, const Sound& input, size_t callbackSize = 512);

} // namespace faltwerk::test
