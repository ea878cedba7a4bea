#pragma once

#include <juce_core/juce_core.h>

namespace faltwerk
{

/** Why no window can be opened, as a sentence; empty if one can. */
juce::String missingDisplay();

/** Why no sound can be played, as a sentence; empty if it can. */
juce::String missingAudioDevice();

} // namespace faltwerk
