#include "Plugin/State/FactoryPresets.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/Generators/GeneratorTable.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <utility>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

constexpr double sampleRate = 48000.0;

bool contains (std::span<const std::string_view> words, std::string_view word)
{
    return std::find (words.begin(), words.end(), word) != words.end();
}

/** A second-order section in double precision. */
struct Section
{
    double b0, b1, b2, a1, a2, s1 = 0.0, s2 = 0.0;

    double operator() (double x)
    {
        const double y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }
};

/** The level of a sound from a frame on in LKFS, without gates: ITU-R BS.1770-4, whose table gives the sections for
    48 kHz. */
double loudness (const Sound& sound, size_t from)
{
    double sum = 0.0;

    for (const auto& channel : sound.channels)
    {
        Section shelf { 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585 };
        Section highPass { 1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621 };

        for (size_t n = 0; n < channel.size(); ++n)
        {
            const double y = highPass (shelf (static_cast<double> (channel[n])));
            sum += n >= from ? y * y : 0.0;
        }
    }

    return -0.691 + 10.0 * std::log10 (sum / static_cast<double> (sound.channels[0].size() - from));
}

/** Strokes of pink noise, four a second, that fall by 60 dB in 0.4 s; half of it is the same in both channels. P. Kellet's filter
    makes pink noise of white, within 0.05 dB above 9 Hz. */
Sound programme (size_t length)
{
    const auto pink = [length] (unsigned seed)
    {
        std::mt19937 random (seed);
        std::uniform_real_distribution<double> white (-1.0, 1.0);
        std::vector<double> result (length);
        double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0;

        for (auto& sample : result)
        {
            const double w = white (random);
            b0 = 0.99886 * b0 + w * 0.0555179;
            b1 = 0.99332 * b1 + w * 0.0750759;
            b2 = 0.96900 * b2 + w * 0.1538520;
            b3 = 0.86650 * b3 + w * 0.3104856;
            b4 = 0.55000 * b4 + w * 0.5329522;
            b5 = -0.7616 * b5 - w * 0.0168980;
            sample = b0 + b1 + b2 + b3 + b4 + b5 + b6 + w * 0.5362;
            b6 = w * 0.115926;
        }

        return result;
    };

    const auto middle = pink (1), left = pink (2), right = pink (3);
    Sound sound { { std::vector<float> (length), std::vector<float> (length) }, sampleRate };

    for (size_t n = 0; n < length; ++n)
    {
        const double seconds = std::fmod (static_cast<double> (n) / sampleRate, 0.25);
        const double gain = 0.03 * std::pow (10.0, -3.0 * seconds / 0.4);
        sound.channels[0][n] = static_cast<float> (gain * (middle[n] + left[n]));
        sound.channels[1][n] = static_cast<float> (gain * (middle[n] + right[n]));
    }

    return sound;
}

/** By how many dB a processor's preset makes the programme louder once its kernel is full of it. */
double gainOfProgramme (PluginProcessor& processor)
{
    constexpr size_t from = static_cast<size_t> (11 * sampleRate), length = static_cast<size_t> (15 * sampleRate);
    static const auto sound = programme (length);
    processor.prepareToPlay (sampleRate, 512);
    test::settle (processor);
    return loudness (test::process (processor, sound), from) - loudness (sound, from);
}

} // namespace

TEST_CASE ("Factory presets have names of their own, tags of each kind, and values in range", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    const PluginProcessor processor (user / "");
    std::set<std::string_view> names, uses;
    std::string_view use;
    CHECK (factoryPresets().size() >= 30);

    for (const auto& preset : factoryPresets())
    {
        CAPTURE (preset.name);
        CHECK (names.insert (preset.name).second);
        CHECK (preset.name != Session::initialPreset);
        CHECK (preset.name.size() <= 24);
        CHECK (findFactoryPreset (preset.name) == &preset);
        CHECK (contains (presetUses(), preset.use));
        CHECK ((preset.size.empty() || contains (presetSizes(), preset.size)));
        CHECK ((preset.character.size() == 1 || preset.character.size() == 2));

        for (const auto word : preset.character)
            CHECK (contains (presetCharacters(), word));

        if (std::exchange (use, preset.use) != preset.use)
            CHECK (uses.insert (preset.use).second); // those of one use stand together

        if (preset.kernel.generator.empty())
            CHECK (findFactoryKernel (preset.kernel.name) != nullptr);
        else
            CHECK (findGenerator (preset.kernel.generator) != nullptr);

        std::set<std::string_view> ids;

        for (const auto& [id, value] : preset.parameters)
        {
            CAPTURE (id, value);
            CHECK (ids.insert (id).second);
            const auto index = processor.parameters.find (juce::String (std::string (id)));
            REQUIRE (index);
            const auto& parameter = processor.parameters[*index];
            const auto& range = parameter.getNormalisableRange();
            CHECK (value >= range.start);
            CHECK (value <= range.end);
            CHECK ((value != parameter.plainDefault() || id == "mix"));
            CHECK (&parameter != &processor.parameters.bypass);
        }

        CHECK (ids.contains ("mix"));
        CHECK (preset.edits == preset.edits.sanitised());
    }

    for (const auto each : presetUses())
    {
        const auto number = std::count_if (factoryPresets().begin(), factoryPresets().end(),
                                           [each] (const FactoryPreset& preset) { return preset.use == each; });
        CAPTURE (each);
        CHECK (number >= 4);
        CHECK (number <= 8); // a submenu
    }

    for (const auto each : presetSizes())
        CHECK (std::any_of (factoryPresets().begin(), factoryPresets().end(),
                            [each] (const FactoryPreset& preset) { return preset.size == each; }));

    for (const auto each : presetCharacters())
        CHECK (std::any_of (factoryPresets().begin(), factoryPresets().end(),
                            [each] (const FactoryPreset& preset) { return contains (preset.character, each); }));
}

