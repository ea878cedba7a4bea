#pragma once

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A menu for a parameter with choices: shows the present one, and opens a list of all. Arrow keys step through. */
class ParameterMenu : public juce::Button
{
public:
    explicit ParameterMenu (juce::AudioParameterChoice&);

private:
    void clicked() override;
    bool keyPressed (const juce::KeyPress&) override;
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }
    void choose (int index);

    juce::AudioParameterChoice& parameter;
    juce::ParameterAttachment attachment;
};

} // namespace faltwerk
