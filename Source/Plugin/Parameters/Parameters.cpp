#include "Plugin/Parameters/Parameters.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** Returns a range whose knob has `middle` at 12 o'clock. */
juce::NormalisableRange<float> range (float low, float high, float middle)
{
    juce::NormalisableRange<float> result (low, high);
    result.setSkewForCentre (middle);
    return result;
}

/** Returns a logarithmic range of frequencies. */
juce::NormalisableRange<float> frequencies()
{
    return { lowestFrequency, highestFrequency,
             [] (float low, float high, float x) { return low * std::pow (high / low, x); },
             [] (float low, float high, float f) { return std::log (f / low) / std::log (high / low); },
             [] (float low, float high, float f) { return std::clamp (f, low, high); } };
}

float valueOf (const FloatParameter& parameter) noexcept { return parameter.get(); }

float gainOf (float level) noexcept { return std::pow (10.0f, level / 20.0f); }

float gainOrSilence (float level) noexcept { return level <= quietestLevel ? 0.0f : gainOf (level); }

struct Shares
{
    float wet, dry;
};

Shares sharesOf (float share, MixLaw law) noexcept
{
    if (law == MixLaw::linear)
        return { share, 1.0f - share };

    if (law == MixLaw::equalPower)
        return { std::sin (share * juce::MathConstants<float>::halfPi),
                 std::sin ((1.0f - share) * juce::MathConstants<float>::halfPi) };

    return { std::min (1.0f, 2.0f * share), std::min (1.0f, 2.0f - 2.0f * share) };
}

ToneBand lowCutOf (float frequency) noexcept
{
    return { ToneBand::Kind::lowCut, ! isLowCutOff (frequency), frequency };
}

ToneBand highCutOf (float frequency) noexcept
{
    return { ToneBand::Kind::highCut, ! isHighCutOff (frequency), frequency };
}

ToneBand shelfOf (ToneBand::Kind kind, const Parameters::Shelf& shelf) noexcept
{
    // What the way through 0..1 adds to 0 dB is no gain: at rest a shelf costs nothing.
    const float gain = std::abs (valueOf (shelf.gain)) < 0.001f ? 0.0f : valueOf (shelf.gain);
    return { kind, true, valueOf (shelf.frequency), gain, valueOf (shelf.q) };
}

/** Returns a value as people would write it: what the way through 0..1 adds to its end is taken away, so that a knob at
    rest is exactly at rest. */
double written (const FloatParameter& parameter)
{
    return std::round (static_cast<double> (valueOf (parameter)) * 1000.0) / 1000.0;
}

/** Returns the place of a word in a list, in any case of letters, or of the only one that begins so. */
std::optional<int> findWord (const juce::StringArray& words, const juce::String& text)
{
    const auto wanted = text.trim();
    std::optional<int> found;

    if (const int exact = words.indexOf (wanted, true); exact >= 0)
        return exact;

    for (int n = 0; n < words.size(); ++n)
    {
        if (wanted.isNotEmpty() && words[n].startsWithIgnoreCase (wanted))
        {
            if (found)
                return {};

            found = n;
        }
    }

    return found;
}

std::optional<float> readSwitch (const juce::String& text)
{
    const auto word = findWord ({ "off", "on", "no", "yes", "false", "true", "0", "1" }, text);
    return word ? std::optional (static_cast<float> (*word % 2)) : std::nullopt;
}

} // namespace

Parameters::Parameters (juce::AudioProcessor& owner)
    : processor (owner)
    , gain (add ({ "gain", "Gain", 1 }, range (-60, 24, 0), 0, Unit::decibels))
    , preDelay (add ({ "preDelay", "Pre-delay", 2 }, range (0, 500, 80), 0, Unit::milliseconds))
    , size (add ({ "size", "Size", 2 }, range (25, 400, 100), 100, Unit::percent))
    , decay (add ({ "decay", "Decay", 2 }, range (10, 200, 100), 100, Unit::percent))
    , attack (add ({ "attack", "Attack", 2 }, range (0, 500, 80), 0, Unit::milliseconds))
    , width (add ({ "width", "Width", 2 }, { 0, 200 }, 100, Unit::percent))
    , damping (add ({ "damping", "Damping", 2 }, { 0, 100 }, 0, Unit::percent))
    , reverse (addSwitch ({ "reverse", "Reverse", 2 }))
    , normalise (addChoice ({ "normalise", "Normalise", 2 }, { "Off", "Peak", "Energy", "Loudness" }, 2))
    , lowCut (add ({ "lowCut", "Low cut", 2 }, frequencies(), lowestFrequency, Unit::lowCut))
    , highCut (add ({ "highCut", "High cut", 2 }, frequencies(), highestFrequency, Unit::highCut))
    , lowShelf (addShelf ({ { { "lowShelf.frequency", "Low shelf frequency", 2 },
                              { "lowShelf.gain", "Low shelf gain", 2 },
                              { "lowShelf.q", "Low shelf Q", 2 } } },
                          200))
    , highShelf (addShelf ({ { { "highShelf.frequency", "High shelf frequency", 2 },
                               { "highShelf.gain", "High shelf gain", 2 },
                               { "highShelf.q", "High shelf Q", 2 } } },
                           5000))
    , mix (add ({ "mix", "Mix", 1 }, { 0, 100 }, 30, Unit::percent))
    , mixLaw (addChoice ({ "mixLaw", "Mix law", 2 }, { "Balance", "Linear", "Equal power" }, 0))
    , wet (add ({ "wet", "Wet", 1 }, range (quietestLevel, 12, -12), 0, Unit::decibelsOrSilence))
    , dry (add ({ "dry", "Dry", 1 }, range (quietestLevel, 12, -12), 0, Unit::decibelsOrSilence))
    , out (add ({ "out", "Out", 1 }, range (-60, 24, 0), 0, Unit::decibels))
    , bypass (addSwitch ({ "bypass", "Bypass", 1 }))
{
    jassert (units.size() == count);
}

