#pragma once

#include "Convolution/Engine.h"

#include <juce_audio_processors/juce_audio_processors.h>

namespace faltwerk
{

/** Every parameter of the plugin, each defined once: identifier, name, range, unit, text, default.

    Identifiers and ranges are for ever: sessions and automation hold them. The parameters belong to the processor that
    they were added to. */
class Parameters
{
public:
    /** Adds the parameters to the processor. [message] */
    explicit Parameters (juce::AudioProcessor& processor);

    juce::AudioParameterFloat& gain;
    juce::AudioParameterFloat& mix;
    juce::AudioParameterFloat& wet;
    juce::AudioParameterFloat& dry;
    juce::AudioParameterFloat& out;
    juce::AudioParameterBool& bypass;

    /** What the engine needs of them now; call once for each block. [audio] */
    EngineControls snapshot() const noexcept;
};

} // namespace faltwerk