TEST_CASE ("Every factory preset loads as its line says and is about as loud as the sound that goes in", "[state]")
{
    // Half of what is plainly heard as a jump of the level, 3 dB: two presets may lie on either side.
    constexpr double tolerance = 1.5; // dB
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    auto& document = processor.document;
    processor.setRateAndBufferSizeDetails (sampleRate, 512);

    for (const auto& preset : factoryPresets())
    {
        const std::string name (preset.name);
        CAPTURE (name);
        CHECK (processor.loadPreset (name) == "");
        test::settle (processor);
        const auto status = processor.kernelStatus();
        CHECK_FALSE (status.isFailure);
        REQUIRE (status.source != nullptr);
        CHECK (status.source->name == preset.kernel.name);
        CHECK (processor.session.presetName() == name);
        CHECK_FALSE (processor.session.differsFromPreset());
        CHECK (document.undoName() == "Preset '" + name + "'");
        CHECK (document.current().edits == preset.edits);

        for (const auto& [id, value] : preset.parameters)
        {
            CAPTURE (id);
            const auto& parameter = processor.parameters[*processor.parameters.find (juce::String (std::string (id)))];
            CHECK (parameter.plainValue() == Approx (value).epsilon (1e-4));
        }

        const double gain = gainOfProgramme (processor);

        CHECK (std::abs (gain) < tolerance);
    }

    CHECK_FALSE ((user / "Presets").exists()); // nothing is written
}

TEST_CASE ("A factory preset is a step of undo and leaves a locked mix and bypass alone", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    test::settle (processor);
    auto& document = processor.document;
    const auto before = document.current();

    CHECK (processor.loadPreset ("Gated Snare") == "");
    test::settle (processor);
    CHECK (document.current().source->name == "Gated Noise");
    const float out = processor.parameters.out.get();
    processor.parameters.out = -3.0f;
    CHECK (processor.session.differsFromPreset());
    processor.parameters.out = out;
    CHECK_FALSE (processor.session.differsFromPreset());
    document.undo();
    test::settle (processor);
    CHECK (document.current() == before);
    document.redo();
    test::settle (processor);
    CHECK (document.current().source->name == "Gated Noise");

    // It belongs to its slot.
    document.copyToOtherSlot();
    CHECK (processor.loadPreset ("Telephone") == "");
    document.swapSlots();
    test::settle (processor);
    CHECK (document.current().source->name == "Gated Noise");

    processor.session.setOptions ({ true, false, true });
    processor.parameters.mix = 12.0f;
    processor.parameters.bypass = true;
    CHECK (processor.loadPreset ("Telephone") == "");
    test::settle (processor);
    CHECK (processor.parameters.mix.get() == Approx (12.0f).margin (1e-3));
    CHECK (processor.parameters.bypass.get());
    CHECK_FALSE (processor.session.differsFromPreset());
}

TEST_CASE ("A session keeps a factory preset by its name and its values", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");

    for (const char* const name : { "Vocal Plate", "Dub Echo" }) // a kernel of the bank, and a recipe
    {
        CAPTURE (name);
        REQUIRE (processor.loadPreset (name) == "");
        const auto hasty = test::stateOf (processor); // while the kernel is on its way
        test::settle (processor);

        for (const auto& session : { hasty, test::stateOf (processor) })
        {
            PluginProcessor opened (user / "");
            test::restore (opened, session);
            CHECK (opened.session.presetName() == name);
            CHECK_FALSE (opened.session.differsFromPreset());
            CHECK (opened.document.current() == processor.document.current());
            opened.parameters.size = 130.0f;
            CHECK (opened.session.differsFromPreset());
            PluginProcessor again (user / "");
            test::restore (again, test::stateOf (opened));
            CHECK (again.session.presetName() == name);
            CHECK (again.session.differsFromPreset());
        }
    }
}

