#include "Kernel/KernelCheck.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace faltwerk
{

KernelCheck::KernelCheck (size_t channels, double rate, ChannelChoice wanted)
    : numChannels (channels)
    , sampleRate (rate)
    , choice (std::move (wanted))
{
}

void KernelCheck::add (std::span<const std::vector<float>> frames)
{
    if (! nonFinite)
        if (nonFinite = findNonFinite (frames); nonFinite)
            nonFinite->frame += numFrames;

    for (size_t channel = 0; channel < frames.size() && isSilent; ++channel)
        isSilent = std::all_of (frames[channel].begin(), frames[channel].end(), [] (float x) { return x == 0.0f; });

    numFrames += frames.empty() ? 0 : frames.front().size();
}

std::string KernelCheck::complaint (const std::string& name) const
{
    const auto fail = [&name] (const std::string& what) { return "'" + name + "' cannot be a kernel: " + what; };

    if (numFrames == 0)
        return fail ("it holds no audio. Choose a file with at least one sample.");

    if (! (sampleRate >= 0.0) || std::isinf (sampleRate))
        return fail ("its sample rate is not a number of hertz.");

    if (numFrames > longestKernelInFrames)
        return fail ("it has " + std::to_string (numFrames) + " frames, and at most "
                     + std::to_string (longestKernelInFrames) + " (60 s at 192 kHz) are possible. Shorten it first.");

    if (const auto complaint = complaintAbout (numChannels, choice); ! complaint.empty())
        return fail (complaint);

    if (nonFinite)
        return fail (inWords (*nonFinite, sampleRate) + ". Export the file again.");

    return isSilent ? fail ("it is silent. Choose a file with sound in it.") : std::string();
}

} // namespace faltwerk
