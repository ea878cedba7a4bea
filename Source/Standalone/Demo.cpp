#include "Standalone/Demo.h"

#include "Editor/Window/PluginEditor.h"
#include "Kernel/Reading/KernelFile.h"
#include "Picture/Sheet/PngFile.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace faltwerk
{

namespace
{

constexpr int callbackSize = 64;
constexpr double sampleRate = 48000.0, seconds = 12.0;

struct Timing
{
    double total = 0.0, worst = 0.0; // s
};

Timing play (PluginProcessor& processor, PluginEditor& editor, Sound& output)
{
    Timing timing;
    juce::AudioBuffer<float> block (2, callbackSize);
    juce::MidiBuffer midi;
    const auto numCallbacks = static_cast<int> (seconds * sampleRate / callbackSize);

    for (int callback = 0; callback < numCallbacks; ++callback)
    {
        if (callback == numCallbacks * 3 / 4)
            processor.loop.setPlaying (false); // and the tail rings out

        block.clear();
        const auto begin = LoadMeter::Clock::now();
        processor.processBlock (block, midi);
        const double time = std::chrono::duration<double> (LoadMeter::Clock::now() - begin).count();
        timing.total += time;
        timing.worst = std::max (timing.worst, time);

        for (int channel = 0; channel < 2; ++channel)
            output.channels[static_cast<size_t> (channel)].insert (output.channels[static_cast<size_t> (channel)].end(),
                                                                   block.getReadPointer (channel),
                                                                   block.getReadPointer (channel) + callbackSize);

        if (callback == numCallbacks / 2)
            editor.update(); // so that the picture shows meters that move
    }

    return timing;
}

} // namespace

int runDemo (const juce::File& sound, const juce::File& picture)
{
    const juce::ScopedJuceInitialiser_GUI juceInitialiser;

    PluginProcessor processor;
    processor.setRateAndBufferSizeDetails (sampleRate, callbackSize);
    processor.prepareToPlay (sampleRate, callbackSize);
    processor.document.finishLoading(); // the first sample is with the kernel
    processor.loop.setPlaying (true);
    processor.loop.finishMaking();

    PluginEditor editor (processor);
    editor.setStandalone ([] {});

    Sound output { { {}, {} }, sampleRate };
    const auto timing = play (processor, editor, output);

    if (const auto error = writeSound (sound.getFullPathName().toStdString(), output, SampleFormat::float32);
        ! error.empty())
    {
        std::cerr << "Faltwerk: " << error << '\n';
        return 1;
    }

    if (picture != juce::File())
    {
        const auto image = editor.createComponentSnapshot (editor.getLocalBounds(), true, 2.0f);

        if (const auto error = writePng (image, picture.getFullPathName().toStdString()); ! error.empty())
        {
            std::cerr << "Faltwerk: " << error << '\n';
            return 1;
        }
    }

    const double deadline = callbackSize / sampleRate;
    std::printf ("The demo loop through '%s', %.0f s in callbacks of %d frames at %.0f Hz:\n"
                 "  latency         %d samples\n"
                 "  load            %.2f %% of the time\n"
                 "  worst callback  %.1f us of %.1f us\n"
                 "  sound           %s\n",
                 processor.kernelStatus().source->name.c_str(), seconds, callbackSize, sampleRate,
                 processor.getLatencySamples(), 100.0 * timing.total / seconds, 1e6 * timing.worst, 1e6 * deadline,
                 sound.getFullPathName().toRawUTF8());

    if (picture != juce::File())
        std::printf ("  picture         %s\n", picture.getFullPathName().toRawUTF8());

    return 0;
}

} // namespace faltwerk
