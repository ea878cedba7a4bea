// A small host: opens a built plugin as a DAW would, gives it a state, and renders a file through it.
//
//   faltwerk_test_host PLUGIN [--state FILE] [--load FILE] [--save FILE] [--set NAME=VALUE]... [--mono-in] [--mono-out]
//                      [--block N] [--realtime] [--describe] [--editor] IN.wav OUT.wav
//
// PLUGIN is a .vst3 or .lv2 bundle. --state takes the plugin's own state, as its processor writes it; --save and --load
// are the host's own session chunks.

#include "Kernel/Reading/KernelFile.h"

#include <juce_audio_processors/juce_audio_processors.h>
#include <juce_audio_utils/juce_audio_utils.h>

#include <CLI/CLI.hpp>

#include <iostream>

namespace
{

using Instance = std::unique_ptr<juce::AudioPluginInstance>;

/** Fails with a sentence. */
[[noreturn]] void fail (const juce::String& sentence)
{
    std::cerr << "faltwerk_test_host: " << sentence << '\n';
    std::exit (1);
}

Instance open (const juce::File& bundle, double sampleRate, int blockSize)
{
    juce::OwnedArray<juce::PluginDescription> found;
    juce::String error;

    const auto create = [&] (juce::AudioPluginFormat& format, const juce::String& identifier)
    {
        format.findAllTypesForFile (found, identifier);

        if (found.isEmpty())
            fail (bundle.getFullPathName() + " holds no plugin");

        return format.createInstanceFromDescription (*found[0], sampleRate, blockSize, error);
    };

    static juce::VST3PluginFormat vst3; // outlives the instance
    static juce::LV2PluginFormat lv2;
    Instance instance;

    if (bundle.hasFileExtension ("vst3"))
    {
        instance = create (vst3, bundle.getFullPathName());
    }
    else
    {
        lv2.searchPathsForPlugins (juce::FileSearchPath (bundle.getParentDirectory().getFullPathName()), true, false);
        instance = create (lv2, "urn:faltwerk:Faltwerk");
    }

    if (instance == nullptr)
        fail (error);

    return instance;
}

/** Wraps the plugin's own state in the chunk that JUCE's host for its format expects. */
juce::MemoryBlock toChunk (juce::AudioPluginInstance& instance,
                           const juce::File& bundle,
                           const juce::MemoryBlock& state)
{
    juce::MemoryBlock chunk;

    if (bundle.hasFileExtension ("vst3"))
    {
        juce::XmlElement xml ("VST3PluginState");
        xml.createNewChildElement ("IComponent")->addTextElement (state.toBase64Encoding());
        juce::AudioProcessor::copyXmlToBinary (xml, chunk);
        return chunk;
    }

    // An LV2 state is Turtle: put ours in the place of the instance's.
    instance.getStateInformation (chunk);
    const auto text = chunk.toString();
    const juce::String opening = "StateString> \"";
    const int begin = text.indexOf (opening);

    if (begin < 0)
        fail ("the LV2 state holds no StateString");

    const int first = begin + opening.length();
    const auto replaced =
        text.substring (0, first) + state.toBase64Encoding() + text.substring (text.indexOf (first, "\""));
    return { replaced.toRawUTF8(), replaced.getNumBytesAsUTF8() };
}

juce::MemoryBlock read (const juce::File& file)
{
    juce::MemoryBlock data;

    if (! file.loadFileAsData (data))
        fail (file.getFullPathName() + " could not be read");

    return data;
}

void set (juce::AudioPluginInstance& instance, const juce::String& assignment)
{
    const auto name = assignment.upToFirstOccurrenceOf ("=", false, false);

    for (auto* const parameter : instance.getParameters())
    {
        if (parameter->getName (64) == name)
        {
            parameter->setValueNotifyingHost (assignment.fromFirstOccurrenceOf ("=", false, false).getFloatValue());
            return;
        }
    }

    fail ("there is no parameter " + name);
}

void describe (juce::AudioPluginInstance& instance)
{
    // Offline the first block waits for the kernel, whose length is the tail.
    juce::AudioBuffer<float> block (2, instance.getBlockSize());
    block.clear();
    juce::MidiBuffer midi;
    instance.processBlock (block, midi);

    const auto description = instance.getPluginDescription();
    std::cout << "name " << description.name << "\nmanufacturer " << description.manufacturerName << "\ncategory "
              << description.category << "\nlatency " << instance.getLatencySamples() << "\ntail "
              << instance.getTailLengthSeconds() << '\n';

    for (auto* const parameter : instance.getParameters())
        std::cout << "parameter " << parameter->getName (64) << " = " << parameter->getText (parameter->getValue(), 64)
                  << '\n';
}

/** Prints keys that the plugin's window leaves to its host, and ends at F12. */
class KeyPrinter : public juce::KeyListener
{
public:
    bool keyPressed (const juce::KeyPress& key, juce::Component*) override
    {
        if (key.isKeyCode (juce::KeyPress::F12Key))
            juce::MessageManager::getInstance()->stopDispatchLoop();
        else
            std::cout << "key " << key.getTextDescription() << std::endl;

        return true;
    }
};

/** @param time  in ms */
void openEditor (juce::AudioPluginInstance& instance, int time)
{
    const std::unique_ptr<juce::AudioProcessorEditor> editor (instance.createEditor());

    if (editor == nullptr)
        fail ("the plugin has no editor");

    std::vector<float> values;

    for (auto* const parameter : instance.getParameters())
        values.push_back (parameter->getValue());

    editor->addToDesktop (juce::ComponentPeer::windowHasTitleBar);
    editor->setVisible (true);
    KeyPrinter keys;
    editor->addKeyListener (&keys);
    juce::Timer::callAfterDelay (time, [] { juce::MessageManager::getInstance()->stopDispatchLoop(); });
    juce::MessageManager::getInstance()->runDispatchLoop();
    editor->removeKeyListener (&keys);
    std::cout << "editor " << editor->getWidth() << " x " << editor->getHeight() << '\n';

    for (size_t n = 0; n < values.size(); ++n)
        if (auto* const parameter = instance.getParameters()[static_cast<int> (n)]; parameter->getValue() != values[n])
            std::cout << "changed " << parameter->getName (64) << " = "
                      << parameter->getText (parameter->getValue(), 64) << '\n';
}

faltwerk::Sound render (juce::AudioPluginInstance& instance, const faltwerk::Sound& input, int blockSize)
{
    const auto numIn = static_cast<size_t> (instance.getMainBusNumInputChannels());
    const auto numOut = static_cast<size_t> (instance.getMainBusNumOutputChannels());
    const auto numChannels = static_cast<int> (std::max (numIn, numOut));
    juce::AudioBuffer<float> block (numChannels, blockSize);
    juce::MidiBuffer midi;
    faltwerk::Sound output { std::vector<std::vector<float>> (numOut), input.sampleRate };

    for (size_t first = 0; first < input.lengthInFrames(); first += static_cast<size_t> (blockSize))
    {
        const auto size = std::min (static_cast<size_t> (blockSize), input.lengthInFrames() - first);
        block.setSize (numChannels, static_cast<int> (size), false, false, true);
        block.clear();

        for (size_t channel = 0; channel < numIn; ++channel)
            block.copyFrom (static_cast<int> (channel), 0,
                            input.channels[std::min (channel, input.channels.size() - 1)].data() + first,
                            static_cast<int> (size));

        instance.processBlock (block, midi);

        for (size_t channel = 0; channel < numOut; ++channel)
        {
            const auto* const samples = block.getReadPointer (static_cast<int> (channel));
            output.channels[channel].insert (output.channels[channel].end(), samples, samples + size);
        }
    }

    return output;
}

} // namespace

