#pragma once

#include "Convolution/Engine/EngineChunk.h"
#include "Convolution/Signal/EngineControls.h"
#include "Convolution/Signal/EngineMeters.h"
#include "Convolution/Signal/Ramp.h"
#include "Convolution/Signal/ToneFilter.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace faltwerk
{

/** The parts of an engine around its convolution: levels, tone, dry path, and meters.

    For each chunk call begin() and takeInput(), convolve input() into wet(), then call mix(). Levels move within 20 ms
    on a fixed grid of 32 frames. Input samples that are not finite or exceed 2^20 are taken as 0 and counted, and so
    are samples of the convolution and of the output that are not finite: the output is always finite, and the filters
    recover. A level or tone control that is NaN is ignored. */
class SignalPath
{
public:
    /** Allocates; throws std::bad_alloc. The meters must outlive it. [not audio] */
    SignalPath (double sampleRate, size_t numInputs, size_t numOutputs, EngineMeters& meters);

    /** What the levels depend on apart from their controls. */
    struct Convolution
    {
        bool hasKernel; // false: the input passes
        bool isCut;     // its input and output are faded out; after a cut its input is faded in
    };

    /** Moves the levels through a chunk. @param frame  position in the stream of its first frame. [audio] */
    void begin (const EngineControls&, uint64_t frame, size_t numFrames, Convolution) noexcept;

    /** Returns true if the input and the output of the convolution are both faded out. [audio] */
    bool isSilent() const noexcept { return levels.muted.next() == 1.0f && levels.kept.next() == 0.0f; }

    /** Reads the chunk's input, which may then be overwritten, and fills input(). [audio] */
    void takeInput (const float* const* inputs) noexcept;

    /** Return the input of the convolution, and the buffer for its output. [audio] */
    const EngineChunk& input() const noexcept { return convolved; }
    EngineChunk& wet() noexcept { return wetOutput; }

    /** Writes the chunk's output from the input that has been read and from wet(). [audio] */
    void mix (const ToneControls&, float* const* outputs) noexcept;

    /** Clears the filters. [audio] */
    void reset() noexcept { tone.reset(); }

private:
    static constexpr size_t gridSize = 32;

    /** All gains in one step of the grid. */
    struct Levels
    {
        Ramp gain, wet, dry, out; // as in EngineControls
        Ramp muted;               // 1: the convolution has no input, while bypassed or cut
        Ramp kept;                // 0: the output of the convolution is discarded, while cut
        Ramp passing;             // 1: the input passes unchanged, while bypassed or without a kernel

        std::array<Ramp*, 7> all() noexcept { return { &gain, &wet, &dry, &out, &muted, &kept, &passing }; }
        bool areSteady() const noexcept;
    };

    /** Calls act (levels, first, inStep, size) for each grid step of the chunk: its levels, first frame in the chunk,
        position of that frame in the step, number of frames. */
    template <typename Act>
    void forEachStep (Act&& act) const noexcept;

    const size_t numInputs, numOutputs;
    EngineMeters& meters;

    ToneFilter tone;
    uint64_t frame = 0; // position in the stream of the current chunk
    size_t numFrames = 0;
    Levels levels;
    std::array<Levels, largestEngineChunk / gridSize + 1> steps; // of the current chunk
    EngineChunk raw {}, convolved {};                            // input of the engine; input of the convolution
    EngineChunk wetOutput {};
};

} // namespace faltwerk
