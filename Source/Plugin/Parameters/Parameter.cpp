#include "Plugin/Parameters/Parameter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

namespace
{

/** Returns the range of an index below a number of choices. */
juce::NormalisableRange<float> rangeOfChoices (int numChoices)
{
    return { 0.0f, static_cast<float> (numChoices - 1), 1.0f };
}

} // namespace

Parameter::Parameter (const juce::ParameterID& id,
                      const juce::String& parameterName,
                      const juce::String& unit,
                      const juce::NormalisableRange<float>& values,
                      float initial,
                      ToText valueToText,
                      FromText textToValue)
    : juce::RangedAudioParameter (id, parameterName, juce::AudioProcessorParameterWithIDAttributes().withLabel (unit))
    , range (values)
    , initialValue (initial)
    , toText (std::move (valueToText))
    , fromText (std::move (textToValue))
    , value (initial)
{
}

void Parameter::setPlainValue (float wanted)
{
    if (! std::isfinite (wanted))
        return;

    wanted = range.snapToLegalValue (std::clamp (wanted, range.start, range.end));

    if (value.exchange (wanted, std::memory_order_relaxed) != wanted)
        setValueNotifyingHost (convertTo0to1 (wanted)); // which setValue() takes as the value that is there
}

void Parameter::setValue (float normalised)
{
    if (std::isfinite (normalised) && normalised != getValue())
        value.store (convertFrom0to1 (normalised), std::memory_order_relaxed);
}

juce::String Parameter::getText (float normalised, int maximumLength) const
{
    const auto text = toText (std::isfinite (normalised) ? convertFrom0to1 (normalised) : plainValue());
    return maximumLength > 0 ? text.substring (0, maximumLength) : text;
}

float Parameter::getValueForText (const juce::String& text) const
{
    const float read = fromText (text);
    return convertTo0to1 (std::isfinite (read) ? read : plainValue());
}

ChoiceParameter::ChoiceParameter (const juce::ParameterID& id,
                                  const juce::String& parameterName,
                                  const juce::StringArray& names,
                                  int initial,
                                  FromText textToIndex)
    : Parameter (
        id,
        parameterName,
        {},
        rangeOfChoices (names.size()),
        static_cast<float> (initial),
        [names] (float index) { return names[juce::roundToInt (index)]; },
        std::move (textToIndex))
    , choices (names)
{
}

SwitchParameter::SwitchParameter (const juce::ParameterID& id,
                                  const juce::String& parameterName,
                                  bool initial,
                                  FromText textToValue)
    : Parameter (
        id,
        parameterName,
        {},
        rangeOfChoices (2),
        initial ? 1.0f : 0.0f,
        [] (float on) { return on >= 0.5f ? "On" : "Off"; },
        std::move (textToValue))
{
}

} // namespace faltwerk
