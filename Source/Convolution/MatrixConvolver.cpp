#include "Convolution/MatrixConvolver.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

MatrixConvolver::MatrixConvolver (std::span<const KernelPath> kernelPaths,
                                  [[maybe_unused]] size_t numInputs,
                                  size_t outputs)
    : numOutputs (outputs)
{
    paths.reserve (kernelPaths.size());

    for (const auto& path : kernelPaths)
    {
        assert (path.input < numInputs && path.output < numOutputs);
        const auto& added = paths.emplace_back (Path { path.input, path.output, Convolver (path.taps) });
        length = std::max (length, path.taps.size());
        largestBlock = std::max (largestBlock, added.convolver.blockSize());
    }
}

void MatrixConvolver::process (const float* const* inputs, float* const* outputs, size_t numFrames) noexcept
{
    for (size_t output = 0; output < numOutputs; ++output)
        std::fill_n (outputs[output], numFrames, 0.0f);

    for (size_t done = 0; done < numFrames; done += chunkSize)
    {
        const size_t size = std::min (chunkSize, numFrames - done);

        for (auto& path : paths)
        {
            path.convolver.process (inputs[path.input] + done, pathOutput.data(), size);
            float* const destination = outputs[path.output] + done;

            for (size_t n = 0; n < size; ++n)
                destination[n] += pathOutput[n];
        }
    }
}

void MatrixConvolver::reset() noexcept
{
    for (auto& path : paths)
        path.convolver.reset();
}

} // namespace faltwerk
