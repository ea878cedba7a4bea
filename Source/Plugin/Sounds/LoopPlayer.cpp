#include "Plugin/Sounds/LoopPlayer.h"

#include "Kernel/Edits/Resampling.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace faltwerk
{

namespace
{

constexpr double leastRate = 1000.0, mostRate = 1e6; // Hz

} // namespace

LoopPlayer::LoopPlayer (Make makeChannels, double sampleRate)
    : make (std::move (makeChannels))
    , ownRate (sampleRate)
    , rate (sampleRate)
    , levelStep (static_cast<float> (1.0 / (0.010 * sampleRate)))
{
}

LoopPlayer::~LoopPlayer() { finishMaking(); }

void LoopPlayer::joinMaker()
{
    if (maker.joinable())
        maker.join();
}

void LoopPlayer::finishMaking()
{
    const std::lock_guard guard (lock);
    joinMaker();
}

/** The lock must be held. */
void LoopPlayer::startMaking()
{
    joinMaker();

    if (! (rate >= leastRate && rate <= mostRate)) // a host may give none at all
        return;

    isMade = true;
    maker = std::thread (
        [this, rateToFit = rate]
        {
            handover.collect();

            try
            {
                handover.send (makeLoop (rateToFit));
            }
            catch (const std::bad_alloc&) // then there is silence
            {
            }
        });
}

void LoopPlayer::setPlaying (bool shouldPlay)
{
    const std::lock_guard guard (lock);

    if (shouldPlay && ! isMade)
        startMaking();

    playing.store (shouldPlay, std::memory_order_relaxed);
}

std::unique_ptr<LoopPlayer::Loop> LoopPlayer::makeLoop (double wantedRate) const
{
    // Resampled as a sound, which keeps its level, and not as a kernel, which keeps its response.
    const Kernel sound { make(), ownRate, Routing::stereo, {} };
    auto result = std::make_unique<Loop> (resampled (sound, wantedRate).paths);
    const double ratio = wantedRate / ownRate;
    const auto length = static_cast<size_t> (std::ceil (static_cast<double> (sound.lengthInFrames()) * ratio - 1e-6));

    for (auto& channel : *result)
    {
        channel.resize (length); // without what rings behind the end: it goes round

        for (auto& sample : channel)
            sample *= static_cast<float> (ratio);
    }

    return result;
}

void LoopPlayer::prepare (double sampleRate)
{
    const std::lock_guard guard (lock);
    joinMaker();
    const double length = 0.010 * sampleRate;
    levelStep = length >= 1.0 ? static_cast<float> (1.0 / length) : 1.0f;
    position = 0;
    isMade = isMade && rate == sampleRate;
    rate = sampleRate;

    if (isMade)
        return;

    handover.send (nullptr);
    loop = nullptr;

    if (isPlaying())
        startMaking();
}

void LoopPlayer::addTo (float* const* channels, size_t numChannels, size_t numFrames) noexcept
{
    if (handover.isWaiting())
    {
        handover.retire (loop);

        if (loop == nullptr)
            loop = handover.receive();
    }

    const bool wanted = isPlaying();

    if (loop == nullptr || (! wanted && level == 0.0f))
        return;

    for (size_t n = 0; n < numFrames; ++n)
    {
        level = std::clamp (level + (wanted ? levelStep : -levelStep), 0.0f, 1.0f);

        for (size_t channel = 0; channel < numChannels; ++channel)
            channels[channel][n] += level * (*loop)[std::min (channel, loop->size() - 1)][position];

        position = (position + 1) % loop->front().size();
    }

    if (level == 0.0f)
        position = 0; // the next time from the beginning
}

} // namespace faltwerk
