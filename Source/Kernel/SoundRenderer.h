#pragma once

#include "Convolution/Offline/OfflineConvolution.h"
#include "Convolution/Offline/OfflineConvolver.h"
#include "Kernel/Kernel.h"
#include "Kernel/Writing/SoundWriting.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** Applies a kernel to a sound piece by piece, in memory that depends on the kernel alone: convolves, adds the dry
    sound, and keeps the part that a mode asks for. The result does not depend on the pieces. [not audio; one thread at
    a time] */
class SoundRenderer
{
public:
    /** How dry and wet are mixed and what is kept of the result. */
    struct Settings
    {
        ConvolutionMode mode = ConvolutionMode::full;
        double mixPercent = 100.0; // by the law *balance*: both at 0 dB in the middle
    };

    /** @param kernel  of the sound's rate; outlives the renderer
        @param sound  its channels, and its frames at most
        @param take  gets the result */
    SoundRenderer (const Kernel& kernel, const SoundHeader& sound, const Settings&, TakePiece take);

    /** Returns why a kernel cannot be applied to a sound of some channels, as the end of a sentence after "a ..."; else
        empty. */
    static std::string complaintAbout (const Kernel& kernel, size_t numInputs);

    /** Returns what will be written: at most these frames, of the sound's rate. */
    SoundHeader result() const;

    /** Appends frames of the sound; false if `take` wants no more. */
    bool append (std::span<const std::vector<float>> frames);

    /** Ends the sound and gives the rest of the result; false if `take` wants no more. */
    bool finish();

private:
    bool renderBlock();

    const SoundHeader sound;
    const Settings settings;
    const size_t kernelLength;
    const float dry, wet;
    const TakePiece take;
    OfflineConvolver convolver;
    std::vector<std::vector<float>> input, output;      // a block
    size_t numInBlock = 0, numFrames = 0, position = 0; // of the sound, and of the full convolution
    bool hasEnded = false;
};

} // namespace faltwerk
