#include "Kernel/SoundRenderer.h"

#include "Kernel/KernelRouting.h"

#include <algorithm>
#include <utility>

namespace faltwerk
{

SoundRenderer::SoundRenderer (const Kernel& kernel, const SoundHeader& header, const Settings& chosen, TakePiece taker)
    : sound (header)
    , settings (chosen)
    , kernelLength (kernel.lengthInFrames())
    , dry (static_cast<float> (std::min (1.0, 2.0 - chosen.mixPercent / 50.0)))
    , wet (static_cast<float> (std::min (1.0, chosen.mixPercent / 50.0)))
    , take (std::move (taker))
    , convolver (connect (kernel, header.numChannels, numOutputsOf (kernel, header.numChannels)),
                 header.numChannels,
                 numOutputsOf (kernel, header.numChannels),
                 header.numFrames)
    , input (header.numChannels, std::vector<float> (convolver.blockSize()))
    , output (numOutputsOf (kernel, header.numChannels), std::vector<float> (convolver.blockSize()))
{
}

std::string SoundRenderer::complaintAbout (const Kernel& kernel, size_t numInputs)
{
    if (numInputs <= 2)
        return {};

    if (kernel.routing == Routing::trueStereo)
        return "a true-stereo kernel needs a mono or stereo input";

    return kernel.routing == Routing::stereo ? "a stereo kernel needs a mono or stereo input" : std::string();
}

SoundHeader SoundRenderer::result() const
{
    return { output.size(), rangeOf (settings.mode, sound.numFrames, kernelLength).length, sound.sampleRate,
             sound.framesWereSeen };
}

bool SoundRenderer::append (std::span<const std::vector<float>> frames)
{
    const size_t size = frames.front().size();

    for (size_t first = 0; first < size;)
    {
        // A full block waits for a frame behind it, or for the end, which decides what is kept.
        if (numInBlock == convolver.blockSize() && ! renderBlock())
            return false;

        const size_t count = std::min (size - first, convolver.blockSize() - numInBlock);

        for (size_t channel = 0; channel < frames.size(); ++channel)
            std::copy_n (frames[channel].begin() + static_cast<std::ptrdiff_t> (first), count,
                         input[channel].begin() + static_cast<std::ptrdiff_t> (numInBlock));

        first += count;
        numInBlock += count;
        numFrames += count;
    }

    return true;
}

bool SoundRenderer::finish()
{
    hasEnded = true;
    const auto range = rangeOf (settings.mode, numFrames, kernelLength);

    while (position < range.first + range.length)
        if (! renderBlock())
            return false;

    return true;
}

bool SoundRenderer::renderBlock()
{
    convolver.process (input, numInBlock, output);

    for (size_t channel = 0; channel < output.size(); ++channel)
    {
        auto& result = output[channel];
        const auto& source = input[std::min (channel, input.size() - 1)];

        if (wet != 1.0f)
            for (float& x : result)
                x *= wet;

        for (size_t n = 0; dry != 0.0f && n < numInBlock; ++n)
            result[n] += dry * source[n];
    }

    // Before the end, the range of a sound that is at least as long as the kernel is used. If the sound turns out to be
    // shorter, nothing was given so far, because its `valid` range begins at its last frame, which waits for finish().
    const size_t knownLength = hasEnded ? numFrames : std::max (numFrames, kernelLength);
    const auto range = rangeOf (settings.mode, knownLength, kernelLength);
    const size_t begin = std::max (position, range.first);
    const size_t end = std::min (position + convolver.blockSize(), range.first + range.length);
    const size_t start = position;
    position += convolver.blockSize();
    numInBlock = 0;
    return begin >= end || take (output, begin - start, end - begin);
}

} // namespace faltwerk
