#include "Plugin/Loading/KernelLoader.h"

#include "Convolution/Engine/Engine.h"
#include "Convolution/Partition/KernelSpectra.h"
#include "Kernel/Reading/KernelFile.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Plugin.h"

#include <atomic>

using namespace faltwerk;

namespace
{

LoadResult impulse (float level, const char* name)
{
    LoadResult result;
    result.succeeded = true;
    result.source = makeLoadedKernel (Kernel { { { level } }, 48000.0, Routing::mono, name }, {});
    return result;
}

} // namespace

TEST_CASE ("The last request is served and a failure keeps the loaded kernel", "[state]")
{
    const test::Juce juce;
    KernelLoader loader;
    std::atomic<bool> go { false };
    std::atomic<int> ran { 0 };

    loader.request (
        [&]
        {
            while (! go)
                juce::Thread::sleep (1);

            ++ran;
            return impulse (1.0f, "first");
        });

    while (loader.isPending() && ran == 0 && ! go)
    {
        for (int n = 0; n < 20; ++n)
            loader.request (
                [&, n]
                {
                    ++ran;
                    return impulse (2.0f, n == 19 ? "last" : "skipped");
                });

        go = true;
    }

    loader.finish();
    CHECK (loader.status().source->name == "last");
    CHECK (ran <= 2); // what waited behind was replaced, never run

    const auto version = loader.status().version;
    loader.request (
        []
        {
            LoadResult failure;
            failure.message = "it went wrong";
            return failure;
        });
    loader.finish();
    CHECK (loader.status().source->name == "last");
    CHECK (loader.status().message == "it went wrong");
    CHECK (loader.status().version > version);

    loader.request ([]() -> LoadResult { throw std::bad_alloc(); });
    loader.finish();
    CHECK (loader.status().source->name == "last");
    CHECK_THAT (loader.status().message, Catch::Matchers::Contains ("not enough memory"));
}

TEST_CASE ("A loader can go while it is loading", "[state]")
{
    const test::Juce juce;

    for (int n = 0; n < 50; ++n)
    {
        KernelLoader loader;
        loader.request ([] { return impulse (1.0f, "gone"); });
    }
}

TEST_CASE ("Many instances share the loader's threads", "[state]")
{
    const test::Juce juce;
    std::vector<std::unique_ptr<KernelLoader>> loaders;

    for (int n = 0; n < 100; ++n)
    {
        loaders.push_back (std::make_unique<KernelLoader>());
        loaders.back()->request ([] { return impulse (1.0f, "one of many"); });
    }

    for (auto& loader : loaders)
    {
        loader->finish();
        CHECK (loader->status().source->name == "one of many");
    }
}

TEST_CASE ("A kernel that needs too much memory is refused and the former one stays", "[state]")
{
    const test::Juce juce;
    EngineMeters meters;
    Engine engine (48000.0, 2, 2, 48000, meters);
    KernelLoader loader;
    loader.setEngine (&engine, 48000.0, 2, 2);
    loader.setMemoryLimit (16 << 20);

    const auto load = [&] (size_t length, const char* name)
    {
        loader.request (
            [&]
            {
                LoadResult result;
                result.succeeded = true;
                result.source = makeLoadedKernel (
                    Kernel { { 4, std::vector<float> (length, 0.01f) }, 48000.0, Routing::trueStereo, name }, {});
                return result;
            });
        loader.finish();
    };

    load (4800, "short");
    CHECK (loader.status().message == "");
    load (480000, "long");
    CHECK (loader.status().source->name == "short");
    CHECK (loader.lengthInSeconds() == Approx (0.1));
    const auto message = loader.status().message;
    CAPTURE (message);

    for (const char* part : { "'long'", "10.0 s", "true stereo", "48.0 kHz", "limit is 16 MB" })
        CHECK (message.find (part) != std::string::npos);

    loader.setMemoryLimit (size_t { 2 } << 30);
    load (480000, "long");
    CHECK (loader.status().source->name == "long");
    CHECK (loader.status().message == "");
    loader.setEngine (nullptr, 0.0, 0, 0);
}

