// Bytes as what is typed for a parameter: whatever they are, a value of its range, whose own text gives the same text.

#include "Instance.h"

#include <array>
#include <cmath>

using namespace faltwerk;

namespace
{

/** Takes bytes that are not UTF-8 as Latin-1. */
juce::String textOf (const uint8_t* data, size_t size)
{
    const auto* const characters = reinterpret_cast<const char*> (data);
    const auto length = static_cast<int> (size);

    if (juce::CharPointer_UTF8::isValidString (characters, length))
        return juce::String::fromUTF8 (characters, length);

    juce::String text;

    for (size_t n = 0; n < size; ++n)
        text += static_cast<juce::juce_wchar> (data[n] != 0 ? data[n] : ' ');

    return text;
}

bool isNormalised (float value) { return value >= 0.0f && value <= 1.0f; }

void checkParameter (const Parameters& parameters, const Parameter& parameter, const juce::String& text)
{
    const auto& range = parameter.getNormalisableRange();
    const float normalised = parameter.getValueForText (text);
    fuzz::require (isNormalised (normalised));

    if (const auto value = parameters.valueFromText (parameter, text))
        fuzz::require (*value >= range.start && *value <= range.end);

    const auto shown = parameter.getText (normalised, 0);
    fuzz::require (shown.isNotEmpty());
    fuzz::require (parameters.valueFromText (parameter, shown).has_value());
    fuzz::require (parameter.getText (parameter.getValueForText (shown), 0) == shown);
    fuzz::require (parameter.getText (normalised, 3).length() <= 3);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput (const uint8_t* data, size_t size)
{
    static const auto instance = fuzz::makeInstance();

    if (size == 0)
        return 0;

    constexpr std::array tempos { 120.0,
                                  33.3,
                                  999.0,
                                  1e-300,
                                  0.0,
                                  -5.0,
                                  std::numeric_limits<double>::infinity(),
                                  std::numeric_limits<double>::quiet_NaN() };
    const double tempo = tempos[data[0] % tempos.size()];
    const auto text = textOf (data + 1, size - 1);
    instance->parameters.setTempo (tempo);

    for (size_t index = 0; index < Parameters::count; ++index)
        checkParameter (instance->parameters, instance->parameters[index], text);

    for (int unit = 0; unit <= static_cast<int> (Unit::factor); ++unit)
        if (const auto value = valueOf (text, static_cast<Unit> (unit), tempo))
            fuzz::require (! std::isnan (*value));

    spokenText (text);
    return 0;
}
