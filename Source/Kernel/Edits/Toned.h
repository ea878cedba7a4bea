#pragma once

#include "Convolution/Signal/ToneBand.h"
#include "Kernel/Kernel.h"

namespace faltwerk
{

/** Returns a kernel after the tone filters, as if it were sound: what an impulse gives at the output. It keeps its
    length. Kernels without a sample rate count as ones at 48 kHz. [not audio] */
Kernel toned (const Kernel&, const ToneControls&);

} // namespace faltwerk
