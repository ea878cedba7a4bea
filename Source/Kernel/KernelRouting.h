#pragma once

#include "Convolution/KernelSpectra.h"
#include "Kernel/Kernel.h"

#include <vector>

namespace faltwerk
{

/** The channels that come out when a kernel is applied to a number of channels. [any] */
size_t numOutputsOf (const Kernel& kernel, size_t numInputs) noexcept;

/** The kernel that suits a number of outputs: for a single output, the mean of the paths that would feed two.
    [any, not audio] */
Kernel matchedToOutputs (const Kernel& kernel, size_t numOutputs);

/** The paths of a kernel between inputs and outputs; a missing second input is the first again. The paths look into
    the kernel, which must outlive them. [any, not audio] */
std::vector<KernelPath> connect (const Kernel& kernel, size_t numInputs, size_t numOutputs);

} // namespace faltwerk
