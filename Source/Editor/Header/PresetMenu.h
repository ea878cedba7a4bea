#pragma once

#include "Editor/Controls/ControlButton.h"
#include "Plugin/PluginProcessor.h"

namespace faltwerk
{

/** The button that names the preset, with an asterisk once it has been changed, and opens the menu of all. It has the
    colour of the surface that it shares with its arrows. */
class PresetMenu : public juce::Button
{
public:
    explicit PresetMenu (PluginProcessor&);

    static constexpr int width = 160, shortWidth = 132, leastWidth = 112; // whatever the name

    /** Follows what may change without a click. */
    void update();

    /** Returns the menu; each entry acts on the processor. [message] */
    juce::PopupMenu menu();

    /** Loads the next preset in the menu's order, 1, or the previous one, -1. */
    void step (int by);

    struct NameQuestion
    {
        juce::String title, verb, suggestion;                       // the verb is on the button
        std::function<juce::String (const juce::String&)> remarkOn; // says what happens if a name is used
        std::function<std::string (const juce::String&)> act;       // gives a sentence if the name will not do
    };

    /** Asks the user for a name. */
    using AskForName = std::function<void (NameQuestion)>;
    AskForName onAskForName;

    /** Called with what has been done, in a sentence. */
    std::function<void (const juce::String&)> onNotice;

    /** Called with the name of a preset that the user has deleted; restore() brings it back. */
    std::function<void (const juce::String& name)> onDeleted;
    void restore (const juce::String& name);

private:
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    void addPresets (juce::PopupMenu&, const juce::String& current, const juce::StringArray& own);
    void report (const std::string& sentence);
    std::string save (const juce::String& name);
    std::string rename (const juce::String& from, const juce::String& to);
    juce::String suggestedName() const;

    PluginProcessor& processor;
};

} // namespace faltwerk
