#pragma once

#include "Convolution/Engine/Handover.h"
#include "Plugin/Sounds/SweepTake.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace faltwerk
{

/** Takes the place of a processor's sound during a measurement: isolated, the output is silent and the engine hears
    nothing, so that the input may be opened without feedback; then a take's signal goes out as it is, and what comes in
    is recorded. What sounds fades out and in over 10 ms. Costs nothing while nothing is measured. */
class SweepRecorder
{
public:
    /** How late a sweep came back through a cable, at the sample rate and block size at which that was measured. */
    struct Loop
    {
        double sampleRate = 0.0; // Hz
        int blockSize = 0;       // frames, as the host announced it
        double seconds = 0.0;
    };

    /** Fades to silence, or back to what sounds. [message] */
    void isolate (bool shouldBe) noexcept { wanted.store (shouldBe, std::memory_order_relaxed); }

    /** Returns true once output and engine are silent. [message] */
    bool isIsolated() const noexcept { return isolated.load (std::memory_order_acquire); }

    /** Plays and records a take from the next block on in which all is silent. One at a time. [message] */
    void start (std::shared_ptr<SweepTake>);

    /** Ends a take; output and engine stay silent. Its memory goes with the first collect() once audio has seen that.
        [message] */
    void cancel();

    /** Frees takes that the audio thread has released. [message] */
    void collect() { takes.collect(); }

    /** Returns a number that changes while audio runs. [any] */
    uint32_t numBlocks() const noexcept { return blocks.load (std::memory_order_relaxed); }

    /** Turns takeInputPeak() on and off. [message] */
    void listen (bool shouldListen)
    {
        listening.store (shouldListen, std::memory_order_relaxed);
        collect();
    }

    /** Returns the largest magnitude of an input, 0 or 1, since the last call. [message] */
    float takeInputPeak (size_t channel) noexcept { return peaks[channel].exchange (0.0f, std::memory_order_relaxed); }

    /** Sets the sample rate, and ends a take that is running, since it lacks frames. [not while audio runs] */
    void prepare (double sampleRate) noexcept;

    /** Enclose the processing of a block. begin() records the input, and mutes what the engine must not process; end()
        writes the sweep to the output. An offline bounce is not changed, and ends a take. [audio] */
    void begin (float* const* inputs, size_t numInputs, size_t numFrames, bool isOffline) noexcept;
    void silenceInput (float* const* inputs, size_t numInputs, size_t numFrames) const noexcept;
    void end (float* const* outputs, size_t numOutputs, size_t numFrames) noexcept;

    std::optional<Loop> loop; // message thread only; kept for the life of the processor

private:
    /** What is handed to the audio thread: another holder keeps the take until the message thread has this back. */
    struct Handle
    {
        std::shared_ptr<SweepTake> take;
    };

    void listenTo (const float* const* inputs, size_t numInputs, size_t numFrames) noexcept;
    void fade (float* const* channels, size_t numChannels, size_t numFrames) const noexcept;

    Handover<Handle> takes;
    std::shared_ptr<SweepTake> newest; // message only
    std::unique_ptr<Handle> current;   // audio only
    float level = 1.0f;                // of what sounds, before the block; audio only
    float levelStep = 1.0f, target = 1.0f;
    double rate = 0.0;                          // Hz
    bool isPlaying = false;                     // a take, in this block; audio only
    std::array<std::atomic<float>, 2> peaks {}; // audio -> message, relaxed
    std::atomic<uint32_t> blocks { 0 };         // audio -> any, relaxed
    std::atomic<bool> wanted { false };         // message -> audio, relaxed
    std::atomic<bool> isolated { false };       // audio -> message, release: the output is silent
    std::atomic<bool> listening { false };      // message -> audio, relaxed
};

} // namespace faltwerk
