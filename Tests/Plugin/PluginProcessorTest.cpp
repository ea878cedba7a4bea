#include "Plugin/PluginProcessor.h"

#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <cmath>
#include <functional>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

Sound noiseSound (size_t numChannels, size_t length, double rate = 48000.0)
{
    Sound sound { {}, rate };

    for (size_t channel = 0; channel < numChannels; ++channel)
        sound.channels.push_back (test::noise (length, 60 + channel));

    return sound;
}

/** A stereo kernel in a file. */
juce::File writeKernel (const test::TemporaryFolder& folder,
                        const juce::String& name,
                        size_t length,
                        uint64_t seed,
                        double rate = 48000.0)
{
    const Sound sound { { test::decayingNoise (length, seed), test::decayingNoise (length, seed + 1) }, rate };
    REQUIRE (writeSound (folder.path (name), sound, SampleFormat::float32) == "");
    return folder / name;
}

} // namespace

TEST_CASE ("Only the layouts that make sense are accepted", "[controls]")
{
    const test::Juce juce;
    PluginProcessor processor;
    const auto accepts = [&processor] (int inputs, int outputs)
    {
        return processor.isBusesLayoutSupported ({ { juce::AudioChannelSet::canonicalChannelSet (inputs) },
                                                   { juce::AudioChannelSet::canonicalChannelSet (outputs) } });
    };

    CHECK (accepts (1, 1));
    CHECK (accepts (1, 2));
    CHECK (accepts (2, 2));
    CHECK_FALSE (accepts (2, 1));
    CHECK_FALSE (accepts (0, 2));
    CHECK_FALSE (accepts (4, 4));
    CHECK (processor.getLatencySamples() == 0);
}

TEST_CASE ("A new instance is heard at once, and through a kernel from the first sample", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    CHECK (processor->kernelStatus().source->name == "Concert Hall");
    CHECK (processor->getTailLengthSeconds() == Approx (3.2));

    test::setWetOnly (*processor);
    const auto input = noiseSound (2, 20000);
    const auto output = test::process (*processor, input);
    const auto& kernel = *processor->kernelStatus().source->kernel;

    for (size_t channel = 0; channel < 2; ++channel)
        CHECK (test::errorInDb (output.channels[channel], test::oracle (input.channels[channel], kernel.paths[channel]))
               < -120.0);
}

TEST_CASE ("Mono and stereo, with mono and stereo kernels", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto stereoKernel = writeKernel (folder, "stereo.wav", 3000, 70);
    const auto left = test::decayingNoise (3000, 70), right = test::decayingNoise (3000, 71);
    REQUIRE (writeSound (folder.path ("mono.wav"), Sound { { left }, 48000 }, SampleFormat::float32) == "");

    std::vector<float> mean (3000);

    for (size_t n = 0; n < mean.size(); ++n)
        mean[n] = 0.5f * (left[n] + right[n]);

    for (const auto& [inputs, outputs] : { std::pair { 1, 1 }, { 1, 2 }, { 2, 2 } })
    {
        CAPTURE (inputs, outputs);
        const auto input = noiseSound (static_cast<size_t> (inputs), 9000);
        const auto rendered = [&, ins = inputs, outs = outputs] (const juce::File& kernel)
        {
            const auto processor = std::make_unique<PluginProcessor>();
            REQUIRE (processor->setBusesLayout ({ { juce::AudioChannelSet::canonicalChannelSet (ins) },
                                                  { juce::AudioChannelSet::canonicalChannelSet (outs) } }));
            test::load (*processor, kernel); // before prepareToPlay
            processor->setRateAndBufferSizeDetails (48000, 64);
            processor->prepareToPlay (48000, 64);
            test::setWetOnly (*processor);
            return test::process (*processor, input, 64);
        };

        const auto withStereo = rendered (stereoKernel), withMono = rendered (folder / "mono.wav");

        for (size_t channel = 0; channel < static_cast<size_t> (outputs); ++channel)
        {
            const auto& x = input.channels[std::min (channel, input.channels.size() - 1)];
            const auto& h = outputs == 1 ? mean : channel == 0 ? left : right;
            CHECK (test::errorInDb (withStereo.channels[channel], test::oracle (x, h)) < -120.0);
            CHECK (test::errorInDb (withMono.channels[channel], test::oracle (x, left)) < -120.0);
        }
    }
}

TEST_CASE ("A kernel that cannot be loaded leaves the old one sounding, with a sentence", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    test::setWetOnly (*processor);
    const auto input = noiseSound (2, 6000);
    const auto before = processor->kernelStatus();

    (folder / "words.wav").replaceWithText ("no sound at all");
    test::writeWithSndfile (SF_FORMAT_WAV | SF_FORMAT_PCM_16, folder / "silent.wav",
                            Sound { { std::vector<float> (100) }, 48000 });

    for (const auto& [name, reason] :
         { std::pair { "words.wav", "not an audio file" }, { "silent.wav", "silent" }, { "missing.wav", "not found" } })
    {
        test::load (*processor, folder / name);
        const auto after = processor->kernelStatus();
        CHECK_THAT (after.message, Contains (name) && Contains (reason));
        CHECK (after.source == before.source);
    }

    const auto output = test::process (*processor, input);
    CHECK (test::errorInDb (output.channels[0], test::oracle (input.channels[0], before.source->kernel->paths[0]))
           < -120.0);

    // A success clears the sentence.
    test::load (*processor, writeKernel (folder, "good.wav", 100, 72));
    CHECK (processor->kernelStatus().message == "");
    CHECK (processor->kernelStatus().source->name == "good");
}

