#include "Convolution/Engine/KernelVoices.h"

#include "Convolution/Signal/Fade.h"
#include "Convolution/Signal/Ramp.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace faltwerk
{

namespace
{

/** The loader replays in chunks until at most shortRest frames are left. The history is replayMargin frames longer than
    a kernel, for the input that arrives meanwhile. */
constexpr size_t replayChunk = KernelVoice::replayChunk, shortRest = 512, replayMargin = 16384;

/** Returns a fade whose length is the multiple of the grid nearest to a time. */
std::vector<float> fadeOver (double seconds, double sampleRate, bool equalPower)
{
    constexpr size_t grid = KernelVoices::changeGrid;
    return risingFade (grid * stepsIn (seconds, sampleRate, grid), equalPower);
}

} // namespace

KernelVoices::KernelVoices (double sampleRate, size_t inputs, size_t outputs, size_t historyLength)
    : numInputs (inputs)
    , numOutputs (outputs)
    , history (std::make_unique<History> (inputs, historyLength + replayMargin))
    , alikeFade (fadeOver (0.020, sampleRate, false))
    , differentFade (fadeOver (0.040, sampleRate, true))
    , tailFade (fadeOver (0.050, sampleRate, false))
{
    assert (numInputs >= 1 && numInputs <= maxChannels && numOutputs >= 1 && numOutputs <= maxChannels);
    currentHistory.store (history.get(), std::memory_order_release);
}

// --- The loader's thread ---------------------------------------------------------------------------------------------

size_t KernelVoices::reachOf (const PartitionPlan& plan) noexcept
{
    return plan.shape.length + 2 * plan.largestBlock();
}

size_t KernelVoices::historyInFrames (const PartitionPlan& plan) noexcept { return reachOf (plan) + replayMargin; }

size_t KernelVoices::sizeInBytes (const PartitionPlan& plan) const noexcept
{
    const size_t current = currentHistory.load (std::memory_order_acquire)->capacity();
    return plan.kernelBytes + plan.convolverBytes
           + numInputs * std::max (current, historyInFrames (plan)) * sizeof (float);
}

/** Makes a voice and replays the history into it, at most `reach` frames and all but a short rest. Returns false if the
    audio thread has overwritten the history meanwhile. */
bool KernelVoices::replay (KernelVoice& voice, const std::shared_ptr<const KernelSpectra>& spectra, size_t reach)
{
    // From a multiple of the largest block, so that the output is bit-identical to that of a convolver that had all
    // input.
    voice.resets = numResets.load (std::memory_order_acquire);
    const size_t block = spectra->plan().largestBlock();
    const auto* past = currentHistory.load (std::memory_order_acquire);
    const uint64_t current = past->size();
    const uint64_t known = std::max (
        past->firstFrame(), current - std::min<uint64_t> ({ reach, past->capacity() - replayMargin, current }));
    voice.position = known / block * block;

    if (const size_t needed = historyInFrames (spectra->plan()); needed > past->capacity())
        voice.longerHistory = std::make_unique<History> (numInputs, needed, voice.position);

    voice.convolver =
        std::make_unique<Convolver> (spectra, voice.change == KernelChange::spillOver ? 0 : voice.position);

    if (! voice.needsReplay())
        return true;

    std::vector<float> buffer (numInputs * replayChunk);
    float* chunk[maxChannels] = {};

    for (size_t channel = 0; channel < numInputs; ++channel)
        chunk[channel] = buffer.data() + channel * replayChunk;

    for (;;)
    {
        past = currentHistory.load (std::memory_order_acquire); // the audio thread may have installed a longer one
        const uint64_t missing = past->size() - voice.position;

        if (missing <= shortRest && voice.position >= known)
            return voice.resets == numResets.load (std::memory_order_acquire);

        // Earlier input reads as silence.
        const auto size = static_cast<size_t> (std::min (missing, replayChunk - voice.position % replayChunk));
        const auto silent =
            static_cast<size_t> (std::clamp<uint64_t> (known, voice.position, voice.position + size) - voice.position);
        float* rest[maxChannels] = {};

        for (size_t channel = 0; channel < numInputs; ++channel)
        {
            std::fill_n (chunk[channel], silent, 0.0f);
            rest[channel] = chunk[channel] + silent;
        }

        if (silent < size && ! past->read (voice.position + silent, size - silent, rest))
            return false;

        if (size == replayChunk && voice.position + size <= current)
            voice.skip (chunk, current);
        else
            voice.feed (chunk, size);
    }
}

void KernelVoices::setKernel (const std::shared_ptr<const KernelSpectra>& spectra, KernelChange change)
{
    handover.collect();

    // A replay that the audio thread overtakes, or that a reset interrupts, is repeated with less history, and in the
    // end with none.
    constexpr int attempts = 4;
    auto voice = std::make_unique<KernelVoice>();
    voice->change = change;
    bool replayed = false;

    for (int attempt = 0; attempt < attempts && ! replayed; ++attempt)
        replayed = replay (*voice, spectra, reachOf (spectra->plan()) >> attempt);

    if (! replayed)
    {
        voice->convolver = std::make_unique<Convolver> (spectra);
        voice->hasPast = false;
    }

    handover.send (std::move (voice));
}

void KernelVoices::removeKernel()
{
    handover.collect();
    handover.send (std::make_unique<KernelVoice>());
}

bool KernelVoices::collectGarbage()
{
    handover.collect();
    return handover.alive() > 1;
}

// --- The audio thread: changes ---------------------------------------------------------------------------------------

void KernelVoices::considerChange (uint64_t frame) noexcept
{
    handover.retire (retiring);

    if (tail != nullptr && tailHasEnded())
        handover.retire (tail);

    if (fading || retiring != nullptr)
        return;

    // A kernel that is catching up is not replaced; else none would ever sound in a stream of requests.
    if (incoming == nullptr || tail != nullptr)
    {
        if (auto newest = handover.receive())
        {
            retiring = std::exchange (incoming, std::move (newest));
            handover.retire (retiring);

            if (! incoming->hasPast)
                incoming->discardHistory (frame);
            else if (incoming->resets != numResets.load (std::memory_order_relaxed))
                incoming->discardHistory (silentBefore);
        }
    }

    if (incoming == nullptr || retiring != nullptr)
        return;

    if (tail != nullptr) // at most one tail: this one is faded out first
    {
        tailIsFading = true;
        return;
    }

    if (! catchUp (frame))
        return;

    if (const auto* longer = incoming->longerHistory.get();
        longer != nullptr && longer->size() == frame && longer->capacity() > history->capacity())
    {
        std::swap (history, incoming->longerHistory); // the previous one is freed with the voice
        currentHistory.store (history.get(), std::memory_order_release);
    }

    fading = true;
    fadePosition = 0;

    if (frame == 0) // nothing to fade from
        completeChange();
}

/** Replays history into the incoming kernel at 1.5 times real time. Returns true once it has caught up. */
bool KernelVoices::catchUp (uint64_t frame) noexcept
{
    if (! incoming->needsReplay() || incoming->position == frame)
        return true;

    constexpr size_t mostAtOnce = changeGrid + changeGrid / 2;
    const auto size = static_cast<size_t> (std::min<uint64_t> (mostAtOnce, frame - incoming->position));
    float past[maxChannels][mostAtOnce];
    float* chunk[] = { past[0], past[1] };

    if (history->read (incoming->position, size, chunk))
        incoming->feed (chunk, size);
    else
        incoming->discardHistory (frame); // it has been overwritten

    return incoming->position == frame;
}

void KernelVoices::completeChange() noexcept
{
    fading = false;

    if (incoming->change == KernelChange::spillOver && sounding != nullptr && sounding->convolver != nullptr)
    {
        tail = std::exchange (sounding, std::move (incoming));
        tailRemaining = (tail->convolver->plan().shape.length + changeGrid - 1) / changeGrid * changeGrid;
        tailIsFading = false;
        tailPosition = 0;
    }
    else
    {
        retiring = std::exchange (sounding, std::move (incoming));
    }

    numCompleted.fetch_add (1, std::memory_order_release);
}

bool KernelVoices::tailHasEnded() const noexcept { return tailRemaining == 0 || tailPosition == tailFade.size(); }

const std::vector<float>& KernelVoices::fadeOf (KernelChange change) const noexcept
{
    return change == KernelChange::crossfadeDifferent ? differentFade : alikeFade;
}

bool KernelVoices::isChanging() const noexcept
{
    return incoming != nullptr || fading || tail != nullptr || retiring != nullptr || handover.isWaiting();
}

bool KernelVoices::hasKernel() const noexcept
{
    const auto& heardNow = fading ? incoming : sounding;
    return heardNow != nullptr && heardNow->convolver != nullptr;
}

// --- The audio thread: sound -----------------------------------------------------------------------------------------

void KernelVoices::run (KernelVoice* voice, const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    if (voice != nullptr)
        voice->run (input, output, numFrames, numOutputs);
    else
        for (size_t channel = 0; channel < numOutputs; ++channel)
            std::fill_n (output[channel].data(), numFrames, 0.0f);
}

void KernelVoices::process (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    const float* channels[] = { input[0].data(), input[1].data() };
    history->write (channels, numFrames);

    if (! fading)
        run (sounding.get(), input, output, numFrames);
    else if (incoming->change == KernelChange::spillOver)
        spillOver (input, output, numFrames);
    else
        crossfade (input, output, numFrames);

    ringOut (output, numFrames);

    if (fading)
    {
        fadePosition += numFrames;

        if (fadePosition == fadeOf (incoming->change).size())
            completeChange();
    }
}

void KernelVoices::crossfade (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
{
    run (sounding.get(), input, output, numFrames);
    run (incoming.get(), input, otherOutput, numFrames);

    const Fade fade (fadeOf (incoming->change), fadePosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] = output[channel][n] * fade.falling (n) + otherOutput[channel][n] * fade.rising (n);
}

void KernelVoices::spillOver (const EngineChunk& input, EngineChunk& output, size_t numFrames) noexcept
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
        sounding.get(), [&fade] (size_t n) { return fade.falling (n); }, output);
    runFaded (
        incoming.get(), [&fade] (size_t n) { return fade.rising (n); }, otherOutput);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] += otherOutput[channel][n];
}

void KernelVoices::ringOut (EngineChunk& output, size_t numFrames) noexcept
{
    if (tail == nullptr || tailHasEnded())
        return;

    for (auto& channel : faded)
        std::fill_n (channel.data(), numFrames, 0.0f);

    run (tail.get(), faded, otherOutput, numFrames);
    const Fade fade (tailFade, tailPosition);

    for (size_t channel = 0; channel < numOutputs; ++channel)
        for (size_t n = 0; n < numFrames; ++n)
            output[channel][n] += otherOutput[channel][n] * (tailIsFading ? fade.falling (n) : 1.0f);

    tailRemaining -= numFrames;
    tailPosition += tailIsFading ? numFrames : 0;
}

void KernelVoices::reset() noexcept
{
    // In this order, so that a loader that sees the reset also sees the silence.
    history->clear();
    numResets.fetch_add (1, std::memory_order_release);
    silentBefore = history->size();
    tailRemaining = 0;

    if (sounding != nullptr)
        sounding->reset();

    if (incoming != nullptr && fading)
        incoming->reset();
    else if (incoming != nullptr)
        incoming->discardHistory (silentBefore);
}

void KernelVoices::cut() noexcept
{
    if (fading)
        completeChange();

    reset();
}

} // namespace faltwerk
