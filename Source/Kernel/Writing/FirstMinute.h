#pragma once

#include "Kernel/Outcome.h"

#include <string>

namespace faltwerk
{

/** Returns true if a file holds a sound that is longer than a kernel may be. Reads its header. [not audio] */
bool isTooLongForKernel (const std::string& path);

/** Writes the first 60 s of a sound beside it as "NAME, first 60 s.wav", in 32-bit float, and gives the new file's
    path, or one sentence. A file that exists is kept: the new one gets a number. [not audio] */
Outcome<std::string> writeFirstMinute (const std::string& path);

} // namespace faltwerk
