#pragma once

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_gui_basics/juce_gui_basics.h>

namespace faltwerk
{

/** A switch for a parameter that is off or on, with its name beside it. */
class ParameterSwitch : public juce::Button
{
public:
    explicit ParameterSwitch (juce::RangedAudioParameter&);

    /** Returns the width that its contents need, with the margin for the focus ring. */
    int idealWidth() const;

private:
    void paintButton (juce::Graphics&, bool highlighted, bool down) override;
    void focusGained (FocusChangeType) override { repaint(); }
    void focusLost (FocusChangeType) override { repaint(); }

    juce::ButtonParameterAttachment attachment;
};

} // namespace faltwerk
