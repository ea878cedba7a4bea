#include "Standalone/StateKeeper.h"

#include "Standalone/EndSignals.h"

#include <utility>

namespace faltwerk
{

StateKeeper::StateKeeper (juce::AudioProcessor& toKeep, std::function<void()> saves, std::function<void()> quits)
    : processor (toKeep)
    , save (std::move (saves))
    , quit (std::move (quits))
    , kept (state())
{
    EndSignals::install();
    startTimerHz (pollsPerSecond);
}

juce::MemoryBlock StateKeeper::state() const
{
    juce::MemoryBlock block;
    processor.getStateInformation (block);
    return block;
}

void StateKeeper::timerCallback()
{
    if (EndSignals::wereRaised())
    {
        stopTimer();
        quit();
        return;
    }

    if (++polls % (pollsPerSecond * secondsBetweenSaves) != 0)
        return;

    if (auto now = state(); now != kept)
    {
        kept = std::move (now);
        save();
    }
}

} // namespace faltwerk
