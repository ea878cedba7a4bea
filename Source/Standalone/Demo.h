#pragma once

#include <juce_core/juce_core.h>

namespace faltwerk
{

/** Runs the app without a display or an audio device: plays the demo loop through the plugin's processor in callbacks
    of 64 frames, writes the sound as WAV and the editor's picture as PNG, and prints latency, load and worst callback.
    Returns the program's exit code. */
int runDemo (const juce::File& sound, const juce::File& picture);

} // namespace faltwerk
