// Comparing at equal loudness, against the loudness of ITU-R BS.1770-4 as its text computes it: in time, on pink noise.

#include "Editor/LoudnessMatch.h"
#include "Editor/Window/PluginEditor.h"
#include "Picture/Axis.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"
#include "Support/Window/Mouse.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

using namespace faltwerk;
using namespace faltwerk::test;

namespace
{

/** Pink noise: octaves of held random numbers added up (R. F. Voss), the same in both channels. */
Sound pinkNoise (size_t length)
{
    std::mt19937 generator (7);
    std::array<double, 16> held {};
    std::vector<float> channel;

    for (size_t n = 0; n < length; ++n)
    {
        double sum = 0.0;

        for (size_t octave = 0; octave < held.size(); ++octave)
        {
            if (n % (size_t { 1 } << octave) == 0)
                held[octave] = static_cast<double> (generator()) / 4294967296.0 - 0.5;

            sum += held[octave];
        }

        channel.push_back (static_cast<float> (0.02 * sum));
    }

    return { { channel, channel }, 48000 };
}

/** The loudness of a sound at 48 kHz from a frame on, in dB: the two filters of BS.1770-4, and the mean square. */
double loudnessOf (const Sound& sound, size_t first)
{
    constexpr double shelf[] = { 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241,
                                 0.73248077421585 };
    constexpr double pass[] = { 1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621 };
    const auto filtered = [] (const std::vector<double>& x, const double (&c)[5])
    {
        std::vector<double> y (x.size());

        for (size_t n = 0; n < x.size(); ++n)
        {
            const auto at = [n] (const std::vector<double>& from, size_t back)
            { return n >= back ? from[n - back] : 0.0; };
            y[n] = c[0] * x[n] + c[1] * at (x, 1) + c[2] * at (x, 2) - c[3] * at (y, 1) - c[4] * at (y, 2);
        }

        return y;
    };
    double sum = 0.0;

    for (const auto& channel : sound.channels)
    {
        const auto weighted = filtered (filtered ({ channel.begin(), channel.end() }, shelf), pass);

        for (size_t n = first; n < weighted.size(); ++n)
            sum += weighted[n] * weighted[n];
    }

    return 10.0 * std::log10 (sum / static_cast<double> (sound.lengthInFrames() - first));
}

class Compared
{
public:
    Compared()
    {
        processor->parameters.normalise = 0;
        processor->parameters.mix = 100.0f;
        Sound bright { { decayingNoise (9600, 1), decayingNoise (9600, 2) }, 48000 }, dark = bright;

        for (auto& channel : dark.channels) // a low-pass, and quieter
        {
            float last = 0.0f;

            for (auto& sample : channel)
                sample = 0.3f * (last += 0.1f * (sample - last));
        }

        REQUIRE (writeSound (folder.path ("bright.wav"), bright, SampleFormat::float32) == "");
        REQUIRE (writeSound (folder.path ("dark.wav"), dark, SampleFormat::float32) == "");
        use ("bright.wav");
    }

    void use (const char* name)
    {
        load (*processor, folder / name);
        follow();
    }

    void follow()
    {
        settle (*processor);

        for (int n = 0; n < 100; ++n) // longer than another sound may be on its way
        {
            editor->update();
            juce::Thread::sleep (5);
        }
    }

    /** The loudness of pink noise through the plugin, once a change has been heard to its end. */
    double loudness()
    {
        const auto sound = process (*processor, pinkNoise (4 * 48000));
        return loudnessOf (sound, 2 * 48000);
    }

    void match (bool isOn)
    {
        find<Header> (*editor, "header").onMatch (isOn);
        follow();
    }

    double gain() const { return 20.0 * std::log10 (static_cast<double> (processor->comparisonGain.load())); }

    const TemporaryFolder folder;
    std::unique_ptr<PluginProcessor> processor = makeProcessor();
    std::unique_ptr<PluginEditor> editor = std::make_unique<PluginEditor> (*processor);
};

} // namespace

TEST_CASE ("Another kernel sounds as loud as the one before while loudness is matched", "[editor]")
{
    const Juce juce;
    Compared compared;
    const double bright = compared.loudness();
    compared.use ("dark.wav");
    const double dark = compared.loudness();
    CHECK (dark < bright - 10.0); // else there is nothing to match
    compared.use ("bright.wav");

    compared.match (true);
    CHECK (compared.gain() == 0.0);

    // Raised by 6 dB at most, so that it does not clip; then the louder one is lowered to it.
    compared.use ("dark.wav");
    CHECK (compared.gain() == Approx (6.0).margin (0.01));
    CHECK (compared.loudness() == Approx (dark + 6.0).margin (0.2));
    compared.use ("bright.wav");
    CHECK (compared.loudness() == Approx (dark + 6.0).margin (0.5));
    compared.use ("dark.wav");
    CHECK (compared.loudness() == Approx (dark + 6.0).margin (0.2));

    // A hand is heard: the gain stays.
    const double gain = compared.gain();
    compared.processor->parameters.out = -6.0f;
    compared.processor->parameters.lowCut = 200.0f;
    compared.follow();
    CHECK (compared.gain() == Approx (gain).margin (1e-6));
    compared.processor->parameters.out = 0.0f;
    compared.processor->parameters.lowCut =
        compared.processor->parameters.lowCut.convertFrom0to1 (compared.processor->parameters.lowCut.getDefaultValue());
    compared.follow();

    // In bypass, too, what is changed to is matched.
    compared.processor->parameters.bypass = true;
    compared.use ("bright.wav");
    compared.processor->parameters.bypass = false;
    compared.follow();
    CHECK (compared.loudness() == Approx (dark + 6.0).margin (0.5));
    compared.use ("dark.wav");

    compared.match (false);
    CHECK (compared.gain() == 0.0);
    CHECK (compared.loudness() == Approx (dark).margin (0.1));
}

