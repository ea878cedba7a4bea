#pragma once

#include <juce_audio_processors/juce_audio_processors.h>

#include <atomic>
#include <functional>

namespace faltwerk
{

/** A host parameter that keeps its value in its own unit, to the last bit.

    JUCE's parameters pass every value through 0..1 and back, which moves it by a bit. This one keeps a value that was
    set in its own unit, also when a host sends the matching 0..1 value back. What is not finite is ignored, from any
    source: the parameter keeps its value. */
class Parameter : public juce::RangedAudioParameter
{
public:
    /** Text functions: own unit to text, and text to own unit. */
    using ToText = std::function<juce::String (float)>;
    using FromText = std::function<float (const juce::String&)>;

    Parameter (const juce::ParameterID&,
               const juce::String& name,
               const juce::String& label,
               const juce::NormalisableRange<float>&,
               float initial,
               ToText,
               FromText);

    /** Returns the value in its own unit. Wait-free. [any] */
    float plainValue() const noexcept { return value.load (std::memory_order_relaxed); }

    /** Sets the value in its own unit, limited to the range, and tells the host if it differs. Ignores what is not
        finite. [not audio] */
    void setPlainValue (float);

    float plainDefault() const noexcept { return initialValue; }

    /** Returns the value as 0..1, as hosts see it. [any] */
    float getValue() const override { return convertTo0to1 (plainValue()); }
    void setValue (float normalised) override;

    float getDefaultValue() const override { return convertTo0to1 (initialValue); }
    const juce::NormalisableRange<float>& getNormalisableRange() const override { return range; }
    juce::String getText (float normalised, int maximumLength) const override;
    float getValueForText (const juce::String&) const override;

private:
    const juce::NormalisableRange<float> range;
    const float initialValue;
    const ToText toText;
    const FromText fromText;
    std::atomic<float> value; // any -> any, relaxed
};

/** A parameter with any value in a range. */
class FloatParameter : public Parameter
{
public:
    using Parameter::Parameter;

    float get() const noexcept { return plainValue(); }
    operator float() const noexcept { return plainValue(); } // NOLINT: reads as the value, like JUCE's

    FloatParameter& operator= (float wanted)
    {
        setPlainValue (wanted);
        return *this;
    }
};

/** A parameter whose value is the index of a choice. */
class ChoiceParameter : public Parameter
{
public:
    /** @param fromText  text to index */
    ChoiceParameter (const juce::ParameterID&,
                     const juce::String& name,
                     const juce::StringArray& choices,
                     int initial,
                     FromText fromText);

    int getIndex() const noexcept { return juce::roundToInt (plainValue()); }
    juce::String getCurrentChoiceName() const { return choices[getIndex()]; }

    ChoiceParameter& operator= (int wanted)
    {
        setPlainValue (static_cast<float> (wanted));
        return *this;
    }

    bool isDiscrete() const override { return true; }
    int getNumSteps() const override { return choices.size(); }

    const juce::StringArray choices;
};

/** A parameter that is on or off. */
class SwitchParameter : public Parameter
{
public:
    SwitchParameter (const juce::ParameterID&, const juce::String& name, bool initial, FromText);

    bool get() const noexcept { return plainValue() >= 0.5f; }
    operator bool() const noexcept { return get(); } // NOLINT: reads as the value, like JUCE's

    SwitchParameter& operator= (bool wanted)
    {
        setPlainValue (wanted ? 1.0f : 0.0f);
        return *this;
    }

    bool isDiscrete() const override { return true; }
    bool isBoolean() const override { return true; }
    int getNumSteps() const override { return 2; }
};

} // namespace faltwerk
