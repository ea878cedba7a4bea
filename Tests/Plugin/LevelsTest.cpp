#include "Plugin/PluginProcessor.h"

#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <cmath>
#include <functional>
#include <limits>

// The controls that act in real time, on what sounds.

using namespace faltwerk;

namespace
{

double gainOf (double decibels) { return std::pow (10.0, decibels / 20.0); }

Sound noiseSound (size_t length) { return { { test::noise (length, 60), test::noise (length, 61) }, 48000 }; }

/** What happens to a processor at a frame of the stream. */
struct Event
{
    size_t frame;
    std::function<void (Parameters&)> act;
};

/** What comes out while controls are automated. */
std::vector<float> automated (PluginProcessor& processor,
                              const Sound& input,
                              const std::vector<Event>& events,
                              const test::Cutting& cutting)
{
    std::vector<float> output;
    size_t from = 0;

    for (size_t n = 0; n <= events.size(); ++n)
    {
        const size_t to = n < events.size() ? events[n].frame : input.lengthInFrames();
        Sound part { {}, input.sampleRate };

        for (const auto& channel : input.channels)
            part.channels.emplace_back (channel.begin() + static_cast<std::ptrdiff_t> (from),
                                        channel.begin() + static_cast<std::ptrdiff_t> (to));

        const auto processed = test::process (processor, part, cutting).channels[0];
        output.insert (output.end(), processed.begin(), processed.end());

        if (n < events.size())
            events[n].act (processor.parameters);

        from = to;
    }

    return output;
}

} // namespace

TEST_CASE ("Every level, and each law of the mix, does its work on what sounds", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto h = test::decayingNoise (3000, 70);
    REQUIRE (writeSound (folder.path ("k.wav"), Sound { { h, h }, 48000 }, SampleFormat::float32) == "");
    const auto input = noiseSound (12000);
    const auto convolved = test::oracle (input.channels[0], h);

    struct Setting
    {
        double gain, mix, wet, dry, out; // dB, and a share
        int law;
    };

    const Setting settings[] = { { 0, 1.0, 0, 0, 0, 0 },     { -6, 0.3, 3, -4, 2, 0 },  { 4, 0.75, -10, 1, -3, 0 },
                                 { 0, 0.3, 0, 0, 0, 1 },     { 2, 0.6, -2, 5, -20, 1 }, { 0, 0.5, 0, 0, 0, 2 },
                                 { -12, 0.2, 12, 12, 6, 2 }, { 0, 0.0, 0, 0, 0, 0 },    { 0, 0.5, -60, -6, 0, 0 },
                                 { 0, 0.5, -6, -60, 0, 0 } };

    for (const auto& [gain, mix, wet, dry, out, law] : settings)
    {
        CAPTURE (gain, mix, wet, dry, out, law);
        const auto processor = test::makeProcessor();
        test::load (*processor, folder / "k.wav");
        test::setWetOnly (*processor);
        auto& p = processor->parameters;
        p.gain = static_cast<float> (gain);
        p.mix = static_cast<float> (100.0 * mix);
        p.wet = static_cast<float> (wet);
        p.dry = static_cast<float> (dry);
        p.out = static_cast<float> (out);
        p.mixLaw = law;

        const double quarter = 1.5707963267948966;
        const double wetShare = law == 0 ? std::min (1.0, 2.0 * mix) : law == 1 ? mix : std::sin (mix * quarter);
        const double dryShare = law == 0   ? std::min (1.0, 2.0 - 2.0 * mix)
                                : law == 1 ? 1.0 - mix
                                           : std::cos (mix * quarter);
        const double wetGain = wet == -60.0 ? 0.0 : gainOf (wet) * wetShare; // the least is silence
        const double dryGain = dry == -60.0 ? 0.0 : gainOf (dry) * dryShare;
        std::vector<double> expected (input.lengthInFrames());

        for (size_t n = 0; n < expected.size(); ++n)
            expected[n] = gainOf (gain) * gainOf (out)
                          * (wetGain * convolved[n] + dryGain * static_cast<double> (input.channels[0][n]));

        // The dry sound is aligned to the very sample: else nothing would agree. Gains are floats, of powers of floats.
        CHECK (test::errorInDb (test::process (*processor, input).channels[0], expected) < -115.0);
    }
}

