#include "Convolution/KernelVoice.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

void KernelVoice::hear (const float* const* input, size_t numFrames) noexcept
{
    assert (numFrames <= replayChunk);

    if (convolver != nullptr && change != KernelChange::spillOver)
    {
        float unheard[EngineMeters::maxChannels][replayChunk];
        float* const outputs[] = { unheard[0], unheard[1] };
        convolver->process (input, outputs, numFrames);
    }

    if (longerHistory != nullptr)
        longerHistory->write (input, numFrames);

    heard += numFrames;
}

void KernelVoice::listen (const float* const* input, uint64_t firstHeard) noexcept
{
    if (convolver != nullptr && change != KernelChange::spillOver)
        convolver->listen (input, replayChunk, firstHeard - heard);

    if (longerHistory != nullptr)
        longerHistory->write (input, replayChunk);

    heard += replayChunk;
}

void KernelVoice::forgetPast (uint64_t frame) noexcept
{
    reset();
    heard = frame;
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
