#pragma once

#include <juce_core/juce_core.h>

namespace faltwerk
{

/** Returns a sentence that says why no window can be opened; empty if one can. */
juce::String missingDisplay();

/** Returns a sentence that says why no sound can be played; empty if it can. */
juce::String missingAudioDevice();

} // namespace faltwerk