TEST_CASE ("A and B sound equally loud while loudness is matched, and a bounce is as it would be", "[editor]")
{
    const Juce juce;
    Compared compared;
    auto& processor = *compared.processor;
    processor.document.copyToOtherSlot();
    processor.document.swapSlots();
    compared.follow();
    processor.parameters.out = -9.0f;
    compared.follow();
    const double quiet = compared.loudness();
    compared.match (true);
    processor.document.swapSlots();
    compared.follow();
    CHECK (compared.gain() == Approx (-9.0).margin (0.05));
    CHECK (compared.loudness() == Approx (quiet).margin (0.1));

    processor.setNonRealtime (true);
    CHECK (compared.loudness() == Approx (quiet + 9.0).margin (0.1));
    processor.setNonRealtime (false);

    // The other slot's edits of the same kernel come later than its parameters.
    compared.match (false);
    processor.parameters.out = 0.0f;
    processor.parameters.decay = 30.0f;
    processor.parameters.attack = 50.0f;
    compared.follow();
    const double loud = compared.loudness();
    processor.document.swapSlots();
    compared.follow();
    const double other = compared.loudness();
    CHECK (std::abs (loud - other) > 1.0);
    compared.match (true);
    processor.document.swapSlots();
    compared.editor->update(); // at once
    compared.follow();
    CHECK (compared.loudness() == Approx (std::min (other, loud + 6.0)).margin (0.5));

    // Comparing ends with the window.
    compared.editor = nullptr;
    CHECK (compared.gain() == 0.0);
}

TEST_CASE ("Equal loudness is shown while it is on and is in no session and ends with the window", "[editor]")
{
    const Juce juce;
    Compared compared;
    auto& processor = *compared.processor;
    const auto shown = [&] { return find<StatusLine> (*compared.editor, "status").shownMatch(); };
    const auto sinceLoud = [&]
    {
        compared.use ("bright.wav");
        return compared.gain();
    };
    compared.use ("dark.wav");
    compared.match (true);
    CHECK (shown() == "0.0" + juce::String::charToString (0xa0) + "dB"); // also where it changes nothing yet
    REQUIRE (sinceLoud() < -10.0);
    CHECK (shown() == numberAsLabel (compared.gain(), 1) + juce::String::charToString (0xa0) + "dB");
    CHECK (find<juce::Button> (*compared.editor, "browser/match").getToggleState());

    // A session that is saved meanwhile is that of the plain sound.
    const auto saved = stateOf (processor);
    const auto again = makeProcessor();
    restore (*again, saved);
    PluginEditor opened (*again);
    opened.update();
    CHECK (again->comparisonGain.load() == 1.0f);
    CHECK (find<StatusLine> (opened, "status").shownMatch().isEmpty());
    compared.match (false);
    CHECK (shown().isEmpty());
    CHECK (stateOf (processor) == saved);

    // A window that is opened again has it off.
    compared.use ("dark.wav");
    compared.match (true);
    REQUIRE (sinceLoud() < -10.0);
    const double matched = compared.loudness();
    compared.editor = nullptr;
    CHECK (compared.loudness() > matched + 10.0);
    compared.editor = std::make_unique<PluginEditor> (processor);
    compared.follow();
    CHECK (shown().isEmpty());
    CHECK (compared.gain() == 0.0);
}

TEST_CASE ("Equal loudness is left out sample by sample of a bounce and of what a host records", "[editor]")
{
    struct Transport : juce::AudioPlayHead
    {
        juce::Optional<PositionInfo> getPosition() const override
        {
            PositionInfo info;
            info.setIsPlaying (true);
            info.setIsRecording (isRecording);
            return info;
        }

        bool isRecording = false;
    };

    const Juce juce;
    Compared compared;
    auto& processor = *compared.processor;
    Transport transport;
    processor.setPlayHead (&transport);
    const auto sound = pinkNoise (48000);
    const auto rendered = [&]
    {
        processor.prepareToPlay (48000.0, 512); // as hosts do before they render
        settle (processor);
        return process (processor, sound).channels;
    };
    const auto plain = rendered();
    processor.comparisonGain.store (0.25f);
    CHECK (rendered() != plain); // in real time it is heard
    processor.setNonRealtime (true);
    CHECK (rendered() == plain);
    processor.setNonRealtime (false);
    transport.isRecording = true;
    CHECK (rendered() == plain);
    processor.comparisonGain.store (1.0f);
    processor.setPlayHead (nullptr);
}
