#pragma once

#include "Plugin/PluginProcessor.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace faltwerk
{

/** Returns the menu of the settings button: of this instance, of new ones, and of the editor. Each entry acts when it
    is chosen.

    @param scaleChanged  called with the editor's new scale in percent  @param addFolder  lets the user choose one
    [message] */
juce::PopupMenu settingsMenu (PluginProcessor&,
                              std::function<void (int)> scaleChanged,
                              std::function<void()> addFolder);

} // namespace faltwerk
