#pragma once

#include "Kernel/Outcome.h"

#include <string>

namespace faltwerk::tool
{

/** The word for standard input, whatever files there are. */
constexpr auto standardInput = "-";

/** Returns the path of a regular file with the bytes of an input: `path` itself, or for standard input and a pipe a
    copy of what comes to its end, in a folder for temporary files. Readers seek, and a pipe cannot. The copy is removed
    when the process ends, also by a signal. A device is left to what refuses it. Fails if standard input is asked for
    twice, or the copy could not be written. [main thread] */
Outcome<std::string> toRegularFile (const std::string& path);

} // namespace faltwerk::tool
