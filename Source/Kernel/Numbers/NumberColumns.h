#pragma once

#include "Kernel/Numbers/NumberTable.h"
#include "Kernel/Numbers/NumericKernel.h"

namespace faltwerk
{

/** Gives the columns of a table their meaning: a first column of indices or times is taken off, and times give the
    rate; all others are channels. Fails if the first column holds frequencies, or times at uneven steps, and if there
    are more numbers than the longest kernel has frames. [not audio] */
Outcome<Numbers> channelsOf (NumberTable table);

} // namespace faltwerk
