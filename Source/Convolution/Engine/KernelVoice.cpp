#include "Convolution/Engine/KernelVoice.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

void KernelVoice::feed (const float* const* input, size_t numFrames) noexcept
{
    assert (numFrames <= replayChunk);

    if (convolver != nullptr && change != KernelChange::spillOver)
    {
        float discarded[EngineMeters::maxChannels][replayChunk];
        float* const outputs[] = { discarded[0], discarded[1] };
        convolver->process (input, outputs, numFrames);
    }

    if (longerHistory != nullptr)
        longerHistory->write (input, numFrames);

    position += numFrames;
}

void KernelVoice::skip (const float* const* input, uint64_t firstUsed) noexcept
{
    if (convolver != nullptr && change != KernelChange::spillOver)
        convolver->skip (input, replayChunk, firstUsed - position);

    if (longerHistory != nullptr)
        longerHistory->write (input, replayChunk);

    position += replayChunk;
}

void KernelVoice::discardHistory (uint64_t frame) noexcept
{
    reset();
    position = frame;
    hasPast = true;

    if (longerHistory != nullptr)
        longerHistory->restart (frame);
}

void KernelVoice::reset() noexcept
{
    if (convolver != nullptr)
        convolver->reset();
}

void KernelVoice::run (const EngineChunk& input, EngineChunk& output, size_t numFrames, size_t numOutputs) noexcept
{
    const float* in[] = { input[0].data(), input[1].data() };
    float* out[] = { output[0].data(), output[1].data() };

    if (convolver != nullptr)
        convolver->process (in, out, numFrames);
    else
        for (size_t channel = 0; channel < numOutputs; ++channel)
            std::fill_n (out[channel], numFrames, 0.0f);
}

} // namespace faltwerk