TEST_CASE ("A kernel changes while sound goes on: full tail, no gap", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    test::setWetOnly (*processor);
    const auto input = noiseSound (2, 96000);
    Sound first { { std::vector<float> (input.channels[0].begin(), input.channels[0].begin() + 48000),
                    std::vector<float> (input.channels[1].begin(), input.channels[1].begin() + 48000) },
                  48000 };
    Sound second { { std::vector<float> (input.channels[0].begin() + 48000, input.channels[0].end()),
                     std::vector<float> (input.channels[1].begin() + 48000, input.channels[1].end()) },
                   48000 };

    test::process (*processor, first);
    test::load (*processor, writeKernel (folder, "next.wav", 20000, 73));
    const auto output = test::process (*processor, second);

    const auto expected = test::oracle (input.channels[0], test::decayingNoise (20000, 73));
    constexpr size_t settled = 12000;
    CHECK (test::errorInDb (std::span (output.channels[0]).subspan (settled),
                            std::span (expected).subspan (48000 + settled, 48000 - settled))
           < -115.0);
    CHECK (processor->getTailLengthSeconds() == Approx (20000.0 / 48000));
}

TEST_CASE ("Hosts may call in any order and with any block", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto kernel = writeKernel (folder, "k.wav", 2000, 74, 96000);
    PluginProcessor processor;
    juce::MidiBuffer midi;
    juce::AudioBuffer<float> block (2, 100);
    block.clear();
    processor.processBlock (block, midi); // before prepareToPlay

    test::load (processor, kernel);
    processor.prepareToPlay (44100, 32);
    processor.prepareToPlay (96000, 64); // several times
    processor.setRateAndBufferSizeDetails (96000, 64);
    test::setWetOnly (processor);

    const auto input = noiseSound (2, 50000, 96000);
    const auto output = test::process (processor, input, 10000); // more than announced
    CHECK (test::errorInDb (output.channels[0], test::oracle (input.channels[0], test::decayingNoise (2000, 74)))
           < -120.0);

    juce::AudioBuffer<float> none (2, 0);
    processor.processBlock (none, midi);
    processor.releaseResources();
    processor.prepareToPlay (48000, 512);
    CHECK (processor.kernelStatus().source->name == "k");
}

TEST_CASE ("Cutting never matters, through the whole plugin", "[controls]")
{
    const test::Juce juce;
    const auto input = noiseSound (2, 30000);
    std::vector<float> reference;

    for (const auto& cutting : test::cuttings())
    {
        CAPTURE (cutting.name);
        const auto processor = test::makeProcessor();
        const auto output = test::process (*processor, input, cutting);

        if (reference.empty())
            reference = output.channels[0];

        CHECK (test::differingBits (output.channels[0], reference) == "");
    }
}

TEST_CASE ("Bypass, as parameter and as the host's call, passes the input unchanged", "[controls]")
{
    const test::Juce juce;
    const auto input = noiseSound (2, 4000);
    const auto processor = test::makeProcessor();
    processor->parameters.bypass = true;
    processor->parameters.gain = -12.0f;
    CHECK (test::process (*processor, input).channels == input.channels);

    const auto other = test::makeProcessor();
    juce::AudioBuffer<float> block (2, 4000);
    juce::MidiBuffer midi;

    for (int channel = 0; channel < 2; ++channel)
        block.copyFrom (channel, 0, input.channels[static_cast<size_t> (channel)].data(), 4000);

    other->processBlockBypassed (block, midi);
    CHECK (std::equal (block.getReadPointer (1), block.getReadPointer (1) + 4000, input.channels[1].begin()));
}

TEST_CASE ("A bounce waits for its kernel, on any thread, without the message loop", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto kernel = writeKernel (folder, "slow.wav", 480000, 75); // 10 s: not decoded at once
    const auto input = noiseSound (2, 8000);

    const auto processor = test::makeProcessor();
    processor->setNonRealtime (true);
    test::setWetOnly (*processor);
    processor->loadKernel (kernel);
    const auto output = test::process (*processor, input);
    CHECK (test::errorInDb (output.channels[0], test::oracle (input.channels[0], test::decayingNoise (480000, 75)))
           < -120.0);

    processor->loadKernel (folder / "missing.wav"); // ends on a failure
    test::process (*processor, input);
    CHECK_FALSE (processor->isLoading());
}

