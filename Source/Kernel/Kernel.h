#pragma once

#include "Kernel/Outcome.h"

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** How the paths of a kernel connect channels. */
enum class Routing
{
    mono,      // one path, the same on every channel
    stereo,    // left to left, right to right
    trueStereo // left to left, left to right, right to left, right to right
};

/** A kernel as a value: an impulse response with one path or several, all of one length. Shared as
    std::shared_ptr<const Kernel>, and never changed after that. */
struct Kernel
{
    std::vector<std::vector<float>> paths; // [path][frame]
    double sampleRate = 0.0;               // Hz; 0 for bare numbers, which take the rate of what they are used on
    Routing routing = Routing::mono;
    std::string name;

    size_t lengthInFrames() const noexcept { return paths.empty() ? 0 : paths.front().size(); }

    double lengthInSeconds() const noexcept
    {
        return sampleRate > 0.0 ? static_cast<double> (lengthInFrames()) / sampleRate : 0.0;
    }

    bool operator== (const Kernel&) const = default;
};

/** The longest kernel: 60 s at 192 kHz. */
constexpr size_t longestKernelInFrames = 60 * 192000;

/** Makes a kernel of decoded channels: 1 is mono, 2 stereo, 4 true stereo in the order LL LR RL RR. Fails, naming the
    kernel, if there is no audio in them, if a sample is not a number, if they are silent, too long, or of another
    number. [any, not audio] */
Outcome<Kernel> makeKernel (std::vector<std::vector<float>> channels, double sampleRate, std::string name);

} // namespace faltwerk
