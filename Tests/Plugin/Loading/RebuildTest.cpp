#include "Plugin/PluginProcessor.h"

#include "Convolution/Partition/KernelSpectra.h"
#include "Kernel/Edits/Resampling.h"
#include "Kernel/KernelRouting.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>

using namespace faltwerk;

namespace
{

Sound noiseSound (size_t length) { return { { test::noise (length, 60), test::noise (length, 61) }, 48000 }; }

juce::File writeKernel (const test::TemporaryFolder& folder, const juce::String& name, size_t length, uint64_t seed)
{
    const Sound sound { { test::decayingNoise (length, seed), test::decayingNoise (length, seed + 1) }, 48000 };
    REQUIRE (writeSound (folder.path (name), sound, SampleFormat::float32) == "");
    return folder / name;
}

/** How far the end of what sounds now is from the kernel edited so, in dB. */
double errorOfEnd (PluginProcessor& processor, const Kernel& kernel, const Edits& edits)
{
    const auto input = noiseSound (40000);
    const auto output = test::process (processor, input);
    const auto expected = test::oracle (input.channels[1], edited (kernel, edits)->kernel.paths[1]);
    constexpr size_t settled = 20000; // the change is over, and the kernel shorter
    return test::errorInDb (std::span (output.channels[1]).subspan (settled),
                            std::span (expected).subspan (settled, 40000 - settled));
}

} // namespace

TEST_CASE ("Every control of the kernel does its work on what sounds", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "k.wav", 4000, 70);

    struct Change
    {
        const char* name;
        std::function<void (PluginProcessor&)> act;
        std::function<void (Edits&)> expect;
    };

    const Change changes[] = {
        { "preDelay", [] (auto& p) { p.parameters.preDelay = 25.0f; }, [] (Edits& e) { e.preDelay = 0.025; } },
        { "size", [] (auto& p) { p.parameters.size = 150.0f; }, [] (Edits& e) { e.stretch = 1.5; } },
        { "decay", [] (auto& p) { p.parameters.decay = 50.0f; }, [] (Edits& e) { e.decay = 0.5; } },
        { "attack", [] (auto& p) { p.parameters.attack = 10.0f; }, [] (Edits& e) { e.attack = 0.01; } },
        { "width", [] (auto& p) { p.parameters.width = 0.0f; }, [] (Edits& e) { e.width = 0.0; } },
        { "damping", [] (auto& p) { p.parameters.damping = 60.0f; }, [] (Edits& e) { e.damping = 0.6; } },
        { "reverse", [] (auto& p) { p.parameters.reverse = true; }, [] (Edits& e) { e.reverse = true; } },
        { "normalise", [] (auto& p) { p.parameters.normalise = 1; }, [] (Edits& e) { e.normalise = Normalise::peak; } },
        { "start", [] (auto& p) { p.document.edit ("", [] (auto& e) { e.start = 0.01; }); },
          [] (Edits& e) { e.start = 0.01; } },
        { "end", [] (auto& p) { p.document.edit ("", [] (auto& e) { e.end = 0.05; }); },
          [] (Edits& e) { e.end = 0.05; } },
        { "fadeIn", [] (auto& p) { p.document.edit ("", [] (auto& e) { e.fadeIn = 0.02; }); },
          [] (Edits& e) { e.fadeIn = 0.02; } },
        { "fadeOut", [] (auto& p) { p.document.edit ("", [] (auto& e) { e.fadeOut = 0.03; }); },
          [] (Edits& e) { e.fadeOut = 0.03; } },
        { "nodes", [] (auto& p) { p.document.edit ("",
                                                   [] (auto& e) {
                                                       e.nodes = { { 0.0, 0.0 }, { 0.03, -9.0 } };
                                                   }); },
          [] (Edits& e) {
              e.nodes = { { 0.0, 0.0 }, { 0.03, -9.0 } };
          } }
    };

    for (const auto& [name, act, expect] : changes)
    {
        CAPTURE (name);
        const auto processor = test::makeProcessor();
        test::load (*processor, file);
        test::setWetOnly (*processor);
        const auto kernel = processor->kernelStatus().source->kernel;
        CHECK (errorOfEnd (*processor, *kernel, {}) < -115.0);

        act (*processor);
        test::settle (*processor);
        Edits edits;
        expect (edits);
        CHECK (errorOfEnd (*processor, *kernel, edits) < -115.0);
        CHECK (errorOfEnd (*processor, *kernel, {}) > -60.0); // and that is something else
        const auto sounding = processor->kernelStatus().edited->kernel;
        CHECK (processor->getTailLengthSeconds() == Approx (sounding->lengthInSeconds()));
    }
}

