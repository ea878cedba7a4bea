#include "Support/Plugin.h"

#include "Support/Catch.h"

namespace faltwerk::test
{

namespace
{

std::unique_ptr<PluginProcessor> prepared (std::unique_ptr<PluginProcessor> processor, double sampleRate)
{
    processor->setRateAndBufferSizeDetails (sampleRate, 512);
    processor->prepareToPlay (sampleRate, 512);
    settle (*processor);
    return processor;
}

} // namespace

std::unique_ptr<PluginProcessor> makeProcessor (double sampleRate, int numInputs, int numOutputs)
{
    auto processor = std::make_unique<PluginProcessor>();
    REQUIRE (processor->setBusesLayout ({ { juce::AudioChannelSet::canonicalChannelSet (numInputs) },
                                          { juce::AudioChannelSet::canonicalChannelSet (numOutputs) } }));
    return prepared (std::move (processor), sampleRate);
}

std::unique_ptr<PluginProcessor> makeProcessorOf (const juce::File& userFolder)
{
    return prepared (std::make_unique<PluginProcessor> (userFolder), 48000.0);
}

void settle (PluginProcessor& processor)
{
    processor.document.loadPostponed();

    // A search follows a load, and may ask for another.
    while (processor.isLoading() || processor.document.isSearching() || processor.isLoading())
        juce::Thread::sleep (1);
}

void setWetOnly (PluginProcessor& processor)
{
    processor.parameters.mix = 100.0f;
    processor.parameters.normalise = 0;
    settle (processor);
}

void load (PluginProcessor& processor, const juce::File& file)
{
    processor.loadKernel (file);
    settle (processor);
}

juce::MemoryBlock stateOf (PluginProcessor& processor)
{
    juce::MemoryBlock state;
    processor.getStateInformation (state);
    return state;
}

juce::MemoryBlock stateWithoutCopyOf (PluginProcessor& processor)
{
    auto state = stateOf (processor);
    const auto hasCopy = [&state]
    {
        const auto read = PluginState::read (state.getData(), state.getSize());
        return read && read->current.source != nullptr && ! read->current.source->encoded.empty();
    };

    for (int n = 0; n < 100 && hasCopy(); ++n)
    {
        juce::Thread::sleep (10);
        state = stateOf (processor);
    }

    return state;
}

void restore (PluginProcessor& processor, const juce::MemoryBlock& state)
{
    processor.setStateInformation (state.getData(), static_cast<int> (state.getSize()));
    settle (processor);
}

juce::MemoryBlock sessionOf (const juce::String& text, int version)
{
    juce::MemoryOutputStream stream;
    stream.writeInt (0x57544c46); // FLTW
    stream.writeInt (version);
    stream.writeInt (static_cast<int> (text.getNumBytesAsUTF8()));
    stream.write (text.toRawUTF8(), text.getNumBytesAsUTF8());
    return stream.getMemoryBlock();
}

Sound process (PluginProcessor& processor, const Sound& input, const Cutting& cutting)
{
    const auto numIn = static_cast<size_t> (processor.getMainBusNumInputChannels());
    const auto numOut = static_cast<size_t> (processor.getMainBusNumOutputChannels());
    Sound output { std::vector<std::vector<float>> (numOut), input.sampleRate };
    juce::MidiBuffer midi;

    cut (input.lengthInFrames(), cutting,
         [&] (size_t position, size_t size)
         {
             juce::AudioBuffer<float> block (static_cast<int> (std::max (numIn, numOut)), static_cast<int> (size));
             block.clear();

             for (size_t channel = 0; channel < numIn; ++channel)
                 block.copyFrom (static_cast<int> (channel), 0, input.channels[channel].data() + position,
                                 static_cast<int> (size));

             processor.processBlock (block, midi);

             for (size_t channel = 0; channel < numOut; ++channel)
             {
                 const auto* const samples = block.getReadPointer (static_cast<int> (channel));
                 output.channels[channel].insert (output.channels[channel].end(), samples, samples + size);
             }
         });

    return output;
}

Sound process (PluginProcessor& processor, const Sound& input, size_t callbackSize)
{
    return process (processor, input, Cutting { "fixed", [callbackSize] { return callbackSize; } });
}

} // namespace faltwerk::test
