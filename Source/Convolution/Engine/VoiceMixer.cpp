#include "Convolution/Engine/VoiceMixer.h"

#include "Convolution/Engine/KernelVoice.h"
#include "Convolution/Engine/VoiceBridge.h"
#include "Convolution/Signal/Fade.h"
#include "Convolution/Signal/History.h"
#include "Convolution/Signal/Ramp.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace faltwerk
{

namespace
{

/** Returns a fade whose length is the multiple of the grid nearest to a time. */
std::vector<float> fadeOver (double seconds, double sampleRate, bool equalPower)
{
    constexpr size_t grid = VoiceMixer::changeGrid;
    return risingFade (grid * stepsIn (seconds, sampleRate, grid), equalPower);
}

} // namespace

VoiceMixer::VoiceMixer (VoiceBridge& bridgeToBuilder,
                        double sampleRate,
                        size_t inputs,
                        size_t outputs,
                        size_t historyLength)
    : bridge (bridgeToBuilder)
    , numInputs (inputs)
    , numOutputs (outputs)
    , history (std::make_unique<History> (inputs, historyLength + VoiceBridge::replayMargin))
    , alikeFade (fadeOver (0.020, sampleRate, false))
    , differentFade (fadeOver (0.040, sampleRate, true))
    , tailFade (fadeOver (0.050, sampleRate, false))
{
    assert (numInputs >= 1 && numInputs <= EngineMeters::maxChannels);
    assert (numOutputs >= 1 && numOutputs <= EngineMeters::maxChannels);
    bridge.currentHistory.store (history.get(), std::memory_order_release);
}

VoiceMixer::~VoiceMixer() = default;

// --- Changes ---------------------------------------------------------------------------------------------------------

void VoiceMixer::considerChange (uint64_t frame) noexcept
{
    bridge.voices.retire (retiring);

    if (hasTail() && tailHasEnded())
        endTail();

    if (isFading() || retiring != nullptr)
        return;

    // A voice that is catching up is not replaced; otherwise none would sound while requests keep coming.
    if (state != State::catchingUp)
        receive (frame);

    if (incoming == nullptr || retiring != nullptr)
        return;

    if (hasTail()) // at most one tail: this one is faded out first
    {
        state = State::endingTail;
        return;
    }

    if (! catchUp (frame))
        return;

    takeLongerHistory (frame);
    state = incoming->change == KernelChange::spillOver ? State::spillOver : State::crossfade;
    fadePosition = 0;

    if (frame == 0) // nothing to fade from
        completeChange();
}

/** Retires the tail, if there is a place for it. */
void VoiceMixer::endTail() noexcept
{
    bridge.voices.retire (tail);

    if (tail == nullptr)
        state = incoming != nullptr ? State::catchingUp : State::steady;
}

/** Takes the last voice sent, if there is one, in place of one that waits for the end of a tail. */
void VoiceMixer::receive (uint64_t frame) noexcept
{
    auto sent = bridge.voices.receive();

    if (sent == nullptr)
        return;

    retiring = std::exchange (incoming, std::move (sent));
    bridge.voices.retire (retiring);

    if (! incoming->hasPast)
        incoming->discardHistory (frame);
    else if (incoming->resets != bridge.numResets.load (std::memory_order_relaxed))
        incoming->discardHistory (silentBefore);

    if (! hasTail())
        state = State::catchingUp;
}

/** Replays history into the incoming voice at 1.5 times real time. Returns true once it has caught up. */
bool VoiceMixer::catchUp (uint64_t frame) noexcept
{
    if (! incoming->needsReplay() || incoming->position == frame)
        return true;

    constexpr size_t mostAtOnce = changeGrid + changeGrid / 2;
    const auto size = static_cast<size_t> (std::min<uint64_t> (mostAtOnce, frame - incoming->position));
    float past[EngineMeters::maxChannels][mostAtOnce];
    float* chunk[] = { past[0], past[1] };

    if (history->read (incoming->position, size, chunk))
        incoming->feed (chunk, size);
    else
        incoming->discardHistory (frame); // it has been overwritten

    return incoming->position == frame;
}

/** Replaces the history by the one that came with the incoming voice, if that is longer. */
void VoiceMixer::takeLongerHistory (uint64_t frame) noexcept
{
    const auto* longer = incoming->longerHistory.get();

    if (longer == nullptr || longer->size() != frame || longer->capacity() <= history->capacity())
        return;

    std::swap (history, incoming->longerHistory); // the previous one is freed with the voice
    bridge.currentHistory.store (history.get(), std::memory_order_release);
}

void VoiceMixer::completeChange() noexcept
{
    if (state == State::spillOver && current != nullptr && current->convolver != nullptr)
    {
        tail = std::exchange (current, std::move (incoming));
        tailRemaining = (tail->convolver->plan().shape.length + changeGrid - 1) / changeGrid * changeGrid;
        tailPosition = 0;
        state = State::ringingOut;
    }
    else
    {
        retiring = std::exchange (current, std::move (incoming));
        state = State::steady;
    }

    numCompleted.fetch_add (1, std::memory_order_release);
}

bool VoiceMixer::tailHasEnded() const noexcept { return tailRemaining == 0 || tailPosition == tailFade.size(); }

const std::vector<float>& VoiceMixer::fadeOf (KernelChange change) const noexcept
{
    return change == KernelChange::crossfadeDifferent ? differentFade : alikeFade;
}

bool VoiceMixer::isChanging() const noexcept
{
    return state != State::steady || retiring != nullptr || bridge.voices.isWaiting();
}

bool VoiceMixer::hasKernel() const noexcept
{
    const auto& audible = isFading() ? incoming : current;
    return audible != nullptr && audible->convolver != nullptr;
}

// --- Sound -----------------------------------------------------------------------------------------------------------

void VoiceMixer::process (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    const float* channels[] = { input[0].data(), input[1].data() };
    history->write (channels, numFrames);

    switch (state)
    {
        case State::steady:
        case State::catchingUp:
            run (current.get(), input, output, numFrames);
            break;

        case State::crossfade:
            crossfade (input, output, numFrames);
            break;

        case State::spillOver:
            spillOver (input, output, numFrames);
            break;

        case State::ringingOut:
        case State::endingTail:
            run (current.get(), input, output, numFrames);
            ringOut (output, numFrames);
            break;
    }

    if (isFading())
    {
        fadePosition += numFrames;

        if (fadePosition == fadeOf (incoming->change).size())
            completeChange();
    }
}

void VoiceMixer::run (KernelVoice* voice, const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    if (voice != nullptr)
        voice->run (input, output, numFrames, numOutputs);
    else
        for (size_t channel = 0; channel < numOutputs; ++channel)
            std::fill_n (output[channel].data(), numFrames, 0.0f);
}

void VoiceMixer::crossfade (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    run (current.get(), input, output, numFrames);
    run (incoming.get(), input, otherOutput, numFrames);

    const Fade fade (fadeOf (incoming->change), fadePosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] = output[channel][n] * fade.falling (n) + otherOutput[channel][n] * fade.rising (n);
}

void VoiceMixer::spillOver (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    const Fade fade (fadeOf (incoming->change), fadePosition);

    const auto runFaded = [&] (KernelVoice* voice, auto gain, EngineChunk& result)
    {
        for (size_t channel = 0; channel < numInputs; ++channel)
            for (size_t n = 0; n < numFrames; ++n)
                faded[channel][n] = input[channel][n] * gain (n);

        run (voice, faded, result, numFrames);
    };

    runFaded (
        current.get(), [&fade] (size_t n) { return fade.falling (n); }, output);
    runFaded (
        incoming.get(), [&fade] (size_t n) { return fade.rising (n); }, otherOutput);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] += otherOutput[channel][n];
}

void VoiceMixer::ringOut (EngineChunk& output, size_t numFrames) noexcept
{
    if (tailHasEnded()) // and waits to be retired
        return;

    const bool isFalling = state == State::endingTail;

    for (auto& channel : faded)
        std::fill_n (channel.data(), numFrames, 0.0f);

    run (tail.get(), faded, otherOutput, numFrames);
    const Fade fade (tailFade, tailPosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] += otherOutput[channel][n] * (isFalling ? fade.falling (n) : 1.0f);

    tailRemaining -= numFrames;
    tailPosition += isFalling ? numFrames : 0;
}

void VoiceMixer::reset() noexcept
{
    // In this order, so that a loader that sees the reset also sees the silence.
    history->clear();
    bridge.numResets.fetch_add (1, std::memory_order_release);
    silentBefore = history->size();
    tailRemaining = 0;

    if (current != nullptr)
        current->reset();

    if (isFading())
        incoming->reset();
    else if (incoming != nullptr)
        incoming->discardHistory (silentBefore);
}

void VoiceMixer::cut() noexcept
{
    if (isFading())
        completeChange();

    reset();
}

} // namespace faltwerk
