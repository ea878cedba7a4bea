#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/Numbers/NumericKernel.h"

#include <optional>
#include <string>
#include <vector>

namespace faltwerk
{

/** Two or four files that are one kernel. */
struct KernelParts
{
    std::vector<std::string> files; // paths, UTF-8: left and right, or LL LR RL RR
    std::string name;               // what their names have in common: "hall" of hallL.wav and hallR.wav
    bool areNamedAlike = false;     // found by findKernelParts()

    bool operator== (const KernelParts&) const = default;
};

/** Returns the files that a file belongs to by its name: beside "hall_LL.wav", or any of the four, there are
    "hall_LR.wav", "hall_RL.wav" and "hall_RR.wav"; beside "hall L 48k.wav", or its other half, there is "hall R
    48k.wav". The letters may stand anywhere in the name as a word of their own, and at its end in any case: L, Left,
    LCh. None if the other files are not there. [not audio] */
std::optional<KernelParts> findKernelParts (const std::string& path);

/** Returns parts of files that need not be named alike, in that order. [any] */
KernelParts partsOfFiles (std::vector<std::string> files);

/** Reads files as one kernel: two mono files are stereo; of two stereo files, which are true stereo, the left one
    holds what the left input gives (LL LR) and the right one RL RR; four mono files are true stereo. The shorter are
    padded with silence. Fails if their rates or channels differ. [not audio]
    @param choice  may mirror the result */
Outcome<Kernel> readKernelParts (const KernelParts& parts,
                                 const ChannelChoice& choice = {},
                                 const CommaChoice& commas = {});

} // namespace faltwerk
