#pragma once

#include "Convolution/Engine.h"
#include "Plugin/KernelLoader.h"
#include "Plugin/LoadMeter.h"
#include "Plugin/LoopPlayer.h"
#include "Plugin/Parameters.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>
#include <mutex>

namespace faltwerk
{

/** The plugin as hosts see it: buses, parameters, state, and the engine behind them. No arithmetic on samples. */
class PluginProcessor : public juce::AudioProcessor
{
public:
    PluginProcessor();
    ~PluginProcessor() override;

    /** Loads a file in the background; what came of it is seen in kernelStatus(). [any, not audio] */
    void loadKernel (const juce::File& file);

    /** [any, not audio] */
    KernelLoader::Status kernelStatus() const { return loader.status(); }

    /** Whether a kernel is on its way. [any] */
    bool isLoading() const noexcept { return loader.isPending(); }

    Parameters parameters;
    EngineMeters meters;
    LoadMeter load;
    LoopPlayer loop;

    const juce::String getName() const override { return "Faltwerk"; }
    bool isBusesLayoutSupported (const BusesLayout& layouts) const override;
    void prepareToPlay (double sampleRate, int maximumBlockSize) override;
    void releaseResources() override {}
    void reset() override;
    using juce::AudioProcessor::processBlock;
    using juce::AudioProcessor::processBlockBypassed;
    void processBlock (juce::AudioBuffer<float>&, juce::MidiBuffer&) override;
    void processBlockBypassed (juce::AudioBuffer<float>&, juce::MidiBuffer&) override;
    double getTailLengthSeconds() const override { return loader.lengthInSeconds(); }
    juce::AudioProcessorParameter* getBypassParameter() const override { return &parameters.bypass; }

    bool acceptsMidi() const override { return false; }
    bool producesMidi() const override { return false; }
    int getNumPrograms() override { return 1; }
    int getCurrentProgram() override { return 0; }
    void setCurrentProgram (int) override {}
    const juce::String getProgramName (int) override { return {}; }
    void changeProgramName (int, const juce::String&) override {}

    bool hasEditor() const override { return true; }
    juce::AudioProcessorEditor* createEditor() override;

    void getStateInformation (juce::MemoryBlock& destination) override;
    void setStateInformation (const void* data, int size) override;

private:
    void process (juce::AudioBuffer<float>&, const EngineControls&);
    void requestKernel (std::shared_ptr<const KernelDocument> expected, KernelLoader::Request);

    std::unique_ptr<Engine> engine;
    KernelLoader loader; // after the engine: it goes first

    std::mutex documentLock;
    std::shared_ptr<const KernelDocument> expectedDocument; // what the newest request asks for, until it is done

    JUCE_DECLARE_NON_COPYABLE_WITH_LEAK_DETECTOR (PluginProcessor)
};

} // namespace faltwerk
