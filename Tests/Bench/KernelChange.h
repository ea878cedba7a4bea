#pragma once

#include <cstddef>

namespace faltwerk::bench
{

/** Measures what a change of kernels costs on the audio thread, in both manners: the worst callback during it over the
    mean of callbacks in which nothing changes. Prints a line for each. */
void measureKernelChange (double kernelSeconds, size_t callback, int repetitions);

} // namespace faltwerk::bench
