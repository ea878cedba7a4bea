#pragma once

#include "Convolution/Signal/EngineControls.h"
#include "Kernel/Analysis/FrequencyResponse.h"

#include <complex>
#include <vector>

namespace faltwerk
{

/** What a kernel does to sound in bands of a sixth of an octave, at the places of a spectrum picture. */
struct KernelBands
{
    std::vector<double> power;              // of all paths that lead to an output, mean over outputs
    std::vector<std::complex<double>> mean; // of the direct paths

    /** Returns the bands of a kernel and its response. [not audio] */
    static KernelBands of (const FrequencyResponse&, const Kernel&);

    /** Returns the power of the output for a power of 1 at the input, with all that is around the kernel: |dry + wet T
        H|^2 of each band, without the gain at the output. [not audio] */
    std::vector<double> outputPower (const EngineControls&) const;
};

} // namespace faltwerk
