#pragma once

#include "Convolution/EngineControls.h"
#include "Convolution/EngineMeters.h"
#include "Convolution/KernelVoice.h"
#include "Convolution/Ramp.h"
#include "Convolution/ToneFilter.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace faltwerk
{

/** What an engine does around its convolution: levels, tone, the sound beside it, and meters.

    A chunk at a time: begin(), takeInput(), then the convolution of input() into wet(), then mix(). Levels move in 20
    ms on a fixed grid of 32 frames of stream time. Input samples that are not finite or exceed 2^20 are taken as 0 and
    counted. So are samples of the convolution and of the output that are not finite: the output is always finite, and
    no filter keeps what was not. A level or a tone control that is not a number changes nothing.
 */
class SignalPath
{
public:
    SignalPath (double sampleRate, size_t numInputs, size_t numOutputs, EngineMeters& meters);

    /** What else decides over the levels than their controls. */
    struct Convolution
    {
        bool hasKernel; // else the input passes
        bool isCut;     // its input and output are faded out; afterwards its input is faded in
    };

    /** Moves the levels through a chunk that begins at a frame of the stream. [audio] */
    void begin (const EngineControls&, uint64_t frame, size_t numFrames, Convolution) noexcept;

    /** Whether neither the convolution's input nor its output is let through any more. [audio] */
    bool isSilent() const noexcept { return levels.muted.next() == 1.0f && levels.kept.next() == 0.0f; }

    /** Takes the chunk's input, which may be overwritten from then on. [audio] */
    void takeInput (const float* const* inputs) noexcept;

    /** What the convolution hears, and where its output belongs. [audio] */
    const EngineChunk& input() const noexcept { return convolved; }
    EngineChunk& wet() noexcept { return wetOutput; }

    /** Writes the chunk's output. [audio] */
    void mix (const ToneControls&, float* const* outputs) noexcept;

    /** Forgets the sound of the past. [audio] */
    void reset() noexcept { tone.reset(); }

private:
    static constexpr size_t gridSize = 32;

    /** All gains over a step of the grid. */
    struct Levels
    {
        Ramp gain, wet, dry, out; // as in EngineControls
        Ramp muted;               // 1 while the convolution's input is cut off: bypassed, or a cut
        Ramp kept;                // 0 while its output is: a cut
        Ramp passing;             // 1 while the input passes unchanged: bypassed, or no kernel

        std::array<Ramp*, 7> all() noexcept { return { &gain, &wet, &dry, &out, &muted, &kept, &passing }; }
        bool areSteady() const noexcept;
    };

    /** Calls act (levels, first, inStep, size) for the frames of the chunk, step by step of the grid. */
    template <typename Act>
    void forEachStep (Act&& act) const noexcept;

    const size_t numInputs, numOutputs;
    EngineMeters& meters;

    ToneFilter tone;
    uint64_t frame = 0; // where the present chunk begins
    size_t numFrames = 0;
    Levels levels;
    std::array<Levels, largestEngineChunk / gridSize + 1> steps; // of the present chunk
    EngineChunk raw {}, convolved {};                            // the input as it came; the input of the convolution
    EngineChunk wetOutput {};
};

} // namespace faltwerk
