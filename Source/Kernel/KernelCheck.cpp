#include "Kernel/KernelCheck.h"

#include <algorithm>
#include <cmath>

namespace faltwerk
{

namespace
{

/** What is wrong with a number of channels; empty if nothing is. */
std::string complaintAbout (size_t numChannels, ChannelLayout layout, size_t numMatrixInputs)
{
    const auto count = "it has " + std::to_string (numChannels) + (numChannels == 1 ? " channel" : " channels");
    const auto most = std::to_string (mostKernelChannels);

    if (layout == ChannelLayout::trueStereoByInput || layout == ChannelLayout::trueStereoByOutput)
        return numChannels == 4 ? "" : count + ", and true stereo needs 4.";

    if (layout != ChannelLayout::matrix)
        return numChannels <= mostKernelChannels
                   ? ""
                   : count + ", and at most " + most + " are possible. Read it as a matrix, or leave some out.";

    if (numMatrixInputs < 1 || numMatrixInputs > mostKernelChannels)
        return "a matrix has 1 to " + most + " inputs, and " + std::to_string (numMatrixInputs) + " are asked for.";

    if (numChannels % numMatrixInputs != 0)
        return count + ", which is no multiple of the matrix's " + std::to_string (numMatrixInputs)
               + " inputs. Give another number of inputs.";

    if (numChannels / numMatrixInputs > mostKernelChannels)
        return count + ", which with " + std::to_string (numMatrixInputs) + " inputs are "
               + std::to_string (numChannels / numMatrixInputs) + " outputs, and at most " + most + " are possible.";

    return {};
}

} // namespace

KernelCheck::KernelCheck (size_t channels, double rate, ChannelLayout wanted, size_t matrixInputs)
    : numChannels (channels)
    , sampleRate (rate)
    , layout (wanted)
    , numMatrixInputs (matrixInputs)
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

    if (const auto complaint = complaintAbout (numChannels, layout, numMatrixInputs); ! complaint.empty())
        return fail (complaint);

    if (nonFinite)
        return fail (inWords (*nonFinite, sampleRate) + ". Export the file again.");

    return isSilent ? fail ("it is silent. Choose a file with sound in it.") : std::string();
}

} // namespace faltwerk
