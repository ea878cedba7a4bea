#pragma once

#include "Convolution/Convolver.h"
#include "Convolution/Handover.h"
#include "Convolution/History.h"
#include "Convolution/Ramp.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
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

    A new kernel's convolver is built on the loader's thread. To *crossfade*, it is given the input's past, so that it
    has its full tail; on the audio thread it catches up with the present, and is faded in while the old one is faded
    out. To *spill over*, the input is faded from the old one to the new, and the old one rings out; a
    further change fades it out first. The newest kernel wins. Changes begin at multiples of 64 frames of stream time.
 */
class Engine
{
public:
    /** How one kernel replaces another. */
    enum class Change
    {
        crossfadeAlike,     // between edits of one kernel: the sounds are alike, and gains add up to one; 20 ms
        crossfadeDifferent, // between different kernels: their powers do; 40 ms
        spillOver           // what was played before rings out in the old kernel; 20 ms
    };

    /** Allocates. The engine has no kernel at first. @param historyInFrames  how much past is kept at least; a longer
        kernel lengthens it */
    Engine (double sampleRate, size_t numInputs, size_t numOutputs, size_t historyInFrames, EngineMeters& meters);
    ~Engine();

    /** Builds a convolver for a kernel and hands it over. Throws std::bad_alloc. [loader] */
    void setKernel (const std::shared_ptr<const KernelSpectra>&, Change);

    /** From now on the input passes. [loader] */
    void removeKernel();

    /** Frees kernels that no longer sound, and says whether another may follow soon. [loader] */
    bool collectGarbage();

    /** How much past a kernel with some plan needs to be kept. [any] */
    static size_t historyInFrames (const PartitionPlan&) noexcept;

    /** What the history and a convolver for a plan take, the kernel's spectra included. [loader] */
    size_t sizeInBytes (const PartitionPlan&) const noexcept;

    /** Processes any number of frames; an output may be an input. [audio] */
    void process (const float* const* inputs, float* const* outputs, size_t numFrames, const EngineControls&) noexcept;

    /** Forgets the sound of the past: history and tails. [audio] */
    void reset() noexcept;

    /** The number of kernels whose change has completed: the sound is that of the newest. [any] */
    uint64_t completedChanges() const noexcept { return numCompleted.load (std::memory_order_acquire); }

private:
    static constexpr size_t maxChannels = EngineMeters::maxChannels;
    static constexpr size_t gridSize = 32, changeGrid = 64, largestChunk = 256;

    /** A kernel on its way to the audio thread. */
    struct Voice
    {
        std::unique_ptr<Convolver> convolver; // none: the input passes
        Change change = Change::crossfadeDifferent;
        uint64_t heard = 0;                     // the frame of the stream up to which it has heard the input
        std::unique_ptr<History> longerHistory; // hears the input too, and then takes the history's place
        uint64_t resets = 0;                    // of the engine, when it began to hear
        bool hasPast = true;                    // false: it starts without

        bool hearsThePast() const noexcept
        {
            return hasPast && ((convolver != nullptr && change != Change::spillOver) || longerHistory != nullptr);
        }
    };

    /** All gains over a step of the grid. */
    struct Levels
    {
        Ramp gain, wet, dry, out; // as in EngineControls
        Ramp muted;               // 1 while the convolution's input is cut off: bypassed
        Ramp passing;             // 1 while the input passes unchanged: bypassed, or no kernel

        std::array<Ramp*, 6> all() noexcept { return { &gain, &wet, &dry, &out, &muted, &passing }; }
        bool areSteady() const noexcept;
    };

    using Channels = std::array<std::array<float, largestChunk>, maxChannels>;

    static size_t reachOf (const PartitionPlan&) noexcept;
    void forgetPast (Voice&) noexcept;
    static void hear (Voice&, const float* const* input, size_t numFrames) noexcept;
    bool replay (Voice&, const std::shared_ptr<const KernelSpectra>&, size_t reach);

    size_t nextChunk (size_t numFrames) const noexcept;
    void considerChange() noexcept;
    bool catchUp() noexcept;
    void completeChange() noexcept;
    bool tailHasEnded() const noexcept;
    const std::vector<float>& fadeOf (Change) const noexcept;
    void moveLevels (const EngineControls&, size_t numFrames) noexcept;

    /** Calls act (levels, first, inStep, size) for the frames of a chunk, step by step of the grid. */
    template <typename Act>
    void forEachStep (size_t numFrames, Act&& act) const noexcept;

    void takeInput (const float* const* inputs, size_t numFrames) noexcept;
    void run (Voice*, const Channels& input, Channels& output, size_t numFrames) noexcept;
    void convolve (size_t numFrames) noexcept;
    void crossfade (size_t numFrames) noexcept;
    void spillOver (size_t numFrames) noexcept;
    void ringOut (size_t numFrames) noexcept;
    void mix (float* const* outputs, size_t numFrames) noexcept;

    const size_t numInputs, numOutputs;
    EngineMeters& meters;
    Handover<Voice> handover;
    std::atomic<uint64_t> numResets { 0 };      // audio -> loader, release
    std::atomic<const History*> presentHistory; // audio -> loader, release; the loader frees a former one

    // The audio thread's own.
    std::unique_ptr<History> history;
    std::unique_ptr<Voice> sounding, incoming, retiring;
    std::unique_ptr<Voice> tail; // a kernel that rings out
    bool fading = false, tailIsFading = false;
    size_t fadePosition = 0, tailPosition = 0; // in the change's fade; in the tail's
    size_t tailRemaining = 0;                  // frames until it has rung out
    uint64_t frame = 0;                        // of the stream, since construction

    const std::vector<float> alikeFade, differentFade, tailFade; // rising, a gain for each frame; falling in reverse
    Levels levels;
    std::array<Levels, largestChunk / gridSize + 1> steps; // of the present chunk
    Channels raw {}, convolved {};                         // the input as it came; the input of the convolution
    Channels faded {}, wetOutput {}, otherOutput {};

    std::atomic<uint64_t> numCompleted { 0 }; // audio -> any, release
};

} // namespace faltwerk
