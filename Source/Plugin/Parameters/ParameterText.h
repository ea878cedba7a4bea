#pragma once

#include <juce_core/juce_core.h>

#include <optional>

namespace faltwerk
{

/** What a parameter's value counts, and so how people write it. */
enum class Unit
{
    decibels,
    decibelsOrSilence, // the quietest value is silence
    milliseconds,
    percent,
    hertz,
    lowCut,  // hertz; the lowest value is off
    highCut, // hertz; the highest value is off
    factor
};

/** The level at which decibelsOrSilence means silence, in dB. */
constexpr float quietestLevel = -60.0f;

/** The ends of every range in hertz. */
constexpr float lowestFrequency = 20.0f, highestFrequency = 20000.0f;

/** Return true if a cut at a frequency is off: at the end of its range, or too near to be audible. [any] */
bool isLowCutOff (float frequency) noexcept;
bool isHighCutOff (float frequency) noexcept;

/** Returns a unit as hosts show it beside a parameter, such as "dB". [not audio] */
juce::String nameOf (Unit);

/** Returns the text of a value, with a true minus and a no-break space before the unit. [not audio] */
juce::String textOf (float value, Unit);

/** Returns a value's text in words for screen readers, such as "minus 6.0 decibels". [not audio] */
juce::String spokenText (const juce::String& text);

/** Returns a value as people type it: a true minus or a hyphen, a decimal comma or point, with a unit or without: "-6
    dB", "80ms", "0.08 s", "11k", "50 %", "off", "-inf". For times also a note value at a tempo: "1/8", "1/8 t" for
    triplets, "1/8." or "1/8 d" for dotted. Not limited to any range. None if it cannot be read. [not audio] */
std::optional<float> valueOf (const juce::String& text, Unit, double beatsPerMinute);

} // namespace faltwerk
