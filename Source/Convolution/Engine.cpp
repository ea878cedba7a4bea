#include "Convolution/Engine.h"

#include "Convolution/FlushDenormals.h"

#include <algorithm>

namespace faltwerk
{

Engine::Engine (double sampleRate, size_t inputs, size_t outputs, size_t historyLength, EngineMeters& meters)
    : numInputs (inputs)
    , numOutputs (outputs)
    , voices (sampleRate, inputs, outputs, historyLength)
    , path (sampleRate, inputs, outputs, meters)
{
}

void Engine::setKernel (const std::shared_ptr<const KernelSpectra>& spectra, Change change)
{
    voices.setKernel (spectra, change);
}

void Engine::removeKernel() { voices.removeKernel(); }

bool Engine::collectGarbage() { return voices.collectGarbage(); }

size_t Engine::historyInFrames (const PartitionPlan& plan) noexcept { return KernelVoices::historyInFrames (plan); }

size_t Engine::sizeInBytes (const PartitionPlan& plan) const noexcept { return voices.sizeInBytes (plan); }

void Engine::process (const float* const* inputs,
                      float* const* outputs,
                      size_t numFrames,
                      const EngineControls& controls) noexcept
{
    const FlushDenormals flushDenormals;

    for (size_t done = 0; done < numFrames;)
    {
        const float* in[EngineMeters::maxChannels] = {};
        float* out[EngineMeters::maxChannels] = {};

        for (size_t channel = 0; channel < numInputs; ++channel)
            in[channel] = inputs[channel] + done;

        for (size_t channel = 0; channel < numOutputs; ++channel)
            out[channel] = outputs[channel] + done;

        if (frame % KernelVoices::changeGrid == 0)
            voices.considerChange (frame);

        const size_t size = nextChunk (numFrames - done);
        path.begin (controls, frame, size, voices.hasKernel());
        path.takeInput (in);
        voices.process (path.input(), path.wet(), size);
        path.mix (out);
        frame += size;
        done += size;
    }
}

size_t Engine::nextChunk (size_t numFrames) const noexcept
{
    const size_t grid = voices.isChanging() ? KernelVoices::changeGrid : largestEngineChunk;
    return std::min (numFrames, grid - static_cast<size_t> (frame % grid));
}

void Engine::reset() noexcept { voices.reset(); }

} // namespace faltwerk
