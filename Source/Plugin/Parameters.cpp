#include "Plugin/Parameters.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

constexpr float quietest = -60.0f; // dB; at the end of the Wet and Dry knobs it means silence

const auto minus = juce::String::charToString (0x2212);
const auto space = juce::String::charToString (0xa0); // does not break
const auto infinity = juce::String::charToString (0x221e);

enum class Bottom
{
    finite,
    silent
};

juce::String decibels (float value, Bottom bottom)
{
    if (bottom == Bottom::silent && value <= quietest)
        return minus + infinity + space + "dB";

    const auto rounded = std::round (value * 10.0f) / 10.0f;
    return (rounded < 0.0f ? minus : juce::String()) + juce::String (std::abs (rounded), 1) + space + "dB";
}

/** A number as people type it: a true minus, a comma, any unit after it. */
float numberIn (const juce::String& text)
{
    return text.replace (minus, "-").replaceCharacter (',', '.').retainCharacters ("-+.0123456789").getFloatValue();
}

float decibelsIn (const juce::String& text)
{
    const auto plain = text.replace (infinity, "inf").toLowerCase();
    return plain.contains ("inf") || plain.contains ("off") ? quietest : numberIn (text);
}

/** A range in dB whose knob has `middle` at 12 o'clock. */
juce::NormalisableRange<float> range (float low, float high, float middle)
{
    juce::NormalisableRange<float> result (low, high);
    result.setSkewForCentre (middle);
    return result;
}

juce::AudioParameterFloat& add (juce::AudioProcessor& processor, std::unique_ptr<juce::AudioParameterFloat> parameter)
{
    auto& reference = *parameter;
    processor.addParameter (parameter.release());
    return reference;
}

juce::AudioParameterFloat& addLevel (juce::AudioProcessor& processor,
                                     const char* id,
                                     const char* name,
                                     const juce::NormalisableRange<float>& levels,
                                     Bottom bottom)
{
    const auto attributes =
        juce::AudioParameterFloatAttributes()
            .withLabel ("dB")
            .withStringFromValueFunction ([bottom] (float value, int) { return decibels (value, bottom); })
            .withValueFromStringFunction (decibelsIn);
    return add (processor, std::make_unique<juce::AudioParameterFloat> (juce::ParameterID (id, 1), name, levels, 0.0f,
                                                                        attributes));
}

juce::AudioParameterFloat& addMix (juce::AudioProcessor& processor)
{
    const auto attributes =
        juce::AudioParameterFloatAttributes()
            .withLabel ("%")
            .withStringFromValueFunction ([] (float value, int)
                                          { return juce::String (juce::roundToInt (value)) + space + "%"; })
            .withValueFromStringFunction (numberIn);
    return add (processor, std::make_unique<juce::AudioParameterFloat> (juce::ParameterID ("mix", 1), "Mix",
                                                                        juce::NormalisableRange<float> (0, 100), 30.0f,
                                                                        attributes));
}

juce::AudioParameterBool& addBypass (juce::AudioProcessor& processor)
{
    auto parameter = std::make_unique<juce::AudioParameterBool> (juce::ParameterID ("bypass", 1), "Bypass", false);
    auto& reference = *parameter;
    processor.addParameter (parameter.release());
    return reference;
}

float gainOf (float level) noexcept { return std::pow (10.0f, level / 20.0f); }

float gainOrSilence (float level) noexcept { return level <= quietest ? 0.0f : gainOf (level); }

} // namespace

Parameters::Parameters (juce::AudioProcessor& processor)
    : gain (addLevel (processor, "gain", "Gain", range (-60, 24, 0), Bottom::finite))
    , mix (addMix (processor))
    , wet (addLevel (processor, "wet", "Wet", range (quietest, 12, -12), Bottom::silent))
    , dry (addLevel (processor, "dry", "Dry", range (quietest, 12, -12), Bottom::silent))
    , out (addLevel (processor, "out", "Out", range (-60, 24, 0), Bottom::finite))
    , bypass (addBypass (processor))
{
}

EngineControls Parameters::snapshot() const noexcept
{
    // The mix law *balance*: both sounds are at 0 dB in the middle.
    const float share = mix.get() / 100.0f;

    EngineControls controls;
    controls.gain = gainOf (gain.get());
    controls.wet = gainOrSilence (wet.get()) * std::min (1.0f, 2.0f * share);
    controls.dry = gainOrSilence (dry.get()) * std::min (1.0f, 2.0f - 2.0f * share);
    controls.out = gainOf (out.get());
    controls.bypassed = bypass.get();
    return controls;
}

} // namespace faltwerk
