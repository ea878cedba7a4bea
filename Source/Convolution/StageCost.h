#pragma once

#include "Convolution/CostModel.h"
#include "Convolution/SpectralSum.h"
#include "Convolution/Transform.h"

#include <cstddef>

/** What the parts of a stage's work take, in nanoseconds, by the cost model: transforms and sums of a given distance of
    their data (see cost::distance). */
namespace faltwerk::cost
{

/** Columns of a pass that are worked on at once. */
constexpr size_t columnsAtOnce = 16;

/** The passes below a node; the node's own costs `ownFactor` times as much as it would near by. */
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

/** A leaf's tile, whose products are `tileProducts` on all paths together. */
inline double tileCost (size_t tileProducts, double distance)
{
    return tile * farSums (distance) + static_cast<double> (tileProducts) * tileProduct * farProducts (distance);
}

/** The rest of a leaf's four sums: 0, 1, 2 and 3 of the newest spectra, or one more. */
inline double newestCost (size_t lead, size_t numPaths, double distance)
{
    return farSums (distance)
           * (SpectralSums::leafGroups * newest + static_cast<double> ((6 + 4 * lead) * numPaths) * newestProduct);
}

} // namespace faltwerk::cost
