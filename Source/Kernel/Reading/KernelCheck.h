#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/NonFinite.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** Returns what a sound with too many frames is told: how long it lasts, and how long it may. The end of a sentence
    that names it. @param sampleRate  in Hz; 0 if there is none, as for numbers. [not audio] */
std::string tooLongFor (size_t numFrames, double sampleRate, size_t mostFrames = longestKernelInFrames);

/** Finds what keeps a sound from being a kernel, while its frames pass by in pieces, so that none of them need be kept:
    no audio, a sample that is not a number, silence, too many frames or channels. [not audio; one thread at a time] */
class KernelCheck
{
public:
    KernelCheck (size_t numChannels, double sampleRate, ChannelChoice choice = {});

    /** Looks at the next frames of each channel. */
    void add (std::span<const std::vector<float>> frames);

    /** Returns one sentence on what was added; empty if it can be a kernel. */
    std::string complaint (const std::string& name) const;

private:
    const size_t numChannels;
    const double sampleRate; // Hz
    const ChannelChoice choice;
    size_t numFrames = 0;
    bool isSilent = true;
    std::optional<NonFinite> nonFinite; // the first that was found
};

} // namespace faltwerk
