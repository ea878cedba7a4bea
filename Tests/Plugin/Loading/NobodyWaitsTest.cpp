// What can arrive later holds up no caller: counted, not timed.

#include "Plugin/Document/Document.h"

#include "Plugin/Loading/SharedBuilds.h"
#include "Support/Catch.h"
#include "Support/Files/Files.h"
#include "Support/Oracle.h"
#include "Support/Plugin.h"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace faltwerk;
using Catch::Matchers::Contains;

namespace
{

Kernel noiseKernel (size_t length, uint64_t seed, const char* name)
{
    return *makeKernel ({ test::decayingNoise (length, seed), test::decayingNoise (length, seed + 1) }, 48000.0, name);
}

} // namespace

TEST_CASE ("prepareToPlay and setStateInformation return while a kernel is still being made", "[state]")
{
    const test::Juce juce;
    std::atomic<bool> go { false };
    PluginProcessor processor;
    processor.document.loadKernel ("slow",
                                   [&go]
                                   {
                                       while (! go)
                                           juce::Thread::sleep (1);

                                       return Outcome<Kernel> (noiseKernel (4800, 1, "slow"));
                                   });
    processor.setRateAndBufferSizeDetails (48000, 512);
    processor.prepareToPlay (48000, 512); // would never return if it waited
    CHECK (processor.isLoading());
    CHECK (processor.getTailLengthSeconds() == 10.0); // long enough for a host that asks now

    // Until the kernel is there the wet sound is silent, and the dry sound what Mix says.
    processor.parameters.mix = 100.0f;
    const auto silent = test::process (processor, { { test::noise (4800, 3), test::noise (4800, 4) }, 48000 });
    CHECK (std::all_of (silent.channels[0].begin(), silent.channels[0].end(), [] (float x) { return x == 0.0f; }));

    const auto session = test::stateOf (processor);
    PluginProcessor other;
    other.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
    go = true;
    test::settle (processor);
    CHECK (processor.kernelStatus().source->name == "slow");
    CHECK (processor.getTailLengthSeconds() == 0.1);
}

TEST_CASE ("prepareToPlay prepares a kernel at once only if it is short at its own and at the host's rate", "[state]")
{
    const test::Juce juce;
    const double kernelRate = GENERATE (48000.0, 8000.0);
    PluginProcessor processor;
    processor.document.loadKernel (*makeKernel ({ test::decayingNoise (6000, 1) }, kernelRate, "short"));
    test::setWetOnly (processor);
    const KernelLoader::Hold hold (processor.document.loader());
    processor.setRateAndBufferSizeDetails (48000, 512);
    processor.prepareToPlay (48000, 512);
    const auto input = test::noise (512, 3);
    const auto output = test::process (processor, { { input, input }, 48000 });
    const bool isSilent =
        std::all_of (output.channels[0].begin(), output.channels[0].end(), [] (float x) { return x == 0.0f; });
    CHECK (isSilent == (kernelRate == 8000.0)); // 36000 frames follow in the background
}

TEST_CASE ("prepareToPlay returns while a control that rebuilds the kernel goes on moving", "[state]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    processor->document.loadKernel (noiseKernel (96000, 1, "long"));
    test::settle (*processor);
    std::atomic<bool> stop { false };
    std::thread mover (
        [&]
        {
            for (int n = 0; ! stop; ++n)
            {
                processor->parameters.decay = static_cast<float> (20 + n % 100);
                juce::Thread::sleep (1);
            }
        });

    for (const double rate : { 44100.0, 48000.0, 96000.0 })
    {
        processor->setRateAndBufferSizeDetails (rate, 512);
        processor->prepareToPlay (rate, 512);
        processor->document.finishLoading(); // what was asked for before the call, and no more
    }

    stop = true;
    mover.join();
    test::settle (*processor);
    CHECK (processor->kernelStatus().message == "");
    CHECK (processor->kernelStatus().edited != nullptr);
}

TEST_CASE ("A kernel with a copy sounds from it at once, and its file is searched for once for all instances",
           "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder, user;
    const auto kernels = folder / "kernels";

    for (uint64_t n = 0; n < 50; ++n)
    {
        const auto file = kernels.getChildFile (juce::String (n % 5)).getChildFile (juce::String (n) + ".wav");
        REQUIRE (file.getParentDirectory().createDirectory());
        REQUIRE (writeSound (file.getFullPathName().toStdString(), { { test::decayingNoise (100, n) }, 48000 },
                             SampleFormat::float32)
                 == "");
    }

    Settings::Values values;
    values.kernelFolders = { kernels.getFullPathName() };
    Settings::in (user / "")->set (values);
    REQUIRE (writeSound (folder.path ("gone.wav"), { { test::decayingNoise (3000, 99) }, 48000 }, SampleFormat::float32)
             == "");
    juce::MemoryBlock session;

    {
        PluginProcessor original (user / "");
        test::load (original, folder / "gone.wav");
        session = test::stateOf (original);
    }

    REQUIRE ((folder / "gone.wav").deleteFile());
    const juce::SharedResourcePointer<KernelFinder> finder;
    const auto before = finder->numSearches();
    std::vector<std::unique_ptr<PluginProcessor>> processors;

    for (int n = 0; n < 10; ++n)
    {
        processors.push_back (std::make_unique<PluginProcessor> (user / ""));
        processors.back()->setStateInformation (session.getData(), static_cast<int> (session.getSize()));
        processors.back()->document.loader().finish(); // of the sound, not of the search
        REQUIRE (processors.back()->kernelStatus().edited != nullptr);
    }

    const auto* const audio = processors.front()->kernelStatus().source->kernel.get();

    for (auto& processor : processors)
    {
        test::settle (*processor);
        CHECK_THAT (processor->kernelStatus().message, Contains ("using an earlier copy, saved with the session"));
        CHECK (processor->kernelStatus().source->kernel.get() == audio); // decoded once
        CHECK (processor->kernelStatus().edited == processors.front()->kernelStatus().edited);
    }

    CHECK (finder->numSearches() == before + 1);

    // Moved into a kernel folder it is found, and the session names the new place.
    const auto moved = kernels.getChildFile ("3/moved.wav");
    REQUIRE (writeSound (moved.getFullPathName().toStdString(), { { test::decayingNoise (3000, 99) }, 48000 },
                         SampleFormat::float32)
             == "");
    values.kernelFolders.add ((folder / "none").getFullPathName()); // so that it is searched for anew
    Settings::in (user / "")->set (values);
    PluginProcessor last (user / "");
    test::restore (last, session);
    CHECK_THAT (last.kernelStatus().message, Contains ("was not where it was"));
    CHECK (last.document.current().source->origin.path == moved.getFullPathName().toStdString());
    CHECK (last.document.current().source == last.kernelStatus().source);
}

