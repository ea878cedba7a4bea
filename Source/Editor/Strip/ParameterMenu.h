#pragma once

#include "Editor/Controls/ChoiceMenu.h"
#include "Plugin/Parameters/Parameter.h"

#include <juce_audio_processors/juce_audio_processors.h>

namespace faltwerk
{

/** A menu for a parameter with choices. */
class ParameterMenu : public ChoiceMenu
{
public:
    /** @param words  stand before the choice; empty: none */
    explicit ParameterMenu (ChoiceParameter& parameter, const juce::String& words = {})
        : ChoiceMenu (parameter.getName (64), words, parameter.choices)
        , attachment (parameter, [this] (float value) { show (juce::roundToInt (value)); })
    {
        setComponentID (parameter.paramID);
        onChoose = [this] (int index) { attachment.setValueAsCompleteGesture (static_cast<float> (index)); };
        attachment.sendInitialUpdate();
    }

private:
    juce::ParameterAttachment attachment;
};

} // namespace faltwerk
