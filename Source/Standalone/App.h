#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** Makes the application that shows the plugin in a window of its own and connects it to the audio device. */
juce::JUCEApplicationBase* createApp();

} // namespace faltwerk
