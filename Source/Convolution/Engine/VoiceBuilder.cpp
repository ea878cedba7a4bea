#include "Convolution/Engine/VoiceBuilder.h"

#include "Convolution/Engine/KernelVoice.h"
#include "Convolution/Engine/VoiceBridge.h"
#include "Convolution/Signal/EngineMeters.h"
#include "Convolution/Signal/History.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace faltwerk
{

namespace
{

/** The replay goes on in chunks until at most shortRest frames are left. */
constexpr size_t replayChunk = KernelVoice::replayChunk, shortRest = 512, replayMargin = VoiceBridge::replayMargin;

/** Returns the number of frames of past input that the output of a convolver depends on, at most: the kernel's length,
    and up to two of the largest blocks, since a replay begins with a block. */
size_t reachOf (const PartitionPlan& plan) noexcept { return plan.shape.length + 2 * plan.largestBlock(); }

} // namespace

VoiceBuilder::VoiceBuilder (VoiceBridge& bridgeToMixer, size_t inputs) noexcept
    : bridge (bridgeToMixer)
    , numInputs (inputs)
{
}

size_t VoiceBuilder::historyInFrames (const PartitionPlan& plan) noexcept { return reachOf (plan) + replayMargin; }

size_t VoiceBuilder::sizeInBytes (const PartitionPlan& plan) const noexcept
{
    const size_t kept = bridge.currentHistory.load (std::memory_order_acquire)->capacity();
    return plan.kernelBytes + plan.convolverBytes
           + numInputs * std::max (kept, historyInFrames (plan)) * sizeof (float);
}

/** Prepares a voice and replays the history into it: at most its last `reach` frames, except for a short rest. Returns
    false if the audio thread has overwritten the history or has been reset meanwhile. */
bool VoiceBuilder::replay (KernelVoice& voice, const std::shared_ptr<const KernelSpectra>& spectra, size_t reach)
{
    // From a multiple of the largest block, so that the output is bit-identical to that of a convolver that had all
    // input.
    voice.resets = bridge.numResets.load (std::memory_order_acquire);
    const size_t block = spectra->plan().largestBlock();
    const auto* past = bridge.currentHistory.load (std::memory_order_acquire);
    const uint64_t begin = past->size(); // position in the stream when the replay begins
    const uint64_t known =
        std::max (past->firstFrame(), begin - std::min<uint64_t> ({ reach, past->capacity() - replayMargin, begin }));
    voice.position = known / block * block;

    if (const size_t needed = historyInFrames (spectra->plan()); needed > past->capacity())
        voice.longerHistory = std::make_unique<History> (numInputs, needed, voice.position);

    voice.convolver =
        std::make_unique<Convolver> (spectra, voice.change == KernelChange::spillOver ? 0 : voice.position);

    if (! voice.needsReplay())
        return true;

    std::vector<float> buffer (numInputs * replayChunk);
    float* chunk[EngineMeters::maxChannels] = {};

    for (size_t channel = 0; channel < numInputs; ++channel)
        chunk[channel] = buffer.data() + channel * replayChunk;

    for (;;)
    {
        past =
            bridge.currentHistory.load (std::memory_order_acquire); // the audio thread may have installed a longer one
        const uint64_t missing = past->size() - voice.position;

        if (missing <= shortRest && voice.position >= known)
            return voice.resets == bridge.numResets.load (std::memory_order_acquire);

        // Earlier input reads as silence.
        const auto size = static_cast<size_t> (std::min (missing, replayChunk - voice.position % replayChunk));
        const auto silent =
            static_cast<size_t> (std::clamp<uint64_t> (known, voice.position, voice.position + size) - voice.position);
        float* rest[EngineMeters::maxChannels] = {};

        for (size_t channel = 0; channel < numInputs; ++channel)
        {
            std::fill_n (chunk[channel], silent, 0.0f);
            rest[channel] = chunk[channel] + silent;
        }

        if (silent < size && ! past->read (voice.position + silent, size - silent, rest))
            return false;

        if (size == replayChunk && voice.position + size <= begin)
            voice.skip (chunk, begin);
        else
            voice.feed (chunk, size);
    }
}

void VoiceBuilder::setKernel (const std::shared_ptr<const KernelSpectra>& spectra, KernelChange change)
{
    bridge.voices.collect();

    // A replay that the audio thread overtakes or that a reset interrupts is repeated with half the history. After the
    // last attempt the voice begins without past input.
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

    bridge.voices.send (std::move (voice));
}

void VoiceBuilder::removeKernel()
{
    bridge.voices.collect();
    bridge.voices.send (std::make_unique<KernelVoice>());
}

bool VoiceBuilder::collectGarbage()
{
    bridge.voices.collect();
    return bridge.voices.alive() > 1;
}

} // namespace faltwerk
