#pragma once

#include "Plugin/PluginProcessor.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace faltwerk::test
{

/** A room between a processor's outputs and inputs: an input hears each output through a few taps, summed in double
    precision in the same order whatever blocks there are. */
class MeasuredRoom
{
public:
    struct Tap
    {
        size_t delay; // frames, at least the longest block
        float gain;
    };

    using Taps = std::vector<Tap>;
    using Paths = std::vector<std::vector<Taps>>; // [input][output]

    /** Each of as many inputs hears the output of the same side alone. */
    static Paths straight (const Taps& taps, size_t numInputs = 2)
    {
        return numInputs == 1 ? Paths { { taps, Taps() } } : Paths { { taps, Taps() }, { Taps(), taps } };
    }

    explicit MeasuredRoom (Paths tapsOfPaths)
        : taps (std::move (tapsOfPaths))
        , played (2)
    {
    }

    /** Lets a processor run for a block of any size. */
    void run (PluginProcessor& processor, size_t size)
    {
        const int numIn = processor.getMainBusNumInputChannels(), numOut = processor.getMainBusNumOutputChannels();
        juce::AudioBuffer<float> block (std::max (numIn, numOut), static_cast<int> (size));
        block.clear();
        const size_t now = played[0].size();

        for (int input = 0; input < numIn; ++input)
            for (size_t n = 0; n < size; ++n)
                block.setSample (input, static_cast<int> (n),
                                 isOpen ? heard (static_cast<size_t> (input), now + n) + background (now + n) : 0.0f);

        processor.processBlock (block, midi);

        for (int output = 0; output < 2; ++output)
        {
            const auto* const samples = block.getReadPointer (std::min (output, numOut - 1));
            auto& all = played[static_cast<size_t> (output)];
            all.insert (all.end(), samples, samples + size);
        }
    }

    /** What an output has put out so far. */
    const std::vector<float>& output (size_t channel) const { return played[channel]; }

    std::function<float (size_t)> background = [] (size_t) { return 0.0f; }; // at a frame of the stream
    bool isOpen = true;                                                      // or else the inputs are muted

private:
    float heard (size_t input, size_t frame) const
    {
        double sum = 0.0;

        for (size_t output = 0; output < taps[input].size(); ++output)
            for (const auto& tap : taps[input][output])
                if (frame >= tap.delay && frame - tap.delay < played[output].size())
                    sum += static_cast<double> (tap.gain) * static_cast<double> (played[output][frame - tap.delay]);

        return static_cast<float> (sum);
    }

    const Paths taps;
    std::vector<std::vector<float>> played;
    juce::MidiBuffer midi;
};

} // namespace faltwerk::test
