#pragma once

#include "Convolution/Signal/EngineMeters.h"
#include "Plugin/Document/Session.h"
#include "Plugin/LoadMeter.h"
#include "Plugin/Parameters/Parameters.h"
#include "Plugin/Sounds/DemoLoop.h"
#include "Plugin/Sounds/LoopPlayer.h"
#include "Plugin/Sounds/SweepRecorder.h"
#include "Plugin/State/Presets.h"
#include "Plugin/State/Settings.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <atomic>
#include <memory>

namespace faltwerk
{

class Engine;

/** The plugin as hosts see it: buses, parameters, state, and the engine behind them. No arithmetic on samples. */
class PluginProcessor : public juce::AudioProcessor
{
public:
    /** @param userFolder  where settings and presets are kept */
    explicit PluginProcessor (const juce::File& userFolder = standardUserFolder());
    ~PluginProcessor() override;

    Parameters parameters;
    const std::shared_ptr<Settings> settings; // shared by all instances
    const Presets presets;

    /** Loads a file in the background; what came of it is seen in kernelStatus(). [not audio] */
    void loadKernel (const juce::File& file) { document.loadFile (file); }

    /** Names of all presets; see allPresetNames(). [message] */
    juce::StringArray presetNames() const;

    /** Apply a preset in the background, or save the current value as one. Return a sentence on failure. [message] */
    std::string loadPreset (const juce::String& name, Document::Choice = Document::Choice::byName);
    std::string savePreset (const juce::String& name);

    /** Applies the preset `by` places after the current one, going round at both ends and skipping presets that cannot
        be read. Without a current preset, the first step leads to the first, or back to the last. Steps within 2 s of
        each other are one undo step. Returns a sentence if no preset can be read. [message] */
    std::string stepPreset (int by);

    /** Fades out all tails. [any, not while prepareToPlay runs] */
    void panic() noexcept;

    /** Returns what was loaded last, and the last message. [not audio] */
    LoaderStatus kernelStatus() const { return document.loader().status(); }

    /** Returns true while a kernel is being loaded. [not audio] */
    bool isLoading() const { return document.loader().isPending(); }

    /** Returns the number of changes of the kernel that have been completed since the last prepareToPlay. [any, not
        while that runs] */
    uint64_t completedKernelChanges() const noexcept;

    EngineMeters meters;
    LoadMeter load;
    LoopPlayer loop { DemoLoop::make, DemoLoop::sampleRate };

    /** Linear gain at the output for comparison at equal loudness; not part of the state. Not applied in an offline
        bounce or while the host reports that it records. [any, relaxed] */
    std::atomic<float> comparisonGain { 1.0f };
    SweepRecorder sweep;

    const juce::String getName() const override { return "Faltwerk"; }
    bool isBusesLayoutSupported (const BusesLayout& layouts) const override;
    void prepareToPlay (double sampleRate, int maximumBlockSize) override;
    void releaseResources() override {}
    void reset() override;
    using juce::AudioProcessor::processBlock;
    using juce::AudioProcessor::processBlockBypassed;
    void processBlock (juce::AudioBuffer<float>&, juce::MidiBuffer&) override;
    void processBlockBypassed (juce::AudioBuffer<float>&, juce::MidiBuffer&) override;
    double getTailLengthSeconds() const override { return document.loader().lengthInSeconds(); }
    juce::AudioProcessorParameter* getBypassParameter() const override { return &parameters.bypass; }

    bool acceptsMidi() const override { return false; }
    bool producesMidi() const override { return false; }
    int getNumPrograms() override { return 1; }
    int getCurrentProgram() override { return 0; }
    void setCurrentProgram (int) override {}
    const juce::String getProgramName (int) override { return Session::initialPreset; } // the label of a preset in LV2
    void changeProgramName (int, const juce::String&) override {}

    bool hasEditor() const override { return true; }
    juce::AudioProcessorEditor* createEditor() override;

    void getStateInformation (juce::MemoryBlock& destination) override;
    void setStateInformation (const void* data, int size) override;

private:
    void process (juce::AudioBuffer<float>&, EngineControls);
    bool readTransport();

    std::unique_ptr<Engine> engine;

public:
    Session session; // after the engine: it goes first
    Document& document { session.document };

private:
    JUCE_DECLARE_NON_COPYABLE_WITH_LEAK_DETECTOR (PluginProcessor)
};

} // namespace faltwerk