TEST_CASE ("Stepping goes through all presets in their order and round both ends", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    auto& document = processor.document;
    const auto step = [&] (int by)
    {
        CHECK (processor.stepPreset (by) == "");
        return juce::String (processor.session.presetName());
    };

    CHECK (processor.session.presetName() == "Init");
    CHECK (step (-1) == "Metal Storm"); // the last
    CHECK (step (1) == "Init");
    processor.parameters.size = 120.0f;
    REQUIRE (processor.savePreset ("mine 2") == "");
    processor.parameters.size = 130.0f;
    REQUIRE (processor.savePreset ("mine 10") == "");

    const auto names = processor.presetNames();
    REQUIRE (names.size() == static_cast<int> (factoryPresets().size()) + 3);
    CHECK (names[0] == "Init");
    CHECK (names[1] == juce::String (std::string (factoryPresets().front().name)));
    CHECK (names[names.size() - 2] == "mine 2");
    CHECK (names[names.size() - 1] == "mine 10");

    // Quickly all the way round: nothing waits for a kernel.
    const auto began = juce::Time::getMillisecondCounterHiRes();

    for (int n = 0; n < names.size(); ++n)
        CHECK (step (1) == names[n]);

    CHECK (juce::Time::getMillisecondCounterHiRes() - began < 2000.0); // the bank alone takes longer to make
    CHECK (step (1) == "Init");
    CHECK (document.undoName() == "Preset 'Init'");
    CHECK (step (-1) == "mine 10");
    CHECK_FALSE (document.canUndo()); // in one step, there and back again
    test::settle (processor);

    // One that is damaged is passed over.
    processor.presets.fileOf ("mine 10").replaceWithText ("no preset");
    CHECK (step (-1) == "mine 2");
    CHECK (step (1) == "Init");
    CHECK (step (-1) == "mine 2");

    // Without a present one, the first step goes to an end.
    processor.session.setPresetName ({});
    CHECK (step (1) == "Init");
    processor.session.setPresetName ("deleted since");
    CHECK (step (-1) == "mine 2");
}

TEST_CASE ("A preset of the user's stands for the one of its name that comes with Faltwerk", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    const auto numPresets = processor.presetNames().size();
    REQUIRE (processor.loadPreset ("Telephone") == "");
    processor.parameters.mix = 60.0f;
    REQUIRE (processor.savePreset ("Telephone") == "");
    REQUIRE (processor.savePreset ("Init") == "");
    CHECK (processor.presetNames().size() == numPresets); // each once
    CHECK (processor.presetNames()[numPresets - 1] == "Telephone");

    for (const char* const name : { "Telephone", "Init" })
    {
        CAPTURE (name);
        REQUIRE (processor.loadPreset ("Vocal Plate") == "");
        REQUIRE (processor.loadPreset (name) == "");
        CHECK (processor.parameters.mix.get() == Approx (60.0f).margin (1e-3));
        REQUIRE (processor.presets.remove (name) == "");
        REQUIRE (processor.loadPreset (name) == "");
        CHECK (processor.parameters.mix.get() == Approx (name[0] == 'T' ? 100.0f : 30.0f).margin (1e-3));
    }

    CHECK (processor.presetNames()[0] == "Init");
    CHECK_THAT (processor.loadPreset ("telephone"), Contains ("was not found"));
}

