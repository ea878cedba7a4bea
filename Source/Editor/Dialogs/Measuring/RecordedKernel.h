#pragma once

#include "Kernel/Measuring/Deconvolution.h"

#include <juce_core/juce_core.h>

#include <optional>

namespace faltwerk
{

/** Finds a kernel in recordings: the channels of one measurement, or several takes of it. [not audio]
    @param sweepFile  what was played, if it is another sweep; its figures win over `known` */
Outcome<Deconvolved> kernelInFiles (const juce::StringArray& recordings,
                                    const juce::File& sweepFile,
                                    KnownSweep known,
                                    bool areTakes,
                                    const IsCancelled&);

/** Finds a kernel in a recording that begins at the same frame as the sweep. [not audio]
    @param loopLatency  s that are taken off: see takeOffLoop() */
Outcome<Deconvolved> kernelInMeasured (const Sound& recording,
                                       const Sweep&,
                                       std::optional<double> loopLatency,
                                       const IsCancelled&);

} // namespace faltwerk
