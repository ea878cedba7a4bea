#pragma once

#include "Plugin/PluginProcessor.h"

#include <juce_audio_plugin_client/juce_audio_plugin_client.h>
#include <juce_audio_utils/juce_audio_utils.h>

#include <juce_audio_plugin_client/Standalone/juce_StandaloneFilterWindow.h>

#include <vector>

namespace faltwerk
{

/** Plays a sweep once to the app's output, unchanged: in place of the demo loop, with Bypass on, and then all is as
    before. [message] */
class SweepPlayer : private juce::Timer
{
public:
    explicit SweepPlayer (juce::StandalonePluginHolder&);
    ~SweepPlayer() override;

    void play (std::vector<float> sweep, double sampleRate);

private:
    void timerCallback() override { stop(); }
    void stop();
    void setLoop (std::vector<std::vector<float>>, double sampleRate);
    void setBypass (bool);

    juce::StandalonePluginHolder& holder;
    PluginProcessor& processor;
    bool wasBypassed = false, wasPlaying = false;
};

} // namespace faltwerk