FloatParameter& Parameters::add (const Name& name,
                                 const juce::NormalisableRange<float>& values,
                                 float initial,
                                 Unit unit)
{
    auto* const parameter = new FloatParameter (
        juce::ParameterID (name.id, name.version), name.name, nameOf (unit), values, initial,
        [unit] (float value) { return textOf (value, unit); }, textReader());
    units.push_back (unit);
    processor.addParameter (parameter);
    return *parameter;
}

ChoiceParameter& Parameters::addChoice (const Name& name, const juce::StringArray& choices, int initial)
{
    auto* const parameter =
        new ChoiceParameter (juce::ParameterID (name.id, name.version), name.name, choices, initial, textReader());
    units.push_back (Unit::factor);
    processor.addParameter (parameter);
    return *parameter;
}

SwitchParameter& Parameters::addSwitch (const Name& name)
{
    auto* const parameter =
        new SwitchParameter (juce::ParameterID (name.id, name.version), name.name, false, textReader());
    units.push_back (Unit::factor);
    processor.addParameter (parameter);
    return *parameter;
}

Parameters::Shelf Parameters::addShelf (const std::array<Name, 3>& names, float frequency)
{
    auto& first = add (names[0], frequencies(), frequency, Unit::hertz);
    auto& second = add (names[1], { -24, 24 }, 0, Unit::decibels);
    auto& third = add (names[2], range (0.1f, 4, 0.7071f), 0.7071f, Unit::factor);
    return { first, second, third };
}

Parameter& Parameters::operator[] (size_t index) const noexcept
{
    return *static_cast<Parameter*> (processor.getParameters().getUnchecked (static_cast<int> (index)));
}

std::optional<size_t> Parameters::find (const juce::String& id) const
{
    for (size_t index = 0; index < count; ++index)
        if ((*this)[index].paramID == id)
            return index;

    return {};
}

/** Reads text for the parameter that is added next; a host's text that cannot be read leaves the value as it is. */
Parameter::FromText Parameters::textReader()
{
    return [this, index = units.size()] (const juce::String& text)
    {
        auto& parameter = (*this)[index];
        return valueFromText (parameter, text).value_or (parameter.plainValue());
    };
}

std::optional<float> Parameters::valueFromText (const juce::RangedAudioParameter& parameter,
                                                const juce::String& text) const
{
    if (dynamic_cast<const SwitchParameter*> (&parameter) != nullptr)
        return readSwitch (text);

    if (const auto* const choice = dynamic_cast<const ChoiceParameter*> (&parameter))
    {
        const auto place = findWord (choice->choices, text);
        return place ? std::optional (static_cast<float> (*place)) : std::nullopt;
    }

    const auto unit = units[static_cast<size_t> (parameter.getParameterIndex())];
    const auto value = valueOf (text, unit, getTempo());
    const auto& values = parameter.getNormalisableRange();
    return value ? std::optional (std::clamp (*value, values.start, values.end)) : std::nullopt;
}

Parameters::Values Parameters::values() const noexcept
{
    Values result {};

    for (size_t index = 0; index < count; ++index)
        result[index] = (*this)[index].plainValue();

    return result;
}

Parameters::Values Parameters::defaults() const noexcept
{
    Values result {};

    for (size_t index = 0; index < count; ++index)
        result[index] = (*this)[index].plainDefault();

    return result;
}

void Parameters::set (const Values& wanted)
{
    for (size_t index = 0; index < count; ++index)
        (*this)[index].setPlainValue (wanted[index]);
}

EngineControls Parameters::snapshot() const noexcept
{
    const auto shares = sharesOf (valueOf (mix) / 100.0f, static_cast<MixLaw> (mixLaw.getIndex()));

    EngineControls controls;
    controls.gain = gainOf (valueOf (gain));
    controls.wet = gainOrSilence (valueOf (wet)) * shares.wet;
    controls.dry = gainOrSilence (valueOf (dry)) * shares.dry;
    controls.out = gainOf (valueOf (out));
    controls.bypassed = bypass.get();
    controls.tone[ToneBand::Kind::lowCut] = lowCutOf (valueOf (lowCut));
    controls.tone[ToneBand::Kind::lowShelf] = shelfOf (ToneBand::Kind::lowShelf, lowShelf);
    controls.tone[ToneBand::Kind::highShelf] = shelfOf (ToneBand::Kind::highShelf, highShelf);
    controls.tone[ToneBand::Kind::highCut] = highCutOf (valueOf (highCut));
    return controls;
}

Parameters::Rebuild Parameters::rebuild() const noexcept
{
    return { valueOf (preDelay),
             valueOf (size),
             valueOf (decay),
             valueOf (attack),
             valueOf (width),
             valueOf (damping),
             reverse.get() ? 1.0f : 0.0f,
             static_cast<float> (normalise.getIndex()) };
}

Edits Parameters::edits() const
{
    Edits edits;
    edits.reverse = reverse.get();
    edits.stretch = written (size) / 100.0;
    edits.attack = written (attack) / 1000.0;
    edits.decay = written (decay) / 100.0;
    edits.width = written (width) / 100.0;
    edits.damping = written (damping) / 100.0;
    edits.normalise = static_cast<Normalise> (normalise.getIndex());
    edits.preDelay = written (preDelay) / 1000.0;
    return edits;
}

} // namespace faltwerk
