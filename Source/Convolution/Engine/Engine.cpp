#include "Convolution/Engine/Engine.h"

#include "Convolution/Vector/FlushDenormals.h"

#include <algorithm>

namespace faltwerk
{

Engine::Engine (double sampleRate, size_t inputs, size_t outputs, size_t historyLength, EngineMeters& meters)
    : numInputs (inputs)
    , numOutputs (outputs)
    , builder (bridge, inputs)
    , mixer (bridge, sampleRate, inputs, outputs, historyLength)
    , path (sampleRate, inputs, outputs, meters)
{
}

void Engine::setKernel (const std::shared_ptr<const KernelSpectra>& spectra, Change change)
{
    builder.setKernel (spectra, change);
}

void Engine::removeKernel() { builder.removeKernel(); }

bool Engine::collectGarbage() { return builder.collectGarbage(); }

size_t Engine::historyInFrames (const PartitionPlan& plan) noexcept { return VoiceBuilder::historyInFrames (plan); }

size_t Engine::sizeInBytes (const PartitionPlan& plan) const noexcept { return builder.sizeInBytes (plan); }

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

        if (frame % VoiceMixer::changeGrid == 0)
        {
            considerCut (controls);
            mixer.considerChange (frame);
        }

        const size_t size = nextChunk (numFrames - done, controls);
        path.begin (controls, frame, size, { mixer.hasKernel(), isCutting });
        path.takeInput (in);
        mixer.process (path.input(), path.wet(), size);
        path.mix (controls.tone, out);
        frame += size;
        done += size;
    }
}

bool Engine::asksForCut (const EngineControls& controls) const noexcept
{
    const bool forBypass = controls.bypassed && controls.cutsTailOnBypass;
    return panicsAsked.load (std::memory_order_relaxed) != panicsDone || (forBypass && ! cutForBypass);
}

void Engine::considerCut (const EngineControls& controls) noexcept
{
    const bool asked = asksForCut (controls) && frame > 0; // at frame 0 there is no tail
    panicsDone = panicsAsked.load (std::memory_order_relaxed);
    cutForBypass = controls.bypassed && controls.cutsTailOnBypass;

    if (! isCutting)
    {
        isCutting = asked;
    }
    else if (path.isSilent())
    {
        isCutting = false;
        mixer.cut();
        path.reset();
    }
}

size_t Engine::nextChunk (size_t numFrames, const EngineControls& controls) const noexcept
{
    // A change begins on its grid, so chunks must end there.
    const bool changing = mixer.isChanging() || isCutting || asksForCut (controls);
    const size_t grid = changing ? VoiceMixer::changeGrid : largestEngineChunk;
    return std::min (numFrames, grid - static_cast<size_t> (frame % grid));
}

void Engine::reset() noexcept
{
    mixer.reset();
    path.reset();
}

} // namespace faltwerk