TEST_CASE ("A kernel that would need too much memory at the host's rate is refused before it takes that", "[state]")
{
    const test::Juce juce;
    EngineMeters meters;
    Engine engine (192000.0, 1, 1, 48000, meters);
    KernelLoader loader;
    loader.setEngine (&engine, 192000.0, 1, 1);
    loader.request (
        []
        {
            LoadResult result;
            result.succeeded = true;
            auto taps = std::vector<float> (3000000, 0.01f); // 50 minutes, or 2.3 GB
            result.source = makeLoadedKernel (Kernel { { std::move (taps) }, 1000.0, Routing::mono, "slow" }, {});
            return result;
        });
    loader.finish();
    CHECK_THAT (loader.status().message, Catch::Matchers::Contains ("'slow' is too long: 3000.0 s of mono"));
    loader.setEngine (nullptr, 0.0, 0, 0);
}

TEST_CASE ("A kernel that was cleared is freed once it no longer sounds", "[state]")
{
    const test::Juce juce;
    EngineMeters meters;
    Engine engine (48000.0, 1, 1, 4096, meters);
    KernelLoader loader;
    loader.setEngine (&engine, 48000.0, 1, 1);
    loader.request ([] { return impulse (0.25f, "kernel"); });
    loader.finish();

    const auto kernel = loader.status().edited->kernel;
    const std::vector<KernelPath> paths { { 0, 0, kernel->paths[0] } };
    const std::weak_ptr<const KernelSpectra> spectra =
        KernelSpectra::shared (paths, PartitionPlan::make (shapeOf (paths, 1, 1)));
    REQUIRE_FALSE (spectra.expired()); // the engine's

    std::vector<float> silence (512);
    float* const channels[] = { silence.data() };

    while (engine.completedChanges() == 0)
        engine.process (channels, channels, silence.size(), {});

    juce::Thread::sleep (50); // until nobody looks for what may be freed

    const auto isFreed = [&]
    {
        for (int n = 0; n < 1000 && ! spectra.expired(); ++n)
        {
            engine.process (channels, channels, silence.size(), {});
            juce::Thread::sleep (1);
        }

        return spectra.expired();
    };

    loader.request (
        []
        {
            LoadResult none;
            none.succeeded = true;
            return none;
        });
    loader.finish();
    CHECK (isFreed());
    loader.setEngine (nullptr, 0.0, 0, 0);
}

TEST_CASE ("A file that is cut short is loaded with a remark, which a session keeps", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder;
    REQUIRE (
        writeSound (folder.path ("whole.wav"), { { std::vector<float> (1000, 0.25f) }, 48000.0 }, SampleFormat::int16)
        == "");
    juce::MemoryBlock bytes;
    REQUIRE ((folder / "whole.wav").loadFileAsData (bytes));
    REQUIRE ((folder / "cut.wav").replaceWithData (bytes.getData(), bytes.getSize() - 2 * 400));
    const std::string remark = "is cut short: 600 of the 1000 frames that its header names are there";

    PluginProcessor processor (folder / "user");
    processor.document.loadFile (folder / "cut.wav");
    test::settle (processor);
    CHECK (processor.kernelStatus().message == "'cut.wav' " + remark);
    CHECK_FALSE (processor.kernelStatus().isFailure);
    CHECK (processor.document.current().source->origin.remark == remark);
    CHECK (processor.document.current().source->kernel->lengthInFrames() == 600);

    juce::MemoryBlock state;
    processor.getStateInformation (state);
    PluginProcessor opened (folder / "user");
    opened.setStateInformation (state.getData(), static_cast<int> (state.getSize()));
    test::settle (opened);
    CHECK (opened.document.current().source->origin.remark == remark);
    CHECK (opened.kernelStatus().message == ""); // it is no news

    processor.document.loadFile (folder / "whole.wav");
    test::settle (processor);
    CHECK (processor.kernelStatus().message == "");
    CHECK (processor.document.current().source->origin.remark == "");
}
