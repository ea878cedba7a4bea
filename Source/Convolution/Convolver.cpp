#include "Convolution/Convolver.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

size_t blockSizeFor (size_t numTaps)
{
    if (numTaps <= 6000)
        return 64;

    return numTaps <= 96000 ? 128 : 512;
}

} // namespace

Convolver::Convolver (std::span<const float> kernel)
    : head (kernel.first (std::min (kernel.size(), blockSizeFor (kernel.size()))))
    , stage (kernel.subspan (std::min (kernel.size(), blockSizeFor (kernel.size()))), blockSizeFor (kernel.size()))
    , block (stage.blockSize(), 0.0f)
    , stageOutput (stage.blockSize(), 0.0f)
{
}

void Convolver::process (const float* input, float* output, size_t numFrames) noexcept
{
    while (numFrames > 0)
    {
        const size_t size = std::min (numFrames, blockSize() - position);

        std::copy_n (input, size, block.data() + position);
        head.process (input, output, size);

        for (size_t n = 0; n < size; ++n)
            output[n] += stageOutput[position + n];

        position += size;
        input += size;
        output += size;
        numFrames -= size;

        if (position == blockSize())
        {
            stage.processBlock (block.data(), stageOutput.data());
            position = 0;
        }
    }
}

void Convolver::reset() noexcept
{
    head.reset();
    stage.reset();
    std::fill (stageOutput.begin(), stageOutput.end(), 0.0f);
    position = 0;
}

} // namespace faltwerk