TEST_CASE ("The default kernel is made when it is first heard or seen and once for all instances", "[state]")
{
    const test::Juce juce;
    PluginProcessor processor;
    CHECK (processor.document.current().source->name == "Concert Hall");
    CHECK_FALSE (processor.isLoading());
    CHECK (processor.kernelStatus().source == nullptr);

    // A session takes its place unmade.
    PluginState state;
    juce::MemoryBlock session;
    state.write (session);
    PluginProcessor opened;
    opened.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
    opened.setRateAndBufferSizeDetails (48000, 512);
    opened.prepareToPlay (48000, 512);
    test::settle (opened);
    CHECK (opened.kernelStatus().source == nullptr);

    // Saved unmade it is still a new instance's kernel.
    PluginProcessor again;
    test::restore (again, test::stateOf (processor));
    REQUIRE (again.kernelStatus().source != nullptr);
    CHECK (again.kernelStatus().source->name == "Concert Hall");

    processor.setRateAndBufferSizeDetails (48000, 512);
    processor.prepareToPlay (48000, 512);
    test::settle (processor);
    CHECK (processor.kernelStatus().source->kernel == again.kernelStatus().source->kernel);
}

TEST_CASE ("A bounce waits for a kernel that has to be searched for", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder folder, user;
    REQUIRE ((folder / "kernels").createDirectory());
    Settings::Values values;
    values.embedsKernels = false;
    values.kernelFolders = { (folder / "kernels").getFullPathName() };
    Settings::in (user / "")->set (values);
    const Sound sound { { test::decayingNoise (500, 7) }, 48000 };
    REQUIRE (writeSound (folder.path ("k.wav"), sound, SampleFormat::float32) == "");
    juce::MemoryBlock session;

    {
        PluginProcessor original (user / "");
        test::load (original, folder / "k.wav");
        test::setWetOnly (original);
        session = test::stateWithoutCopyOf (original);
        CHECK (session.getSize() < 10000);
    }

    REQUIRE ((folder / "k.wav").moveFileTo (folder / "kernels/elsewhere.wav"));
    PluginProcessor processor (user / "");
    processor.setRateAndBufferSizeDetails (48000, 512);
    processor.prepareToPlay (48000, 512);
    processor.setNonRealtime (true);
    processor.setStateInformation (session.getData(), static_cast<int> (session.getSize()));
    const auto input = test::noise (4000, 8);
    const auto output = test::process (processor, { { input, input }, 48000 });
    CHECK (test::errorInDb (output.channels[0], test::oracle (input, sound.channels[0])) < -115.0);
}

TEST_CASE ("A bounce waits for what comes back in place of kernels that fail", "[state]")
{
    const test::Juce juce;
    const test::TemporaryFolder user;
    PluginProcessor processor (user / "");
    std::thread bounce;

    {
        const KernelLoader::Hold hold (processor.document.loader());
        processor.document.loadFactoryKernel ("Slapback");

        for (const char* const name : { "first", "second", "third" })
            processor.document.loadKernel (name,
                                           []
                                           {
                                               juce::Thread::sleep (50);
                                               return Outcome<Kernel>::failure ("It cannot be made.");
                                           });

        bounce = std::thread ([&] { processor.document.finishLoading(); });
        juce::Thread::sleep (50); // it waits before the first of them has failed
    }

    bounce.join();
    const auto status = processor.kernelStatus();
    REQUIRE (status.edited != nullptr);
    CHECK (status.source->name == "Slapback");
}

TEST_CASE ("A shared value is built again if its last user releases it during a request", "[state]")
{
    /** Lets go of the value when it is compared: between looking whether it is in use and taking it. */
    struct Key
    {
        int number;
        std::shared_ptr<const int>* owner;

        bool operator== (const Key& other) const
        {
            if (owner != nullptr)
                owner->reset();

            return number == other.number;
        }
    };

    SharedBuilds<Key, int> builds;
    std::shared_ptr<const int> owner;
    owner = builds.get ({ 1, &owner }, [] { return std::make_shared<const int> (7); });
    const auto again = builds.get ({ 1, nullptr }, [] { return std::make_shared<const int> (8); });
    CHECK (owner == nullptr);
    CHECK (*again == 8);
}
