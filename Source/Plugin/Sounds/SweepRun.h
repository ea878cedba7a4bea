#pragma once

#include "Plugin/PluginProcessor.h"
#include "Plugin/Sounds/SweepTake.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace faltwerk
{

/** Plays and records one take through a processor: waits until all else is silent, opens the input, starts the take,
    and watches it. When it goes, at whatever stage, the input and the sound are as before. [message] */
class SweepRun
{
public:
    /** Opens an input that is muted against feedback, or leaves it to the user's choice again. */
    using OpenInput = std::function<void (bool isOpen)>;

    enum class State
    {
        waiting, // until all else is silent
        playing,
        done,
        failed
    };

    SweepRun (PluginProcessor&, std::shared_ptr<SweepTake>, OpenInput);
    ~SweepRun();
    SweepRun (const SweepRun&) = delete;
    SweepRun& operator= (const SweepRun&) = delete;

    /** Goes on; call it some times a second. @param now  s */
    State update (double now);

    State state() const noexcept { return present; }
    const SweepTake& take() const noexcept { return *recorded; }

    /** Returns the sentence of a failure. */
    const std::string& problem() const noexcept { return sentence; }

    /** The longest that audio may stand still, in s. */
    static constexpr double patience = 1.0;

private:
    void fail (const char* why);

    PluginProcessor& processor;
    const std::shared_ptr<SweepTake> recorded;
    const OpenInput openInput;
    State present = State::waiting;
    std::string sentence;
    uint32_t seenBlocks;
    double lastBlockAt = -1.0; // s; none yet
};

} // namespace faltwerk
