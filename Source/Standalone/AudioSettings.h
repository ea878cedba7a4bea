#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace juce
{
class StandalonePluginHolder;
}

namespace faltwerk
{

/** Opens the window in which the app's audio device is chosen and its input is muted. [message]
    @param lookAndFeel  outlives the window */
void showAudioSettings (juce::StandalonePluginHolder&, juce::LookAndFeel& lookAndFeel);

} // namespace faltwerk
