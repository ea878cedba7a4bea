#pragma once

namespace faltwerk::bench
{

/** Measures the engine's pieces of work, and prints what CostModel.h would hold on this machine. */
void calibrate();

} // namespace faltwerk::bench
