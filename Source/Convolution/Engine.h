#pragma once

#include "Convolution/Handover.h"
#include "Convolution/History.h"
#include "Convolution/MatrixConvolver.h"
#include "Convolution/Ramp.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace faltwerk
{

/** The levels of the signal path, as linear gains. */
struct EngineControls
{
    float gain = 1.0f; // before the convolution and the dry path
    float wet = 1.0f;  // of the convolution's output
    float dry = 0.0f;  // of the input beside it
    float out = 1.0f;  // of the sum
    bool bypassed = false;
};

/** What an engine tells of its sound; outlives it. */
class EngineMeters
{
public:
    static constexpr size_t maxChannels = 2;

    /** The largest magnitude of a channel since the last call. [any] */
    float takeInputPeak (size_t channel) noexcept { return inputPeaks[channel].exchange (0.0f); }
    float takeOutputPeak (size_t channel) noexcept { return outputPeaks[channel].exchange (0.0f); }

    /** How many input samples were unusable and taken as 0. [any] */
    uint64_t unusableSamples() const noexcept { return numUnusable.load (std::memory_order_relaxed); }

private:
    friend class Engine;
    std::array<std::atomic<float>, maxChannels> inputPeaks {}, outputPeaks {}; // audio -> any, relaxed
    std::atomic<uint64_t> numUnusable { 0 };                                   // audio -> any, relaxed
};

/** What a plugin runs on the audio thread: the convolution with its dry path and levels, and the change of kernels.

    Signal path: input x gain -> convolution x wet, plus input x gain x dry, all x out. Bypassed, the input passes
    unchanged while the convolution's tail rings out. With no kernel the input passes too; a kernel without paths gives
    wet silence. Levels move in 20 ms on a fixed grid of 32 frames of stream time. Samples that are not finite or exceed
    2^20 are taken as 0 and counted.

    A new kernel is built on the loader's thread and given the input's past, so that it starts with its full tail; on
    the audio thread it catches up with the present at twice real time, and is faded in while the old one is faded
    out. The newest kernel wins. */
class Engine
{
public:
    /** How one kernel replaces another: between edits of one kernel the sounds are alike and gains add up to one;
        between different kernels it is their powers. */
    enum class Fade
    {
        equalGain,
        equalPower
    };

    /** Allocates. The engine has no kernel at first. @param historyInFrames  how much past a new kernel is given. */
    Engine (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames, EngineMeters& meters);
    ~Engine();

    /** Builds a convolver for a kernel and hands it over; the taps need not outlive the call. [loader] */
    void setKernel (std::span<const KernelPath> paths, Fade fade);

    /** From now on the input passes. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound, and says whether another may follow soon. [loader] */
    bool collectGarbage();

    /** Processes any number of frames; an output may be an input. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames, const EngineControls&) noexcept;

    /** Forgets the sound of the past: history, tails, ramps. [audio] */
    void reset() noexcept;

    /** The number of kernels whose change has completed: the sound is that of the newest. [any] */
    uint64_t completedChanges() const noexcept { return numCompleted.load (std::memory_order_acquire); }

private:
    static constexpr size_t maxChannels = EngineMeters::maxChannels;

    /** A kernel on its way to the audio thread: its convolver (none: the input passes) and the stream frame up to which
        it has heard the input. */
    struct Voice
    {
        std::unique_ptr<MatrixConvolver> convolver;
        uint64_t heard = 0;
        Fade fade = Fade::equalPower;
    };

    static constexpr size_t gridSize = 32;
    using Channels = std::array<std::array<float, gridSize>, maxChannels>;

    void send (std::unique_ptr<MatrixConvolver>, Fade);
    void startStep (const EngineControls&) noexcept;
    void catchUp() noexcept;
    void takeInput (const float* const* inputs, size_t numFrames) noexcept;
    void convolve (size_t numFrames) noexcept;
    void crossfade (size_t numFrames) noexcept;
    void mix (float* const* outputs, size_t numFrames) noexcept;
    size_t lengthOf (Fade fade) const noexcept { return fade == Fade::equalGain ? equalGainFade : equalPowerFade; }

    const size_t numInputs, numOutputs;
    const size_t equalGainFade, equalPowerFade; // in frames
    EngineMeters& meters;
    History history;
    Handover<Voice> handover;

    // The audio thread's own.
    std::unique_ptr<Voice> sounding, incoming, retiring;
    bool fading = false;
    size_t fadePosition = 0;
    uint64_t frame = 0;            // of the stream, since construction
    Ramp gain, wet, dry, out;      // as in EngineControls
    Ramp muted;                    // 1 while the convolution's input is cut off: bypassed
    Ramp passing;                  // 1 while the input passes unchanged: bypassed, or no kernel
    Channels raw {}, convolved {}; // the input as it came; the input of the convolution
    Channels wetOutput {}, newOutput {};

    std::atomic<uint64_t> numCompleted { 0 }; // audio -> any, release
};

} // namespace faltwerk
