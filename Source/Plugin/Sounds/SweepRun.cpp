#include "Plugin/Sounds/SweepRun.h"

#include <utility>

namespace faltwerk
{

SweepRun::SweepRun (PluginProcessor& owner, std::shared_ptr<SweepTake> take, OpenInput opener)
    : processor (owner)
    , recorded (std::move (take))
    , openInput (std::move (opener))
    , seenBlocks (owner.sweep.numBlocks())
{
    processor.sweep.isolate (true);
}

SweepRun::~SweepRun()
{
    processor.sweep.cancel();

    if (openInput != nullptr)
        openInput (false); // before anything is heard again

    processor.sweep.isolate (false);
}

void SweepRun::fail (const char* why)
{
    present = State::failed;
    sentence = why;
}

SweepRun::State SweepRun::update (double now)
{
    if (present == State::done || present == State::failed)
        return present;

    if (const auto blocks = processor.sweep.numBlocks();
        std::exchange (seenBlocks, blocks) != blocks || lastBlockAt < 0.0)
        lastBlockAt = now;

    if (recorded->isDone())
        present = State::done;
    else if (processor.isNonRealtime())
        fail ("The host renders offline: measure while it plays in real time.");
    else if (recorded->wasInterrupted())
        fail ("The device or the host restarted the sound meanwhile: measure again.");
    else if (now - lastBlockAt > patience)
        fail ("No audio is running: open an audio device, or let the host process this plugin, and measure again.");
    else if (present == State::waiting && processor.sweep.isIsolated())
    {
        if (openInput != nullptr)
            openInput (true);

        processor.sweep.start (recorded);
        present = State::playing;
    }

    return present;
}

} // namespace faltwerk
