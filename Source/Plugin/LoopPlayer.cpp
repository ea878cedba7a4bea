#include "Plugin/LoopPlayer.h"

#include "Kernel/Resampling.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

void LoopPlayer::setLoop (std::vector<std::vector<float>> channels, double sampleRate)
{
    original = std::move (channels);
    originalRate = sampleRate;
    prepare (sampleRate);
}

void LoopPlayer::prepare (double sampleRate)
{
    levelStep = static_cast<float> (1.0 / (0.010 * sampleRate));
    position = 0;

    if (original.empty())
    {
        loop.clear();
        return;
    }

    // Resampled as a sound, which keeps its level, and not as a kernel, which keeps its response.
    const Kernel sound { original, originalRate, Routing::stereo, {} };
    loop = resampled (sound, sampleRate).paths;
    const double ratio = sampleRate / originalRate;
    const auto length = static_cast<size_t> (std::ceil (static_cast<double> (original[0].size()) * ratio - 1e-6));

    for (auto& channel : loop)
    {
        channel.resize (length); // without what rings behind the end: it goes round

        for (auto& sample : channel)
            sample *= static_cast<float> (ratio);
    }
}

void LoopPlayer::addTo (float* const* channels, size_t numChannels, size_t numFrames) noexcept
{
    const bool wanted = isPlaying() && hasLoop();

    if (! hasLoop() || (! wanted && level == 0.0f))
        return;

    for (size_t n = 0; n < numFrames; ++n)
    {
        level = std::clamp (level + (wanted ? levelStep : -levelStep), 0.0f, 1.0f);

        for (size_t channel = 0; channel < numChannels; ++channel)
            channels[channel][n] += level * loop[std::min (channel, loop.size() - 1)][position];

        position = (position + 1) % loop.front().size();
    }

    if (level == 0.0f)
        position = 0; // the next time from the beginning
}

} // namespace faltwerk
