#pragma once

#include "Convolution/Partition/KernelShape.h"
#include "Kernel/Kernel.h"

#include <string>
#include <vector>

namespace faltwerk
{

/** Returns the channels that come out when a kernel is applied to a number of channels. A single channel is heard by
    every input of the kernel; channels for which a kernel of several has none do not come out. [any] */
size_t numOutputsOf (const Kernel& kernel, size_t numInputs) noexcept;

/** Returns the kernel that suits a number of outputs: for a single output, the mean of what its outputs would give for
    the same sound at every input. [not audio] */
Kernel matchedToOutputs (Kernel kernel, size_t numOutputs);

/** A path of a kernel between an input and an output: numbers from 0. */
struct Connection
{
    size_t input, output, path;
};

/** Returns how the paths of a kernel lie between inputs and outputs, never to or from one that is not there. A single
    input is every input; of several, mono and stereo kernels repeat the last, and others leave out what is missing.
    [not audio] */
std::vector<Connection> connectionsOf (const Kernel&, size_t numInputs, size_t numOutputs);

/** Returns the paths of a kernel along connections. The paths look into the kernel, which must outlive them.
    [not audio] */
std::vector<KernelPath> pathsAlong (const std::vector<Connection>&, const Kernel&);

/** Returns the paths of a kernel along its connections (see connectionsOf and pathsAlong). [not audio] */
std::vector<KernelPath> connect (const Kernel& kernel, size_t numInputs, size_t numOutputs);

/** Returns what is not heard of a kernel, or of the sound, when they are connected, as what follows "is heard": "in
    part: 2 of its 6 paths, with 2 channels in and 2 out". Empty if all is heard. [not audio] */
std::string partThatIsHeard (const Kernel& kernel, size_t numInputs, size_t numOutputs);

} // namespace faltwerk