TEST_CASE ("Echoes of presets come when their names say and gates shut", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    processor.setRateAndBufferSizeDetails (sampleRate, 512);

    /** What a preset alone, without the dry sound, makes of one sample of 1. */
    const auto response = [&] (const char* name)
    {
        REQUIRE (processor.loadPreset (name) == "");
        processor.parameters.mix = 100.0f;
        processor.prepareToPlay (sampleRate, 512);
        test::settle (processor);
        Sound click { { std::vector<float> (96000), std::vector<float> (96000) }, sampleRate };
        click.channels[0][0] = click.channels[1][0] = 1.0f;
        return test::process (processor, click).channels[0];
    };
    const auto peak = [] (const std::vector<float>& sound, double from, double to)
    {
        float largest = 0.0f;

        for (auto n = static_cast<size_t> (from * sampleRate); n < static_cast<size_t> (to * sampleRate); ++n)
            largest = std::max (largest, std::abs (sound[n]));

        return largest;
    };

    for (const auto& [name, delay] : { std::pair { "Quarters at 120", 0.5 },
                                       { "Dotted Eighths at 120", 0.375 },
                                       { "Dub Echo", 0.375 },
                                       { "Rockabilly Echo", 0.138 },
                                       { "Slap Echo", 0.115 } })
    {
        CAPTURE (name);
        const auto sound = response (name);
        const float echo = peak (sound, delay - 0.0002, delay + 0.001);
        CHECK (echo > 0.02f);
        CHECK (peak (sound, 0.0, delay - 0.001) < 0.001f * echo); // neither the sound itself nor an earlier echo
        CHECK (peak (sound, delay + 0.001, 1.9 * delay) < echo);
    }

    const auto gated = response ("Gated Snare");
    CHECK (peak (gated, 0.15, 0.3) > 0.1f * peak (gated, 0.0, 0.15));
    CHECK (peak (gated, 0.36, 2.0) < 0.001f * peak (gated, 0.0, 0.36));

    const auto reversed = response ("Reversed Plate");
    CHECK (peak (reversed, 0.45, 0.6) > 4.0f * peak (reversed, 0.0, 0.3));
    CHECK (peak (reversed, 0.65, 2.0) < 0.001f * peak (reversed, 0.0, 0.65));
}

TEST_CASE ("Undo and redo bring back the preset's name and what it was", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    auto& document = processor.document;
    const auto name = [&]
    {
        test::settle (processor);
        return processor.session.presetName() + (processor.session.differsFromPreset() ? "*" : "");
    };
    test::settle (processor);
    REQUIRE (processor.loadPreset ("Telephone") == "");
    CHECK (name() == "Telephone");
    document.beginGesture ("Gain");
    processor.parameters.gain.beginChangeGesture();
    processor.parameters.gain = -7.0f;
    processor.parameters.gain.endChangeGesture();
    document.endGesture();
    CHECK (name() == "Telephone*");
    REQUIRE (processor.loadPreset ("Gated Snare") == "");
    CHECK (name() == "Gated Snare");

    for (const char* const expected : { "Telephone*", "Telephone", "Init" })
    {
        document.undo();
        CHECK (name() == expected);
    }

    for (const char* const expected : { "Telephone", "Telephone*", "Gated Snare" })
    {
        document.redo();
        CHECK (name() == expected);
    }

    document.goToStep (1);
    CHECK (name() == "Telephone");

    // Stepping goes on from there.
    const auto names = processor.presetNames();
    CHECK (processor.stepPreset (1) == "");
    CHECK (juce::String (processor.session.presetName()) == names[names.indexOf ("Telephone") + 1]);

    // What is saved meanwhile has its name until a step leads to another preset.
    REQUIRE (processor.loadPreset ("Gated Snare") == "");
    document.edit ("Trim", [] (DocumentEdits& edits) { edits.start = 0.01; });
    REQUIRE (processor.savePreset ("mine") == "");
    CHECK (name() == "mine");
    document.undo();
    CHECK (name() == "mine*");
    document.redo();
    CHECK (name() == "mine");

    // A swap of A and B leaves it, and a locked mix differs as it did.
    document.copyToOtherSlot();
    document.swapSlots();
    CHECK (name() == "mine");
    document.undo();
    CHECK (name() == "mine");
}

TEST_CASE ("Presets that are stepped through quickly are one step of undo", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    auto& document = processor.document;
    test::settle (processor);

    for (int n = 1; n <= 3; ++n)
        document.edit ("Trim", [n] (DocumentEdits& edits) { edits.start = 0.01 * n; });

    const auto before = document.current();

    for (int n = 0; n < 205; ++n)
        REQUIRE (processor.stepPreset (1) == "");

    test::settle (processor);
    const auto after = document.current();
    const auto last = processor.session.presetName();
    CHECK (document.undoSteps().names == std::vector<std::string> { "Trim", "Trim", "Trim", "Preset '" + last + "'" });
    document.undo();
    test::settle (processor);
    CHECK (document.current() == before);
    CHECK (processor.session.presetName() == "Init");
    document.redo();
    test::settle (processor);
    CHECK (document.current() == after);
    CHECK (processor.session.presetName() == last);

    // One that is chosen by name is a step of its own, and so is stepping on from it.
    REQUIRE (processor.loadPreset ("Telephone") == "");
    CHECK (processor.stepPreset (1) == "");
    CHECK (document.undoSteps().names.size() == 6);

    // There and back again is none.
    CHECK (processor.stepPreset (1) == "");
    CHECK (processor.stepPreset (-1) == "");
    CHECK (processor.stepPreset (-1) == "");
    CHECK (processor.session.presetName() == "Telephone");
    CHECK (document.undoName() == "Preset 'Telephone'");
}
