#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Plugin/PluginProcessor.h"

namespace faltwerk
{

/** The button that names the preset, with an asterisk once it has been changed, and opens the menu of all. */
class PresetMenu : public ControlButton
{
public:
    explicit PresetMenu (PluginProcessor&);

    /** Follows what may change without a click. */
    void update();

    /** The menu; each entry acts on the processor. [message] */
    juce::PopupMenu menu();

    /** Asks for a name, and saves under it. */
    void askForName (const juce::String& title,
                     const juce::String& suggestion,
                     std::function<std::string (const juce::String&)> act);

private:
    void report (const std::string& sentence);

    PluginProcessor& processor;
    std::unique_ptr<juce::AlertWindow> question;
};

} // namespace faltwerk
