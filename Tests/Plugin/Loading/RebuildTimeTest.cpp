#include "Plugin/PluginProcessor.h"

#include "Support/AllocationGuard.h"
#include "Support/Catch.h"
#include "Support/Plugin.h"

#include <chrono>
#include <thread>

using namespace faltwerk;

TEST_CASE ("Automating the kernel's controls neither allocates nor frees on the audio thread", "[realtime]")
{
    const test::Juce juce;
    const auto processor = test::makeProcessor();
    juce::AudioBuffer<float> block (2, 256);
    juce::MidiBuffer midi;
    size_t allocations = 0;

    // At four times real time: a new kernel must be able to catch up with a stream that it has to follow.
    constexpr auto pace = std::chrono::nanoseconds (256 * 1000000000LL / 48000 / 4);
    auto next = LoadMeter::Clock::now();

    for (int callback = 0; callback < 10000 && processor->document.loader().numBuilds() < 6; ++callback)
    {
        next += pace;
        std::this_thread::sleep_until (next);
        block.clear();
        block.setSample (0, 0, 1.0f);
        const float value = static_cast<float> (callback % 100) / 100.0f;
        const test::AllocationGuard guard;
        processor->parameters.size.setValueNotifyingHost (value);
        processor->parameters.preDelay.setValueNotifyingHost (value);
        processor->processBlock (block, midi);
        allocations += guard.count();
    }

    CHECK (allocations == 0);
    CHECK (processor->document.loader().numBuilds() >= 6); // and what was set is built
}
