#include "Convolution/Partition/PartitionPlan.h"

#include "Convolution/Partition/CostModel.h"
#include "Convolution/Partition/PlanSize.h"
#include "Convolution/Partition/StageCost.h"

#include <algorithm>
#include <cassert>

namespace faltwerk
{

namespace
{

/** Returns the stages for a kernel's length, without those beyond its end. */
std::vector<PartitionPlan::Stage> ladder (size_t length, const std::vector<size_t>& blockSizes)
{
    std::vector<PartitionPlan::Stage> stages;

    for (size_t n = 0; n < blockSizes.size(); ++n)
    {
        const size_t size = blockSizes[n], offset = n == 0 ? PartitionPlan::headLength : 2 * size;

        if (offset >= length)
            break;

        const size_t nextOffset = n + 1 < blockSizes.size() ? 2 * blockSizes[n + 1] : length;
        stages.push_back ({ size, offset, (std::min (length, nextOffset) - offset + size - 1) / size });
    }

    return stages;
}

} // namespace

PartitionPlan PartitionPlan::make (const KernelShape& shape, const std::vector<size_t>& blockSizes)
{
    assert (! blockSizes.empty() && blockSizes.front() == headLength);
    PartitionPlan plan;
    plan.shape = shape;
    plan.stages = ladder (shape.length, blockSizes);
    plan.nsPerFrame = static_cast<double> (shape.numPaths) * cost::headPath
                      + static_cast<double> (shape.numOutputs) * cost::headOutput;

    for (const auto& stage : plan.stages)
        plan.nsPerFrame += cost::blockCost (stage, shape.numInputs, shape.numOutputs, shape.numPaths)
                           / static_cast<double> (stage.blockSize);

    const PlanSize size (plan);
    plan.kernelBytes = size.spectra * sizeof (float);
    plan.convolverBytes = size.convolver * sizeof (float);
    return plan;
}

PartitionPlan PartitionPlan::make (const KernelShape& shape)
{
    // Tries all ladders of up to four stages. The optimum is flat, so of those of nearly the least cost the one with
    // the least memory is taken: it leaves the caches to others.
    constexpr double asGood = 1.03;
    std::vector<PartitionPlan> plans { make (shape, { headLength }) };

    for (size_t second = 2 * headLength; second <= PartitionPlan::blockLimit; second *= 2)
    {
        plans.push_back (make (shape, { headLength, second }));

        for (size_t third = 2 * second; third <= PartitionPlan::blockLimit; third *= 2)
        {
            plans.push_back (make (shape, { headLength, second, third }));

            for (size_t fourth = 2 * third; fourth <= PartitionPlan::blockLimit; fourth *= 2)
                plans.push_back (make (shape, { headLength, second, third, fourth }));
        }
    }

    const auto bytes = [] (const PartitionPlan& plan) { return plan.kernelBytes + plan.convolverBytes; };
    const auto price = [bytes] (const PartitionPlan& plan) { return plan.nsPerFrame * cost::crowding (bytes (plan)); };

    double least = price (plans.front());

    for (const auto& plan : plans)
        least = std::min (least, price (plan));

    std::erase_if (plans, [&] (const PartitionPlan& plan) { return price (plan) > asGood * least; });
    return *std::min_element (plans.begin(), plans.end(),
                              [bytes] (const PartitionPlan& a, const PartitionPlan& b)
                              { return bytes (a) < bytes (b); });
}

size_t PartitionPlan::inputRingLength() const noexcept { return 2 * std::max (largestChunk, largestBlock()); }

std::string PartitionPlan::toString() const
{
    std::string text = std::to_string (headLength) + " direct";

    for (const auto& stage : stages)
        text += ", " + std::to_string (stage.blockSize) + " x " + std::to_string (stage.numPartitions)
                + (stage.isImmediate() ? " at once" : "");

    return text;
}

} // namespace faltwerk
