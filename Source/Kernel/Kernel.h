#pragma once

#include "Kernel/ChannelLayout.h"
#include "Kernel/Outcome.h"

#include <cstddef>
#include <string>
#include <vector>

namespace faltwerk
{

/** A kernel as a value: an impulse response with one path or several, all of one length. Shared as
    std::shared_ptr<const Kernel>, and never changed after that. */
struct Kernel
{
    std::vector<std::vector<float>> paths; // [path][frame]
    double sampleRate = 0.0;               // Hz; 0 for bare numbers, which take the rate of what they are used on
    Routing routing = Routing::mono;
    std::string name;
    size_t numMatrixInputs = 0; // of a matrix; each has paths.size() / numMatrixInputs outputs
    std::string remark {};      // what a user should know of how it was read (see Sound); mostly empty
    bool isDamaged = false;     // a part of its file is missing or doubtful, as the remark says

    size_t lengthInFrames() const noexcept { return paths.empty() ? 0 : paths.front().size(); }

    double lengthInSeconds() const noexcept
    {
        return sampleRate > 0.0 ? static_cast<double> (lengthInFrames()) / sampleRate : 0.0;
    }

    bool operator== (const Kernel&) const = default;
};

/** The longest kernel: 60 s at 192 kHz. */
constexpr size_t longestKernelInFrames = 60 * 192000;

/** The most inputs, and the most outputs, of a kernel; with all paths between them, a matrix has the square. */
constexpr size_t mostKernelChannels = 16;

/** Makes a kernel of decoded channels, arranged by choice; by their number alone if that is automatic. Fails, naming
    the kernel, if there is no audio in them, if a sample is not a number, if they are silent, too long, or of a number
    that the layout cannot have. [not audio] */
Outcome<Kernel> makeKernel (std::vector<std::vector<float>> channels,
                            double sampleRate,
                            std::string name,
                            const ChannelChoice& choice = {});

/** Returns how a kernel connects channels, in words: "true stereo", "6 channels", "3 x 2 matrix". [not audio] */
std::string routingAsText (const Kernel& kernel);

/** Returns one sentence on a kernel that is not wrong but surely not meant so, a single sample or integers; else empty.
    [not audio] */
std::string remarkOn (const Kernel& kernel);

} // namespace faltwerk
