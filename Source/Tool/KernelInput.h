#pragma once

#include "Kernel/Kernel.h"

#include <string>

namespace CLI
{
class App;
}

namespace faltwerk::tool
{

/** How a kernel named on the command line is read. */
struct KernelInput
{
    bool pair = false;
    double rate = 0.0; // of bare numbers; 0: they have none
    ChannelLayout layout = ChannelLayout::automatic;
    size_t numMatrixInputs = 0;
};

/** Adds --kernel-pair, --kernel-rate and --kernel-channels. */
void addKernelOptions (CLI::App&, KernelInput&);

/** Reads a file, two files that are a pair, or "factory:NAME" of the bank; remarks go to stderr. */
Outcome<Kernel> readKernel (const std::string& path, const KernelInput&);

} // namespace faltwerk::tool