int main (int argc, char* argv[])
{
    const juce::ScopedJuceInitialiser_GUI juceInitialiser;
    const auto file = [] (const std::string& path)
    { return juce::File::getCurrentWorkingDirectory().getChildFile (path); };

    CLI::App app { "A small host for the tests" };
    std::string plugin, inputPath, outputPath, state, load, save;
    std::vector<std::string> assignments;
    bool monoIn = false, monoOut = false, realtime = false, describes = false, edits = false;
    int blockSize = 512, editorTime = 1500; // ms
    app.add_option ("PLUGIN", plugin)->required();
    app.add_option ("IN", inputPath);
    app.add_option ("OUT", outputPath);
    app.add_option ("--state", state);
    app.add_option ("--load", load);
    app.add_option ("--save", save);
    app.add_option ("--set", assignments);
    app.add_option ("--block", blockSize);
    app.add_flag ("--mono-in", monoIn);
    app.add_flag ("--mono-out", monoOut);
    app.add_flag ("--realtime", realtime);
    app.add_flag ("--describe", describes);
    app.add_flag ("--editor", edits);
    app.add_option ("--editor-time", editorTime);
    CLI11_PARSE (app, argc, argv);

    const auto bundle = file (plugin);
    faltwerk::Sound input;
    input.sampleRate = 48000.0;

    if (! inputPath.empty())
    {
        auto sound = faltwerk::readSound (inputPath);

        if (! sound)
            fail (sound.error());

        input = std::move (*sound);
    }

    const auto instance = open (bundle, input.sampleRate, blockSize);

    if (monoIn || monoOut)
    {
        juce::AudioProcessor::BusesLayout layout;
        layout.inputBuses.add (monoIn ? juce::AudioChannelSet::mono() : juce::AudioChannelSet::stereo());
        layout.outputBuses.add (monoOut ? juce::AudioChannelSet::mono() : juce::AudioChannelSet::stereo());

        if (! instance->setBusesLayout (layout))
            fail ("the plugin refuses these channels");
    }

    instance->setNonRealtime (! realtime);
    instance->prepareToPlay (input.sampleRate, blockSize);

    if (! load.empty())
    {
        const auto chunk = read (file (load));
        instance->setStateInformation (chunk.getData(), static_cast<int> (chunk.getSize()));
    }

    if (! state.empty())
    {
        const auto chunk = toChunk (*instance, bundle, read (file (state)));
        instance->setStateInformation (chunk.getData(), static_cast<int> (chunk.getSize()));
    }

    for (const auto& assignment : assignments)
        set (*instance, assignment);

    if (edits)
        openEditor (*instance, editorTime);

    if (! outputPath.empty())
    {
        const auto output = render (*instance, input, blockSize);
        const auto error = faltwerk::writeSound (outputPath, output, faltwerk::SampleFormat::float32);

        if (! error.empty())
            fail (error);
    }

    if (! save.empty())
    {
        juce::MemoryBlock chunk;
        instance->getStateInformation (chunk);
        file (save).replaceWithData (chunk.getData(), chunk.getSize());
    }

    if (describes)
        describe (*instance);

    instance->releaseResources();
    return 0;
}