TEST_CASE ("The audio callback neither allocates nor frees, also while kernels change", "[realtime]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto kernel = writeKernel (folder, "k.wav", 30000, 76);
    const auto processor = test::makeProcessor();
    juce::AudioBuffer<float> block (2, 256);
    juce::MidiBuffer midi;
    size_t allocations = 0;

    for (int callback = 0; callback < 2000; ++callback)
    {
        if (callback % 400 == 100)
            processor->loadKernel (kernel);

        if (callback % 100 == 0)
            processor->parameters.mix = static_cast<float> (callback % 101);

        block.clear();
        block.setSample (0, 0, 1.0f);
        const test::AllocationGuard guard;
        processor->processBlock (block, midi);
        allocations += guard.count();
    }

    CHECK (allocations == 0);
}

TEST_CASE ("Cuts and shelves shape the convolved sound, and at rest change no bit", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (writeSound (folder.path ("one.wav"), Sound { { { 1.0f } }, 48000 }, SampleFormat::float32) == "");
    const auto processor = test::makeProcessor();
    test::load (*processor, folder / "one.wav");
    test::setWetOnly (*processor);
    auto& p = processor->parameters;

    // At rest nothing is touched.
    const auto input = noiseSound (2, 9000);
    CHECK (test::differingBits (test::process (*processor, input).channels[0], input.channels[0]) == "");

    const auto gainAt = [&] (double frequency)
    {
        Sound sine { { std::vector<float> (24000), std::vector<float> (24000) }, 48000 };

        for (size_t n = 0; n < 24000; ++n)
            for (auto& channel : sine.channels)
                channel[n] = static_cast<float> (
                    0.1
                    * std::sin (2.0 * juce::MathConstants<double>::pi * frequency * static_cast<double> (n) / 48000));

        const auto output = test::process (*processor, sine);
        double before = 0.0, after = 0.0;

        for (size_t n = 12000; n < 24000; ++n)
        {
            before += static_cast<double> (sine.channels[0][n]) * sine.channels[0][n];
            after += static_cast<double> (output.channels[0][n]) * output.channels[0][n];
        }

        return 10.0 * std::log10 (after / before);
    };

    using Kind = ToneBand::Kind;
    const auto expected = [&] (Kind kind, double frequency)
    {
        const bool isLow = kind == Kind::lowShelf;
        const auto& shelf = isLow ? p.lowShelf : p.highShelf;
        return kind == Kind::lowCut || kind == Kind::highCut
                   ? toneGainDb ({ kind, true, (kind == Kind::lowCut ? p.lowCut : p.highCut).get() }, frequency)
                   : toneGainDb ({ kind, true, shelf.frequency.get(), shelf.gain.get(), shelf.q.get() }, frequency);
    };

    p.lowCut = 500.0f;
    CHECK (gainAt (200.0) == Approx (expected (Kind::lowCut, 200.0)).margin (0.2));
    p.lowCut = 20.0f;
    p.highCut = 2000.0f;
    CHECK (gainAt (4000.0) == Approx (expected (Kind::highCut, 4000.0)).margin (0.2));
    p.highCut = 20000.0f;
    p.lowShelf.frequency = 300.0f;
    p.lowShelf.gain = -9.0f;
    p.lowShelf.q = 0.5f;
    CHECK (gainAt (150.0) == Approx (expected (Kind::lowShelf, 150.0)).margin (0.2));
    p.lowShelf.gain = 0.0f;
    p.highShelf.frequency = 3000.0f;
    p.highShelf.gain = 6.0f;
    CHECK (gainAt (6000.0) == Approx (expected (Kind::highShelf, 6000.0)).margin (0.2));
    CHECK (gainAt (100.0) == Approx (0.0).margin (0.1));
}

TEST_CASE ("Panic clears the tail, and bypass cuts it or lets it ring, as set", "[controls]")
{
    const test::Juce juce;
    const auto tailAfter = [] (const std::function<void (PluginProcessor&)>& act)
    {
        const auto processor = test::makeProcessor();
        test::setWetOnly (*processor);
        test::process (*processor, noiseSound (2, 48000));
        act (*processor);
        const Sound silence { { std::vector<float> (9600), std::vector<float> (9600) }, 48000 };
        const auto output = test::process (*processor, silence).channels[0];
        float largest = 0.0f;

        for (size_t n = 4800; n < output.size(); ++n)
            largest = std::max (largest, std::abs (output[n]));

        return largest;
    };

    CHECK (tailAfter ([] (PluginProcessor&) {}) > 1e-3f);
    CHECK (tailAfter ([] (PluginProcessor& p) { p.panic(); }) == 0.0f);
    CHECK (tailAfter ([] (PluginProcessor& p) { p.parameters.bypass = true; }) > 1e-3f);
    CHECK (tailAfter (
               [] (PluginProcessor& p)
               {
                   p.session.setOptions ({ true, true, false });
                   p.parameters.bypass = true;
               })
           == 0.0f);
}

TEST_CASE ("The load is measured", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    test::process (*processor, noiseSound (2, 48000), 64);
    const auto reading = processor->load.take();
    CHECK (reading.mean > 0.0);
    CHECK (reading.worst >= reading.mean);
    CHECK (processor->load.take().mean == 0.0); // nothing since
}
