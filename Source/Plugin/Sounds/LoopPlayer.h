#pragma once

#include "Convolution/Engine/Handover.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace faltwerk
{

/** Plays a short loop into the input, so that a kernel is heard without anything at the input. The loop is made when it
    is first played, and starts and stops in 10 ms. */
class LoopPlayer
{
public:
    /** Makes the loop: [channel][frame]. */
    using Make = std::function<std::vector<std::vector<float>>()>;

    /** @param sampleRate  of what is made, in Hz */
    LoopPlayer (Make, double sampleRate);
    ~LoopPlayer();

    /** Starts or stops the loop, which may first be generated in the background. [message] */
    void setPlaying (bool shouldPlay);
    bool isPlaying() const noexcept { return playing.load (std::memory_order_relaxed); }

    /** Waits until a loop that is to be played is there. [message] */
    void finishMaking();

    /** Fits the loop to a rate, in Hz, and starts it from its beginning; allocates. Not while audio runs. [message] */
    void prepare (double sampleRate);

    /** Adds the loop to a block of channels. [audio] */
    void addTo (float* const* channels, size_t numChannels, size_t numFrames) noexcept;

private:
    using Loop = std::vector<std::vector<float>>; // at the present rate

    void startMaking();
    void joinMaker();
    std::unique_ptr<Loop> makeLoop (double rate) const;

    const Make make;
    std::mutex lock;      // guards what the message thread and the one that prepares share
    const double ownRate; // Hz
    double rate;          // Hz, at which it is played; under the lock
    bool isMade = false;  // or being made, at that rate; under the lock
    std::thread maker;
    Handover<Loop> handover; // maker -> audio
    std::unique_ptr<Loop> loop;
    size_t position = 0;
    float level = 0.0f, levelStep = 1.0f;
    std::atomic<bool> playing { false }; // message -> audio, relaxed
};

} // namespace faltwerk
