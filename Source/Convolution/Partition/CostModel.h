#pragma once

#include <cstddef>

/** Costs of the engine's operations in ns, fitted to measurements on one machine. They choose the plan and spread work
    over time; results do not depend on them. `faltwerk_bench --calibrate` prints new ones. */
namespace faltwerk::cost
{

/** Cost of calling a step. */
constexpr double step = 8.0;

/** Return the cost of a pass of radix 2, 4 or 8 over sixteen columns. */
constexpr double forwardPass (size_t radix) { return radix == 8 ? 16.0 : radix == 4 ? 7.5 : 4.0; }
constexpr double inversePass (size_t radix) { return radix == 8 ? 21.0 : radix == 4 ? 10.0 : 5.5; }

/** Cost of a leaf of 64 points. */
constexpr double forwardLeaf = 22.0, inverseLeaf = 24.0;

/** Cost of a product of a tile (a group of 16 bins for four blocks), and of the beginning and end of a tile. */
constexpr double tileProduct = 4.8, tile = 20.0;

/** Cost of a product with one of the newest spectra, and of the beginning and end of a group's sum. */
constexpr double newestProduct = 2.2, newest = 8.0;

/** Cost of a frame of a path's 64 taps, and of a frame of an output without its paths. */
constexpr double headPath = 1.25, headOutput = 0.3;

/** Returns how far away a stage's data are, estimated from their size: 0 in a near cache, 1 in memory. */
constexpr double distance (size_t bytes)
{
    const double megabytes = static_cast<double> (bytes) / (1 << 20);
    return megabytes < 2.0 ? 0.0 : megabytes > 14.0 ? 1.0 : (megabytes - 2.0) / 12.0;
}

/** Return the factor by which distant data lengthen an operation: products, which read in order; the beginnings and
    ends of sums, which do not; the first pass of a transform, which reads the input; the last, which writes the
    output. */
constexpr double farProducts (double distance) { return 1.0 + 0.7 * distance; }
constexpr double farSums (double distance) { return 1.0 + 2.0 * distance; }
constexpr double farInput (double distance) { return 1.0 + 1.0 * distance; }
constexpr double farOutput (double distance) { return 1.0 + 2.3 * distance; }

/** Returns the factor by which a convolver's size raises its cost: beyond its share of the last cache, it displaces its
    own data and those of others. */
constexpr double crowding (size_t bytes)
{
    const double megabytes = static_cast<double> (bytes) / (1 << 20);
    return megabytes < 16.0 ? 1.0 : 1.0 + 0.03 * (megabytes - 16.0);
}

/** Longest duration of a step, in ns, so that small callbacks take about equally long. */
constexpr double stepLimit = 180.0;

} // namespace faltwerk::cost