TEST_CASE ("Edits hold at every rate of the host", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    test::load (*processor, writeKernel (folder, "k.wav", 4000, 70));
    test::setWetOnly (*processor);
    processor->parameters.preDelay = 10.0f;
    processor->parameters.normalise = 2;
    processor->setRateAndBufferSizeDetails (96000, 512);
    processor->prepareToPlay (96000, 512);
    test::settle (*processor);

    const auto status = processor->kernelStatus();
    Edits edits;
    edits.preDelay = 0.01;
    edits.normalise = Normalise::energy; // by a gain from the kernel's own rate
    const auto expected = resampled (edited (*status.source->kernel, edits)->kernel, 96000);
    const auto input = noiseSound (20000);
    const auto output = test::process (*processor, input);
    CHECK (test::errorInDb (output.channels[0], test::oracle (input.channels[0], expected.paths[0])) < -115.0);
}

TEST_CASE ("The gain that normalisation applies comes with the edited kernel", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();

    for (const int normalise : { 0, 1, 2, 3 })
    {
        processor->parameters.normalise = normalise;
        processor->parameters.width = 60.0f;
        test::settle (*processor);
        const auto status = processor->kernelStatus();
        Edits edits;
        edits.width = 0.6;
        edits.normalise = static_cast<Normalise> (normalise);
        CHECK (status.edited->normalisingGain == edited (*status.source->kernel, edits)->normalisingGain);
        CHECK ((status.edited->normalisingGain == 1.0) == (normalise == 0));
    }
}

TEST_CASE ("Rapid changes of a control are built one at a time and end with the last value", "[controls]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    test::setWetOnly (*processor);
    const auto& loader = processor->document.loader();
    const auto before = loader.numBuilds();
    int numValues = 0;
    const auto end = juce::Time::getMillisecondCounterHiRes() + 500.0;

    while (juce::Time::getMillisecondCounterHiRes() < end)
        processor->parameters.damping = static_cast<float> (++numValues % 90);

    processor->parameters.damping = 95.0f;
    test::settle (*processor);
    const auto builds = loader.numBuilds() - before;
    CAPTURE (numValues, builds);
    CHECK (numValues > 1000);
    CHECK (builds >= 1);
    CHECK (builds < static_cast<uint64_t> (numValues) / 20); // most values are overtaken
    CHECK (processor->kernelStatus().edited->edits.damping == 0.95);

    // Nothing is built when nothing has changed.
    const auto after = loader.numBuilds();
    processor->parameters.damping = 95.0f;
    processor->parameters.mix = 20.0f;
    processor->parameters.gain = 2.0f;
    processor->parameters.damping = 10.0f;
    processor->parameters.damping = 95.0f;
    juce::Thread::sleep (30);
    test::settle (*processor);
    CHECK (loader.numBuilds() <= after + 2); // the look may have fallen between the last two
    CHECK (processor->kernelStatus().edited->edits.damping == 0.95);
}

TEST_CASE ("Never two at a time for one instance", "[controls]")
{
    const test::Juce juce;

    struct Client : LoaderClient
    {
        std::atomic<uint64_t> version { 0 };
        mutable std::atomic<int> active { 0 }, most { 0 }, count { 0 };

        LoaderClient::Wanted wanted() const noexcept override { return { {}, version.load() }; }

        Edits editsFor (uint64_t) const override
        {
            most = std::max (most.load(), ++active);
            juce::Thread::sleep (3);
            --active;
            Edits edits;
            edits.preDelay = 0.001 * static_cast<double> (++count);
            return edits;
        }

        void succeeded (uint64_t, LoadedKernelPointer) override {}
        void failed (uint64_t) override {}
    };

    Client client;
    KernelLoader loader (&client);

    for (int n = 0; n < 100; ++n)
    {
        ++client.version;

        if (n % 10 == 0)
            loader.request (
                []
                {
                    LoadResult result;
                    result.succeeded = true;
                    result.source = makeLoadedKernel (Kernel { { { 1.0f } }, 48000.0, Routing::mono, "one" }, {});
                    return result;
                });

        loader.wake();
        juce::Thread::sleep (1);
    }

    loader.finish();
    CHECK (client.most == 1);
    CHECK (client.count > 2);
    CHECK (client.count < 100);

    // Held, nothing is begun.
    const int before = client.count;

    {
        const KernelLoader::Hold hold (loader);
        ++client.version;
        loader.wake();
        juce::Thread::sleep (30);
        CHECK (client.count == before);
        CHECK (loader.isPending());
    }

    loader.finish();
    CHECK (client.count == before + 1);
}

