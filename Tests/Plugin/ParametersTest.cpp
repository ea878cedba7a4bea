#include "Plugin/Parameters.h"

#include "Support/Catch.h"
#include "Support/Plugin.h"

using namespace faltwerk;

namespace
{

juce::String plain (const juce::String& text)
{
    return text.replace (juce::String::charToString (0x2212), "-")
        .replace (juce::String::charToString (0xa0), " ")
        .replace (juce::String::charToString (0x221e), "inf");
}

} // namespace

TEST_CASE ("Identifiers, names, ranges and defaults are for ever", "[controls]")
{
    const test::Juce juce;
    const PluginProcessor processor;

    struct Expected
    {
        const char* id;
        const char* name;
        float low, high, initial;
    };

    const Expected table[] = { { "gain", "Gain", -60, 24, 0 }, { "mix", "Mix", 0, 100, 30 },
                               { "wet", "Wet", -60, 12, 0 },   { "dry", "Dry", -60, 12, 0 },
                               { "out", "Out", -60, 24, 0 },   { "bypass", "Bypass", 0, 1, 0 } };
    const auto& parameters = processor.getParameters();
    REQUIRE (parameters.size() == static_cast<int> (std::size (table)));

    for (int n = 0; n < parameters.size(); ++n)
    {
        const auto* const parameter = dynamic_cast<juce::RangedAudioParameter*> (parameters[n]);
        const auto& expected = table[n];
        CAPTURE (expected.id);
        REQUIRE (parameter != nullptr);
        CHECK (parameter->paramID == expected.id);
        CHECK (parameter->getName (64) == expected.name);
        CHECK (parameter->getNormalisableRange().start == expected.low);
        CHECK (parameter->getNormalisableRange().end == expected.high);
        CHECK (parameter->convertFrom0to1 (parameter->getDefaultValue()) == Approx (expected.initial).margin (1e-4));
        CHECK (parameter->isAutomatable());
    }

    CHECK (processor.getBypassParameter() == parameters[5]);
}

TEST_CASE ("Values are text both ways", "[controls]")
{
    const test::Juce juce;
    const PluginProcessor processor;
    const auto& p = processor.parameters;
    const auto textOf = [] (const juce::RangedAudioParameter& parameter, float value)
    { return plain (parameter.getText (parameter.convertTo0to1 (value), 64)); };
    const auto valueOf = [] (const juce::RangedAudioParameter& parameter, const char* text)
    { return parameter.convertFrom0to1 (parameter.getValueForText (juce::CharPointer_UTF8 (text))); };

    CHECK (textOf (p.gain, 0.0f) == "0.0 dB");
    CHECK (textOf (p.gain, -12.54f) == "-12.5 dB");
    CHECK (textOf (p.gain, -0.01f) == "0.0 dB"); // no minus zero
    CHECK (textOf (p.wet, -60.0f) == "-inf dB");
    CHECK (textOf (p.mix, 30.0f) == "30 %");

    CHECK (valueOf (p.gain, "-6 dB") == Approx (-6.0f));
    CHECK (valueOf (p.gain, "\xe2\x88\x92"
                            "3,5dB")
           == Approx (-3.5f));
    CHECK (valueOf (p.gain, "+3") == Approx (3.0f));
    CHECK (valueOf (p.gain, "99") == Approx (24.0f));
    CHECK (valueOf (p.dry, "-\xe2\x88\x9e dB") == Approx (-60.0f));
    CHECK (valueOf (p.dry, "-inf") == Approx (-60.0f));
    CHECK (valueOf (p.dry, "off") == Approx (-60.0f));
    CHECK (valueOf (p.mix, "45%") == Approx (45.0f));

    // 0 dB lies at 12 o'clock of the bipolar knobs.
    CHECK (p.gain.convertTo0to1 (0.0f) == Approx (0.5f));
    CHECK (p.out.convertTo0to1 (0.0f) == Approx (0.5f));
}

TEST_CASE ("The engine's levels follow from the parameters", "[controls]")
{
    const test::Juce juce;
    PluginProcessor processor;
    auto& p = processor.parameters;

    p.gain = 6.0f;
    p.out = -6.0f;
    p.wet = -20.0f;
    p.mix = 50.0f;
    auto controls = p.snapshot();
    CHECK (controls.gain == Approx (1.9953f).epsilon (1e-3));
    CHECK (controls.out == Approx (0.5012f).epsilon (1e-3));
    CHECK (controls.wet == Approx (0.1f).epsilon (1e-3));
    CHECK (controls.dry == Approx (1.0f)); // balance: both at 0 dB in the middle
    CHECK_FALSE (controls.bypassed);

    p.wet = 0.0f;
    p.mix = 25.0f;
    CHECK (p.snapshot().wet == Approx (0.5f));
    CHECK (p.snapshot().dry == Approx (1.0f));
    p.mix = 75.0f;
    CHECK (p.snapshot().wet == Approx (1.0f));
    CHECK (p.snapshot().dry == Approx (0.5f));
    p.mix = 100.0f;
    CHECK (p.snapshot().dry == 0.0f);
    p.mix = 50.0f;
    p.dry = -60.0f;
    CHECK (p.snapshot().dry == 0.0f);
    p.bypass = true;
    CHECK (p.snapshot().bypassed);
}
