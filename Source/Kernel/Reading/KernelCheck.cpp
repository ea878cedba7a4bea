#include "Kernel/Reading/KernelCheck.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace faltwerk
{

namespace
{

/** Returns a time as 59.9 s or 20:00 min. */
std::string duration (double seconds)
{
    char text[48];

    if (seconds < 99.95)
        std::snprintf (text, sizeof text, "%.1f s", seconds);
    else
        std::snprintf (text, sizeof text, "%.0f:%02.0f min", std::floor (std::round (seconds) / 60.0),
                       std::fmod (std::round (seconds), 60.0));

    return text;
}

} // namespace

std::string tooLongFor (size_t numFrames, double sampleRate, size_t mostFrames)
{
    const auto frames = static_cast<double> (numFrames), most = static_cast<double> (mostFrames);
    const std::string rest = " (60 s at 192 kHz) can be a kernel. Shorten it first.";

    if (! (sampleRate > 0.0) || std::isinf (sampleRate))
        return "has " + std::to_string (numFrames) + " frames, and at most " + std::to_string (mostFrames) + rest;

    return "lasts " + duration (frames / sampleRate) + ", and at its sample rate at most "
           + duration (most / sampleRate) + rest;
}

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
        return fail ("it " + tooLongFor (numFrames, sampleRate));

    if (const auto complaint = complaintAbout (numChannels, choice); ! complaint.empty())
        return fail (complaint);

    if (nonFinite)
        return fail (inWords (*nonFinite, sampleRate) + ". Export the file again.");

    return isSilent ? fail ("it is silent. Choose a file with sound in it.") : std::string();
}

} // namespace faltwerk
