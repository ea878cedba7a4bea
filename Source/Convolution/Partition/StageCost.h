#pragma once

#include "Convolution/Partition/CostModel.h"
#include "Convolution/Partition/PlanSize.h"
#include "Convolution/Vector/SpectralSums.h"
#include "Convolution/Vector/Transform.h"

#include <cstddef>

/** Predicted cost of a stage's transforms and sums in ns, by the cost model. @param distance  see cost::distance */
namespace faltwerk::cost
{

/** Number of columns that a pass processes at once. */
constexpr size_t columnsAtOnce = 16;

/** Returns the cost of a node's pass, multiplied by ownFactor, and of all passes below it. */
inline double passesCost (const Transform::Node& node, double (*pass) (size_t), double ownFactor)
{
    if (node.isLeaf())
        return 0.0;

    const size_t radix = node.radix();
    return static_cast<double> (node.size / radix / columnsAtOnce) * pass (radix) * ownFactor
           + static_cast<double> (radix) * passesCost ({ node.size / radix, 0, nullptr }, pass, 1.0);
}

inline double forwardCost (size_t size, double distance)
{
    return passesCost ({ size, 0, nullptr }, forwardPass, farInput (distance))
           + static_cast<double> (size / Transform::leafSize) * forwardLeaf;
}

inline double inverseCost (size_t size, double distance)
{
    return passesCost ({ size, 0, nullptr }, inversePass, farOutput (distance))
           + static_cast<double> (size / Transform::leafSize) * inverseLeaf;
}

/** Returns the cost of a leaf's tile. @param tileProducts  number of products on all paths together */
inline double tileCost (size_t tileProducts, double distance)
{
    return tile * farSums (distance) + static_cast<double> (tileProducts) * tileProduct * farProducts (distance);
}

/** Returns the cost of completing a leaf's four sums with the lead + 0, 1, 2 and 3 newest spectra. */
inline double newestCost (size_t lead, size_t numPaths, double distance)
{
    return farSums (distance)
           * (SpectralSums::leafGroups * newest + static_cast<double> ((6 + 4 * lead) * numPaths) * newestProduct);
}

/** Returns the cost of a block of N frames of a stage, for all channels and paths together. */
inline double blockCost (const PartitionPlan::Stage& stage, size_t numInputs, size_t numOutputs, size_t numPaths)
{
    const size_t lead = stage.isImmediate() ? 1 : 0;
    const double distance = cost::distance (StageSize (stage).numBytes (numInputs, numOutputs, numPaths));
    const auto leaves = static_cast<double> (stage.blockSize / Transform::leafSize);

    const double perInput = forwardCost (stage.blockSize, distance);
    const double perOutput =
        inverseCost (stage.blockSize, distance) + leaves * (tileCost (0, distance) + newestCost (lead, 0, distance));
    const double perPath = leaves
                           * (tileCost (stage.numPartitions - lead, distance) - tileCost (0, distance)
                              + newestCost (lead, 1, distance) - newestCost (lead, 0, distance));

    return static_cast<double> (numInputs) * perInput + static_cast<double> (numOutputs) * perOutput
           + static_cast<double> (numPaths) * perPath;
}

} // namespace faltwerk::cost
