#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

namespace faltwerk
{

/** Plays a short loop into the input, so that the app is heard without a microphone. Starts and stops in 10 ms. */
class LoopPlayer
{
public:
    /** Gives the loop: [channel][frame] at a sample rate; none takes it away. Not while audio runs. [message] */
    void setLoop (std::vector<std::vector<float>> channels, double sampleRate);

    /** Whether there is a loop to play. [any] */
    bool hasLoop() const noexcept { return ! loop.empty(); }

    void setPlaying (bool shouldPlay) noexcept { playing.store (shouldPlay, std::memory_order_relaxed); }
    bool isPlaying() const noexcept { return playing.load (std::memory_order_relaxed); }

    /** Fits the loop to a rate and starts it from its beginning; allocates. [message] */
    void prepare (double sampleRate);

    /** Adds the loop to a block of channels. [audio] */
    void addTo (float* const* channels, size_t numChannels, size_t numFrames) noexcept;

private:
    std::vector<std::vector<float>> original, loop; // at its own rate; at the present one
    double originalRate = 0.0;
    size_t position = 0;
    float level = 0.0f, levelStep = 1.0f;
    std::atomic<bool> playing { false }; // message -> audio, relaxed
};

} // namespace faltwerk
