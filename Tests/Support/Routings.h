#pragma once

#include "Convolution/Partition/Convolver.h"
#include "Support/Cutting.h"
#include "Support/Oracle.h"

#include <vector>

namespace faltwerk::test
{

using Channels = std::vector<std::vector<float>>;

/** Paths with their own taps. */
struct OwnedPath
{
    size_t input, output;
    std::vector<float> taps;
};

inline std::vector<KernelPath> pathsOf (const std::vector<OwnedPath>& owned)
{
    std::vector<KernelPath> paths;

    for (const auto& path : owned)
        paths.push_back ({ path.input, path.output, path.taps });

    return paths;
}

/** What a convolver makes of some channels, cut into callbacks. */
inline Channels process (Convolver& convolver, const Channels& inputs, size_t numOutputs, const Cutting& cutting)
{
    const size_t length = inputs.front().size();
    Channels outputs (numOutputs, std::vector<float> (length));
    cut (length, cutting,
         [&] (size_t position, size_t size)
         {
             std::vector<const float*> in;
             std::vector<float*> out;

             for (const auto& channel : inputs)
                 in.push_back (channel.data() + position);

             for (auto& channel : outputs)
                 out.push_back (channel.data() + position);

             convolver.process (in.data(), out.data(), size);
         });
    return outputs;
}

/** The same by the oracle: as many frames of every output. */
inline std::vector<std::vector<double>> oracle (const Channels& inputs,
                                                const std::vector<OwnedPath>& paths,
                                                size_t numOutputs)
{
    const size_t length = inputs.front().size();
    std::vector<std::vector<double>> outputs (numOutputs, std::vector<double> (length));

    for (const auto& path : paths)
    {
        const auto y = oracle (inputs[path.input], path.taps);

        for (size_t n = 0; n < std::min (length, y.size()); ++n)
            outputs[path.output][n] += y[n];
    }

    return outputs;
}

} // namespace faltwerk::test
