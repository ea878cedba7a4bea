#include "Convolution/Partition/PlanSize.h"

#include "Convolution/Vector/DirectSums.h"
#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/Transform.h"

#include <algorithm>

namespace faltwerk
{

namespace
{

constexpr size_t tileSize = SpectralSums::tileSize, groupFloats = SpectralSums::groupFloats;

} // namespace

StageSize::StageSize (const PartitionPlan::Stage& stage) noexcept
    : numGroups (stage.blockSize / Transform::groupSize)
    , ringLength (std::max (stage.numPartitions, tileSize) | 1) // odd, so that the groups are spread over cache sets
    , spectraStride ((stage.numPartitions + tileSize - 1) * groupFloats)
    , spectra (numGroups * spectraStride)
    , delayLine (numGroups * ringLength * groupFloats)
    , sums (numGroups * tileSize * groupFloats)
    , block (stage.blockSize + apart)
    , leaf (SpectralSums::leafGroups * groupFloats)
{
}

size_t StageSize::convolver (size_t numInputs, size_t numOutputs) const noexcept
{
    constexpr size_t blocksOfOutput = 3, workspaces = 2;
    return numInputs * delayLine + numOutputs * (sums + blocksOfOutput * block) + workspaces * block + leaf;
}

size_t StageSize::numBytes (size_t numInputs, size_t numOutputs, size_t numPaths) const noexcept
{
    return (convolver (numInputs, numOutputs) + numPaths * spectra) * sizeof (float);
}

PlanSize::PlanSize (const PartitionPlan& plan) noexcept
    : ring (ringMargin + plan.inputRingLength() + DirectSums::readAhead)
    , spectra (plan.shape.numPaths * PartitionPlan::headLength)
    , convolver (plan.shape.numInputs * ring + plan.largestBlock())
{
    const auto& shape = plan.shape;

    for (const auto& stage : plan.stages)
    {
        const StageSize size (stage);
        spectra += shape.numPaths * size.spectra;

        // The immediate stage may be divided into components, each with its own workspace.
        const size_t parts =
            stage.isImmediate() ? std::max<size_t> (1, std::min (shape.numInputs, shape.numOutputs)) : 1;
        convolver += size.convolver (shape.numInputs, shape.numOutputs) + (parts - 1) * size.convolver (0, 0);
    }
}

} // namespace faltwerk