TEST_CASE ("What a host sends that is no number does no harm", "[controls]")
{
    const test::Juce juce;

    for (size_t index = 0; index < Parameters::count; ++index)
    {
        const auto processor = test::makeProcessor();
        auto& parameter = processor->parameters[index];
        CAPTURE (parameter.paramID);
        parameter.setValueNotifyingHost (std::numeric_limits<float>::quiet_NaN());
        const auto before = processor->document.loader().numBuilds();
        juce::Thread::sleep (50);
        CHECK (processor->document.loader().numBuilds() <= before + 1); // not built again and again
        test::settle (*processor);
        const auto output = test::process (*processor, noiseSound (2000)).channels[0];
        CHECK (std::all_of (output.begin(), output.end(), [] (float x) { return std::isfinite (x); }));

        PluginProcessor other;
        test::restore (other, test::stateOf (*processor));
        CHECK (std::isfinite (other.parameters.values()[index]));
        CHECK (processor->document.current() == processor->document.current());
    }
}

TEST_CASE ("A host that prepares with no rate at all gets silence or its input, and may prepare again", "[controls]")
{
    const test::Juce juce;
    PluginProcessor processor;
    test::settle (processor);

    for (const double rate : { 0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), 1.0, 1e7 })
    {
        CAPTURE (rate);
        processor.prepareToPlay (rate, 0);
        test::settle (processor);
        const auto output = test::process (processor, noiseSound (500)).channels[0];
        CHECK (std::all_of (output.begin(), output.end(), [] (float x) { return std::isfinite (x); }));
    }

    processor.prepareToPlay (48000.0, 512);
    test::setWetOnly (processor);
    const auto input = noiseSound (3000);
    const auto& kernel = *processor.kernelStatus().source->kernel;
    CHECK (test::errorInDb (test::process (processor, input).channels[0],
                            test::oracle (input.channels[0], kernel.paths[0]))
           < -115.0);
}

TEST_CASE ("Cutting never matters while everything is automated", "[controls]")
{
    const test::Juce juce;
    const auto input = noiseSound (20000);
    const std::vector<Event> events = {
        { 1000, [] (auto& p) { p.gain = -12.0f; } },
        { 1777, [] (auto& p) { p.mix = 80.0f; } },
        { 2049, [] (auto& p) { p.mixLaw = 2; } },
        { 3000, [] (auto& p) { p.lowCut = 300.0f; } },
        { 3001, [] (auto& p) { p.highShelf.gain = 12.0f; } },
        { 5000, [] (auto& p) { p.wet = 6.0f; } },
        { 7001, [] (auto& p) { p.bypass = true; } },
        { 9000, [] (auto& p) { p.bypass = false; } },
        { 9001, [] (auto& p) { p.dry = -60.0f; } },
        { 11111, [] (auto& p) { p.highCut = 3000.0f; } },
        { 12000, [] (auto& p) { p.lowShelf.frequency = 1000.0f; } },
        { 12001, [] (auto& p) { p.lowShelf.gain = -9.0f; } },
        { 13000, [] (auto& p) { p.lowShelf.q = 2.0f; } },
        { 15000, [] (auto& p) { p.highShelf.frequency = 500.0f; } },
        { 16000, [] (auto& p) { p.highShelf.q = 0.2f; } },
        { 17000, [] (auto& p) { p.out = 3.0f; } },
    };
    std::vector<float> reference;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        const auto processor = test::makeProcessor();
        const auto output = automated (*processor, input, events, cutting);

        if (reference.empty())
            reference = output;

        CHECK (test::differingBits (output, reference) == "");
    }
}
