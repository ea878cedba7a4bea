#pragma once

#include "Tool/Commands/CommandText.h"

#include <cstddef>
#include <string>

namespace faltwerk::tool
{

/** Returns how many columns help has: of the environment's COLUMNS, or of the terminal, 60 to 120; 80 if neither is
    known, as in a pipe. [main thread] */
size_t helpWidth();

/** Returns the help of a command, wrapped between words to lines of a width. */
std::string helpText (const CommandText&, size_t width);

/** Makes a command, and those that are added to it from now on, print that help. */
void useHelpText (CLI::App&);

} // namespace faltwerk::tool
