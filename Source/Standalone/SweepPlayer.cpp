#include "Standalone/SweepPlayer.h"

#include "Standalone/DemoLoop.h"

namespace faltwerk
{

SweepPlayer::SweepPlayer (juce::StandalonePluginHolder& pluginHolder)
    : holder (pluginHolder)
    , processor (dynamic_cast<PluginProcessor&> (*pluginHolder.processor))
{
}

SweepPlayer::~SweepPlayer() = default;

void SweepPlayer::setLoop (std::vector<std::vector<float>> channels, double sampleRate)
{
    holder.stopPlaying(); // the loop may not change while audio runs
    processor.loop.setLoop (std::move (channels), sampleRate);
    holder.startPlaying();
}

void SweepPlayer::setBypass (bool bypassed)
{
    auto& parameter = processor.parameters.bypass;
    parameter.beginChangeGesture();
    parameter.setValueNotifyingHost (bypassed ? 1.0f : 0.0f);
    parameter.endChangeGesture();
}

void SweepPlayer::play (std::vector<float> sweep, double sampleRate)
{
    if (isTimerRunning())
        stop();

    wasBypassed = processor.parameters.bypass.get();
    wasPlaying = processor.loop.isPlaying();
    const auto milliseconds = static_cast<int> (1000.0 * static_cast<double> (sweep.size()) / sampleRate);
    processor.loop.setPlaying (false);
    setLoop ({ std::move (sweep) }, sampleRate);
    setBypass (true);
    processor.loop.setPlaying (true);
    startTimer (milliseconds); // which ends in the sweep's own silence
}

void SweepPlayer::stop()
{
    stopTimer();
    processor.loop.setPlaying (false);
    setLoop (DemoLoop::make(), DemoLoop::sampleRate);
    setBypass (wasBypassed);
    processor.loop.setPlaying (wasPlaying);
}

} // namespace faltwerk
