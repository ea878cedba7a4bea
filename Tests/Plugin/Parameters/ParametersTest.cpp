#include "Plugin/Parameters/Parameters.h"

#include "Support/Catch.h"
#include "Support/Plugin.h"

#include <cmath>

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

    const Expected table[] = { { "gain", "Gain", -60, 24, 0 },
                               { "preDelay", "Pre-delay", 0, 500, 0 },
                               { "size", "Size", 25, 400, 100 },
                               { "decay", "Decay", 10, 200, 100 },
                               { "attack", "Attack", 0, 500, 0 },
                               { "width", "Width", 0, 200, 100 },
                               { "damping", "Damping", 0, 100, 0 },
                               { "reverse", "Reverse", 0, 1, 0 },
                               { "normalise", "Normalise", 0, 3, 2 },
                               { "lowCut", "Low cut", 20, 20000, 20 },
                               { "highCut", "High cut", 20, 20000, 20000 },
                               { "lowShelf.frequency", "Low shelf frequency", 20, 20000, 200 },
                               { "lowShelf.gain", "Low shelf gain", -24, 24, 0 },
                               { "lowShelf.q", "Low shelf Q", 0.1f, 4, 0.7071f },
                               { "highShelf.frequency", "High shelf frequency", 20, 20000, 5000 },
                               { "highShelf.gain", "High shelf gain", -24, 24, 0 },
                               { "highShelf.q", "High shelf Q", 0.1f, 4, 0.7071f },
                               { "mix", "Mix", 0, 100, 30 },
                               { "mixLaw", "Mix law", 0, 2, 0 },
                               { "wet", "Wet", -60, 12, 0 },
                               { "dry", "Dry", -60, 12, 0 },
                               { "out", "Out", -60, 24, 0 },
                               { "bypass", "Bypass", 0, 1, 0 } };
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

    CHECK (processor.getBypassParameter() == &processor.parameters.bypass);
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

TEST_CASE ("Every parameter's text is read back as its value", "[controls]")
{
    const test::Juce juce;
    PluginProcessor processor;
    auto& p = processor.parameters;
    p.setTempo (100.0);

    for (size_t index = 0; index < Parameters::count; ++index)
    {
        auto& parameter = p[index];

        for (int step = 0; step <= 200; ++step)
        {
            const auto text = parameter.getText (static_cast<float> (step) / 200.0f, 64);
            const auto value = p.valueFromText (parameter, text);
            CAPTURE (parameter.paramID, text, step);
            REQUIRE (value);
            CHECK (parameter.getText (parameter.convertTo0to1 (*value), 64) == text);
            CHECK (parameter.getValueForText (text) == Approx (parameter.convertTo0to1 (*value)).margin (1e-6));
        }

        // What cannot be read gives nothing, and leaves the value to a host that insists on one.
        for (const char* text :
             { "", " ", "quiet", "dB", "1..2", "--3", "3 apples", "1/0", "1/", "/8", "nan", "-", "." })
        {
            CAPTURE (parameter.paramID, text);
            CHECK_FALSE (p.valueFromText (parameter, text));
            CHECK (parameter.getValueForText (text) == Approx (parameter.getValue()).margin (1e-6));
        }
    }

    const auto read = [&p] (const juce::RangedAudioParameter& parameter, const char* text)
    {
        const auto value = p.valueFromText (parameter, juce::CharPointer_UTF8 (text));
        return value ? *value : -1000.0f;
    };

    CHECK (read (p.preDelay, "80") == 80.0f);
    CHECK (read (p.preDelay, "80ms") == 80.0f);
    CHECK (read (p.preDelay, "0.08 s") == Approx (80.0f));
    CHECK (read (p.preDelay, "0,08 s") == Approx (80.0f));
    CHECK (read (p.preDelay, "1/8") == Approx (300.0f)); // at 100 beats a minute
    CHECK (read (p.preDelay, "1 / 8 t") == Approx (200.0f));
    CHECK (read (p.preDelay, "1/8.") == Approx (450.0f));
    CHECK (read (p.preDelay, "1/8 d") == Approx (450.0f));
    CHECK (read (p.preDelay, "1/2") == 500.0f); // 1.2 s is longer than it goes
    CHECK (read (p.preDelay, "off") == 0.0f);
    CHECK (read (p.preDelay, "3 dB") == -1000.0f);
    CHECK (read (p.gain, "-6 dB") == -6.0f);
    CHECK (read (p.gain, "1/8") == -1000.0f);
    CHECK (read (p.highCut, "11k") == Approx (11000.0f));
    CHECK (read (p.highCut, "1.2 kHz") == Approx (1200.0f));
    CHECK (read (p.highCut, "off") == 20000.0f);
    CHECK (read (p.lowCut, "Off") == 20.0f);
    CHECK (read (p.lowCut, "80 Hz") == 80.0f);
    CHECK (read (p.size, "50 %") == 50.0f);
    CHECK (read (p.size, "off") == -1000.0f);
    CHECK (read (p.reverse, "on") == 1.0f);
    CHECK (read (p.normalise, "Loudness") == 3.0f);
    CHECK (read (p.mixLaw, "equal POWER") == 2.0f);

    const auto textOf = [] (const juce::RangedAudioParameter& parameter, float value)
    { return plain (parameter.getText (parameter.convertTo0to1 (value), 64)); };
    CHECK (textOf (p.lowCut, 20.0f) == "off");
    CHECK (textOf (p.highCut, 20000.0f) == "off");
    CHECK (textOf (p.highCut, 11000.0f) == "11.0 kHz");
    CHECK (textOf (p.preDelay, 12.34f) == "12.3 ms");

    // 100 % lies at 12 o'clock of those that go both ways.
    for (const auto* parameter : { &p.size, &p.decay, &p.width })
        CHECK (parameter->convertTo0to1 (100.0f) == Approx (0.5f));
}

TEST_CASE ("The mix laws are what they are called", "[controls]")
{
    const test::Juce juce;
    PluginProcessor processor;
    auto& p = processor.parameters;

    for (int percent = 0; percent <= 100; percent += 5)
    {
        const double share = percent / 100.0;
        p.mix = static_cast<float> (percent);
        CAPTURE (percent);

        p.mixLaw = 0;
        CHECK (p.snapshot().wet == Approx (std::min (1.0, 2.0 * share)).margin (1e-6));
        CHECK (p.snapshot().dry == Approx (std::min (1.0, 2.0 - 2.0 * share)).margin (1e-6));
        p.mixLaw = 1;
        CHECK (p.snapshot().wet == Approx (share).margin (1e-6));
        CHECK (p.snapshot().dry == Approx (1.0 - share).margin (1e-6));
        p.mixLaw = 2;
        const auto controls = p.snapshot();
        CHECK (controls.wet == Approx (std::sin (share * 1.57079632679)).margin (1e-6));
        CHECK (controls.wet * controls.wet + controls.dry * controls.dry == Approx (1.0).margin (1e-6));
    }

    CHECK (p.snapshot().dry == 0.0f); // at 100 %
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