TEST_CASE ("A bounce sounds with every control as it is set even from the message thread", "[controls]")
{
    const test::Juce juce; // this is the message thread, and nobody pumps it
    const test::TemporaryFolder folder;
    const auto processor = test::makeProcessor();
    test::load (*processor, writeKernel (folder, "k.wav", 4000, 70));
    test::setWetOnly (*processor);
    processor->setNonRealtime (true);
    const auto kernel = processor->kernelStatus().source->kernel;
    const auto input = noiseSound (3000);
    processor->parameters.reverse = true; // at once before the block
    const auto output = test::process (*processor, input);
    Edits edits;
    edits.reverse = true;
    CHECK (
        test::errorInDb (output.channels[0], test::oracle (input.channels[0], edited (*kernel, edits)->kernel.paths[0]))
        < -115.0);
}

TEST_CASE ("Offline and in real time the same comes out", "[controls]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    const auto file = writeKernel (folder, "k.wav", 4000, 70);
    const auto input = noiseSound (20000);
    std::vector<std::vector<float>> outputs;

    for (const bool offline : { false, true })
    {
        const auto processor = test::makeProcessor();
        test::load (*processor, file);
        test::setWetOnly (*processor);
        processor->parameters.size = 80.0f;
        processor->parameters.decay = 60.0f;
        processor->setNonRealtime (offline);

        if (! offline)
            test::settle (*processor);

        outputs.push_back (test::process (*processor, input).channels[0]);
    }

    CHECK (test::differingBits (outputs[0], outputs[1]) == "");
}

TEST_CASE ("A hundred instances share threads, documents and spectra", "[controls]")
{
    const test::Juce juce;
    const auto numThreads = []
    { return juce::File ("/proc/self/task").getNumberOfChildFiles (juce::File::findDirectories); };
    const auto first = test::makeProcessor();
    const int before = numThreads();
    std::vector<std::unique_ptr<PluginProcessor>> processors;

    for (int n = 0; n < 100; ++n)
        processors.push_back (std::make_unique<PluginProcessor>());

    for (auto& processor : processors)
    {
        processor->parameters.damping = 20.0f;
        test::settle (*processor);
        CHECK (processor->kernelStatus().source == first->kernelStatus().source);
        CHECK (processor->kernelStatus().edited->edits.damping == 0.2);
    }

    CHECK (numThreads() <= before + 1); // where that can be counted

    // Nor does what sounds exist more than once: the spectra that an instance would make are those of all.
    constexpr double rate = 8000.0; // so that a hundred histories are small
    const auto kernel = resampled (*first->kernelStatus().source->kernel, rate);
    const auto paths = connect (kernel, 2, 2);
    first->parameters.normalise = 0;
    test::settle (*first);
    first->prepareToPlay (rate, 512);
    test::settle (*first);
    const auto spectra = KernelSpectra::shared (paths, PartitionPlan::make (shapeOf (paths, 2, 2)));
    const auto usersBefore = spectra.use_count();
    CHECK (usersBefore >= 2); // it sounds

    for (auto& processor : processors)
    {
        processor->parameters.damping = 0.0f;
        processor->parameters.normalise = 0;
        test::settle (*processor);
        processor->setRateAndBufferSizeDetails (rate, 512);
        processor->prepareToPlay (rate, 512);
        test::settle (*processor);
    }

    CHECK (spectra.use_count() == usersBefore + 200); // each engine's, and kept for the next one
}
