#pragma once

#include <juce_audio_processors/juce_audio_processors.h>

#include <functional>

namespace faltwerk
{

/** Keeps the app's state while it runs, so that a crash costs ten seconds of work at most, and lets it end in order
    when the system asks it to by a signal. [message] */
class StateKeeper : private juce::Timer
{
public:
    /** @param save  writes the state to its file, which must be whole at any moment  @param quit  ends the app; called
        once */
    StateKeeper (juce::AudioProcessor&, std::function<void()> save, std::function<void()> quit);
    ~StateKeeper() override { stopTimer(); }

private:
    void timerCallback() override;
    juce::MemoryBlock state() const;

    static constexpr int pollsPerSecond = 10, secondsBetweenSaves = 10;

    juce::AudioProcessor& processor;
    std::function<void()> save, quit;
    juce::MemoryBlock kept;
    int polls = 0;
};

} // namespace faltwerk
