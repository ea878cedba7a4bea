#pragma once

#include "Kernel/Kernel.h"

#include <optional>

namespace faltwerk
{

/** A kernel at a level that suits an analysis in floats, whose squares and sums must neither overflow nor vanish.

    With a peak between 2^-20 and 2^20, and if all is silent, it is the kernel itself; else a copy, multiplied by the
    power of two that brings the peak to 0.5..1. The kernel must outlive it. [not audio] */
class AnalysisLevel
{
public:
    explicit AnalysisLevel (const Kernel&);

    const Kernel& kernel() const noexcept { return copy ? *copy : original; }

    /** Returns the factor by which the samples were multiplied. */
    double gain() const noexcept { return factor; }

private:
    const Kernel& original;
    std::optional<Kernel> copy;
    double factor = 1.0;
};

} // namespace faltwerk
