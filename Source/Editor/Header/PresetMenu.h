#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Plugin/PluginProcessor.h"

namespace faltwerk
{

/** The button that names the preset, with an asterisk once it has been changed, and opens the menu of all. */
class PresetMenu : public juce::Button
{
public:
    explicit PresetMenu (PluginProcessor&);

    static constexpr int width = 172, leastWidth = 132; // whatever the name

    /** Follows what may change without a click. */
    void update();

    /** The menu; each entry acts on the processor. [message] */
    juce::PopupMenu menu();

    /** Asks for a name, and saves under it. */
    void askForName (const juce::String& title,
                     const juce::String& suggestion,
                     std::function<std::string (const juce::String&)> act);

private:
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    void report (const std::string& sentence);

    PluginProcessor& processor;
    std::unique_ptr<juce::AlertWindow> question;
};

} // namespace faltwerk
