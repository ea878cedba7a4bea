#include "Plugin/PluginProcessor.h"

#include "Convolution/Engine/Engine.h"
#include "Plugin/State/FactoryPresets.h"
#include "Plugin/State/PluginState.h"

namespace faltwerk
{

namespace
{

/** Least history of the input that is kept, in seconds; longer kernels lengthen it. */
constexpr double leastHistory = 1.0;

} // namespace

PluginProcessor::PluginProcessor (const juce::File& userFolder)
    : juce::AudioProcessor (BusesProperties()
                                .withInput ("Input", juce::AudioChannelSet::stereo(), true)
                                .withOutput ("Output", juce::AudioChannelSet::stereo(), true))
    , parameters (*this)
    , settings (Settings::in (userFolder))
    , presets (userFolder.getChildFile ("Presets"))
    , session (parameters, settings)
{
    const auto chosen = settings->get();
    session.setOptions ({ chosen.embedsKernels, chosen.cutsTailOnBypass, false });

    if (const int normalise = static_cast<int> (chosen.normalise); normalise != parameters.normalise.getIndex())
        parameters.normalise = normalise;

    if (! chosen.startsEmpty)
        session.beginWithDefaultKernel();

    session.setPresetName (Session::initialPreset);
}

PluginProcessor::~PluginProcessor() = default;

juce::StringArray PluginProcessor::presetNames() const { return allPresetNames (presets.names()); }

std::string PluginProcessor::loadPreset (const juce::String& name, Document::Choice choice)
{
    const auto* const factory = findFactoryPreset (name.toStdString());
    const bool isOwn = presets.names().contains (name);

    if (! isOwn && name == Session::initialPreset)
    {
        session.applyInitialPreset (choice);
        return {};
    }

    const auto state = ! isOwn && factory != nullptr ? Outcome<PluginState> (stateOf (*factory)) : presets.load (name);

    if (! state)
        return state.error();

    session.applyPreset (name.toStdString(), *state, choice);
    return {};
}

std::string PluginProcessor::stepPreset (int by)
{
    const auto names = presetNames();
    const int current = names.indexOf (juce::String::fromUTF8 (session.presetName().c_str()));
    int place = current >= 0 ? current : by > 0 ? -1 : 0;
    std::string error;

    for (int tried = 0; tried < names.size(); ++tried)
    {
        place = ((place + by) % names.size() + names.size()) % names.size();
        error = loadPreset (names[place], Document::Choice::byStepping);

        if (error.empty())
            break;
    }

    return error;
}

std::string PluginProcessor::savePreset (const juce::String& name)
{
    auto failure = presets.save (name, session.presetState(), settings->get().kernelFolders);

    if (failure.empty())
        session.setPresetName (name.toStdString());

    return failure;
}

void PluginProcessor::panic() noexcept
{
    if (engine != nullptr)
        engine->panic();
}

uint64_t PluginProcessor::completedKernelChanges() const noexcept
{
    return engine != nullptr ? engine->completedChanges() : 0;
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

    document.loadPostponed();
    document.loader().setEngine (nullptr, 0.0, 0, 0);
    engine = std::make_unique<Engine> (sampleRate, numInputs, numOutputs,
                                       static_cast<size_t> (leastHistory * sampleRate), meters);
    document.loader().setEngine (engine.get(), sampleRate, numInputs, numOutputs);
    loop.prepare (sampleRate);
    sweep.prepare (sampleRate);
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

void PluginProcessor::process (juce::AudioBuffer<float>& buffer, EngineControls controls)
{
    if (engine == nullptr || buffer.getNumSamples() == 0)
        return;

    const bool isRecorded = readTransport();
    controls.cutsTailOnBypass = session.cutsTailOnBypass();

    if (isNonRealtime())
        document.finishLoading(); // so that a bounce begins with the requested kernel and edits

    const auto begin = LoadMeter::Clock::now();
    const auto numFrames = static_cast<size_t> (buffer.getNumSamples());

    auto* const* const channels = buffer.getArrayOfWritePointers();
    const auto numInputs = static_cast<size_t> (getMainBusNumInputChannels());

    sweep.begin (channels, numInputs, numFrames, isNonRealtime());

    if (! isNonRealtime()) // neither belongs into a bounce
    {
        loop.addTo (channels, numInputs, numFrames);

        if (! isRecorded)
            controls.out *= comparisonGain.load (std::memory_order_relaxed);
    }

    sweep.silenceInput (channels, numInputs, numFrames);
    engine->process (buffer.getArrayOfReadPointers(), channels, numFrames, controls);
    sweep.end (channels, static_cast<size_t> (getMainBusNumOutputChannels()), numFrames);
    load.add (begin, static_cast<double> (numFrames) / getSampleRate());
}

/** Takes over the host's tempo. Returns true if the host says that it records. */
bool PluginProcessor::readTransport()
{
    auto* const head = getPlayHead();
    const auto position = head != nullptr ? head->getPosition() : juce::Optional<juce::AudioPlayHead::PositionInfo>();

    if (! position)
        return false;

    if (const auto tempo = position->getBpm())
        parameters.setTempo (*tempo);

    return position->getIsRecording();
}

void PluginProcessor::getStateInformation (juce::MemoryBlock& destination)
{
    session.state().write (destination, settings->get().kernelFolders);
}

void PluginProcessor::setStateInformation (const void* data, int size)
{
    if (const auto state = size > 0 ? PluginState::read (data, static_cast<size_t> (size)) : std::nullopt)
        session.restore (*state);
    else
        document.loader().report ("The session's settings could not be read: this instance keeps its own");
}

} // namespace faltwerk

juce::AudioProcessor* JUCE_CALLTYPE createPluginFilter() { return new faltwerk::PluginProcessor(); }
