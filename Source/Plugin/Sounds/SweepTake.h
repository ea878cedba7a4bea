#pragma once

#include "Kernel/Sound.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <vector>

namespace faltwerk
{

/** What is played in one go, and what is recorded meanwhile, frame for frame: frame n of the recording came in while
    frame n of the signal went out. All memory is there before it begins. */
class SweepTake
{
public:
    static constexpr size_t maxChannels = 2;

    /** Allocates. @param outputs  what each output plays: [output][frame], one or two of equal length
        @param numInputs  channels to record: one or two
        @param rate  Hz at which it is played */
    SweepTake (std::vector<std::vector<float>> outputs, size_t numInputs, double rate);

    size_t lengthInFrames() const noexcept { return signal.front().size(); }

    /** Returns how many frames have been played and recorded. [any] */
    size_t numDone() const noexcept { return position.load (std::memory_order_acquire); }
    bool isDone() const noexcept { return numDone() == lengthInFrames(); }

    /** Returns true if audio began anew before the take was done: frames are missing. [any] */
    bool wasInterrupted() const noexcept { return interrupted.load (std::memory_order_relaxed); }

    /** Returns the largest magnitude that was recorded so far. [any] */
    float peak() const noexcept { return highest.load (std::memory_order_relaxed); }

    /** Returns the first of two full-scale samples in a row, as a frame of the recording; none if nothing clips.
        [any] */
    std::optional<size_t> firstClip() const noexcept;

    /** Returns a part of what was recorded. [not audio]
        @param first, count  frames that are done */
    Sound recording (size_t first, size_t count) const;
    Sound recording() const { return recording (0, numDone()); }

    const double sampleRate;

private:
    friend class SweepRecorder;

    /** Record and then play as many frames of `numFrames` as are left of the take. Inputs and outputs may be the same
        memory. [audio] */
    void record (const float* const* inputs, size_t numInputs, size_t numFrames) noexcept;
    void play (float* const* outputs, size_t numOutputs, size_t numFrames) noexcept;

    static constexpr size_t none = static_cast<size_t> (-1);

    const std::vector<std::vector<float>> signal; // [output][frame]
    std::vector<std::vector<float>> recorded;     // [input][frame]
    std::array<bool, maxChannels> wasFull {};     // the last sample of an input was at full scale; audio only
    std::atomic<size_t> position { 0 };           // audio -> any, release: what was recorded before it is there
    std::atomic<size_t> clip { none };            // audio -> any, relaxed
    std::atomic<float> highest { 0.0f };          // audio -> any, relaxed
    std::atomic<bool> interrupted { false };      // thread of prepare() or audio -> any, relaxed
    std::atomic<bool> cancelled { false };        // message -> audio, relaxed
};

} // namespace faltwerk
