#include "Plugin/PluginProcessor.h"

#include "Kernel/Generators/FactoryBank.h"
#include "Kernel/KernelFile.h"
#include "Plugin/PluginState.h"

#include <cmath>

namespace faltwerk
{

namespace
{

/** How much of the input's past a new kernel is given, in seconds. */
constexpr double historyLength = 12.0;

} // namespace

PluginProcessor::PluginProcessor()
    : juce::AudioProcessor (BusesProperties()
                                .withInput ("Input", juce::AudioChannelSet::stereo(), true)
                                .withOutput ("Output", juce::AudioChannelSet::stereo(), true))
    , parameters (*this)
{
    requestKernel (nullptr,
                   []
                   {
                       KernelLoader::Result result;
                       result.succeeded = true;
                       result.document = makeDocument (defaultKernel(), {});
                       return result;
                   });
}

PluginProcessor::~PluginProcessor() = default;

void PluginProcessor::requestKernel (std::shared_ptr<const KernelDocument> expected, KernelLoader::Request request)
{
    const std::lock_guard lock (documentLock);
    expectedDocument = std::move (expected);
    loader.request (std::move (request));
}

void PluginProcessor::loadKernel (const juce::File& file)
{
    auto expected = std::make_shared<KernelDocument>();
    expected->path = file.getFullPathName().toStdString();
    expected->name = file.getFileNameWithoutExtension().toStdString();

    requestKernel (expected,
                   [path = expected->path]
                   {
                       KernelLoader::Result result;

                       if (auto kernel = readKernel (path))
                       {
                           if (kernel->sampleRate == 0.0)
                               kernel->sampleRate = 48000.0; // bare numbers

                           result.succeeded = true;
                           result.document = makeDocument (std::move (*kernel), path);
                       }
                       else
                       {
                           result.message = kernel.error();
                       }

                       return result;
                   });
}

bool PluginProcessor::isBusesLayoutSupported (const BusesLayout& layouts) const
{
    const auto mono = juce::AudioChannelSet::mono(), stereo = juce::AudioChannelSet::stereo();
    const auto input = layouts.getMainInputChannelSet(), output = layouts.getMainOutputChannelSet();
    return (input == mono && (output == mono || output == stereo)) || (input == stereo && output == stereo);
}

void PluginProcessor::prepareToPlay (double sampleRate, int)
{
    const auto numInputs = static_cast<size_t> (getMainBusNumInputChannels());
    const auto numOutputs = static_cast<size_t> (getMainBusNumOutputChannels());

    loader.setEngine (nullptr, 0.0, 0, 0);
    engine = std::make_unique<Engine> (sampleRate, numInputs, numOutputs,
                                       static_cast<size_t> (historyLength * sampleRate), meters);
    loader.setEngine (engine.get(), sampleRate, numInputs, numOutputs);
    loop.prepare (sampleRate);
}

void PluginProcessor::reset()
{
    if (engine != nullptr)
        engine->reset();
}

void PluginProcessor::processBlock (juce::AudioBuffer<float>& buffer, juce::MidiBuffer&)
{
    process (buffer, parameters.snapshot());
}

void PluginProcessor::processBlockBypassed (juce::AudioBuffer<float>& buffer, juce::MidiBuffer&)
{
    auto controls = parameters.snapshot();
    controls.bypassed = true;
    process (buffer, controls);
}

void PluginProcessor::process (juce::AudioBuffer<float>& buffer, const EngineControls& controls)
{
    if (engine == nullptr || buffer.getNumSamples() == 0)
        return;

    if (isNonRealtime())
        loader.finish(); // a bounce never starts dry

    const auto begin = LoadMeter::Clock::now();
    const auto numFrames = static_cast<size_t> (buffer.getNumSamples());

    loop.addTo (buffer.getArrayOfWritePointers(), static_cast<size_t> (getMainBusNumInputChannels()), numFrames);
    engine->process (buffer.getArrayOfReadPointers(), buffer.getArrayOfWritePointers(), numFrames, controls);
    load.add (begin, static_cast<double> (numFrames) / getSampleRate());
}

void PluginProcessor::getStateInformation (juce::MemoryBlock& destination)
{
    PluginState state;

    for (auto* const parameter : getParameters())
        if (auto* const ranged = dynamic_cast<juce::RangedAudioParameter*> (parameter))
            state.parameters.emplace_back (ranged->paramID, ranged->convertFrom0to1 (ranged->getValue()));

    const auto document = [this]
    {
        const std::lock_guard lock (documentLock);
        return loader.isPending() && expectedDocument != nullptr ? expectedDocument : loader.status().document;
    }();

    state.hasKernel = document != nullptr;

    if (state.hasKernel)
    {
        state.kernel.name = document->name;
        state.kernel.path = document->path;
        state.kernel.hash = document->hash;
        state.kernel.sampleRate = document->sampleRate;
        state.kernel.encoded = document->encoded;
    }

    state.write (destination);
}

void PluginProcessor::setStateInformation (const void* data, int size)
{
    const auto state = size > 0 ? PluginState::read (data, static_cast<size_t> (size)) : std::nullopt;

    if (! state)
    {
        loader.report ("The session's settings could not be read: this instance keeps its own");
        return;
    }

    for (const auto& [id, value] : state->parameters)
        for (auto* const parameter : getParameters())
            if (auto* const ranged = dynamic_cast<juce::RangedAudioParameter*> (parameter);
                ranged != nullptr && ranged->paramID == id && std::isfinite (value))
                ranged->setValueNotifyingHost (ranged->convertTo0to1 (value));

    auto wanted = state->hasKernel ? std::make_shared<const KernelDocument> (state->kernel) : nullptr;

    requestKernel (wanted,
                   [wanted]
                   {
                       KernelLoader::Result nothing;
                       nothing.succeeded = true;
                       return wanted != nullptr ? restoreKernel (*wanted) : nothing;
                   });
}

} // namespace faltwerk

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter() { return new faltwerk::PluginProcessor(); }
