#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace faltwerk
{

/** What a plan depends on: the kernel's length in taps, and its numbers of inputs, outputs and paths. */
struct KernelShape
{
    size_t length = 0, numInputs = 1, numOutputs = 1, numPaths = 1;

    bool operator== (const KernelShape&) const = default;
};

/** One path of a kernel: the input it reads, the output it is added to, and its taps. */
struct KernelPath
{
    size_t input, output;
    std::span<const float> taps;
};

/** Returns the shape of a kernel. Its length is the number of taps of the longest path. [any] */
inline KernelShape shapeOf (std::span<const KernelPath> paths, size_t numInputs, size_t numOutputs) noexcept
{
    KernelShape shape { 0, numInputs, numOutputs, paths.size() };

    for (const auto& path : paths)
        shape.length = std::max (shape.length, path.taps.size());

    return shape;
}

} // namespace faltwerk
