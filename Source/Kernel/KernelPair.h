#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/NumericKernel.h"

#include <optional>
#include <string>

namespace faltwerk
{

/** Two files that are one kernel. */
struct KernelPair
{
    std::string left, right; // paths, UTF-8
    std::string name;        // what their names have in common: "hall" of hallL.wav and hallR.wav
};

/** The pair that a file is half of: beside "hall L.wav", for either half, there is "hall R.wav". The last word may be L
    or Left, in any case, joined by nothing, a space, underscore, hyphen or full stop. None if the other file is not
    there. [any, not audio] */
std::optional<KernelPair> findKernelPair (const std::string& path);

/** Reads two files as one kernel: two mono files are stereo; of two stereo files, which are true stereo, the left one
    holds what the left input gives (LL LR) and the right one RL RR. The shorter is padded with silence. Fails if
    their rates or channels differ. [any, not audio] */
Outcome<Kernel> readKernelPair (const KernelPair& pair, const CommaChoice& commas = {});

} // namespace faltwerk
