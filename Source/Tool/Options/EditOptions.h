#pragma once

#include "Kernel/Edits/Edits.h"

namespace CLI
{
class App;
}

namespace faltwerk::tool
{

/** Adds an option for each edit of a kernel. Times are in seconds, or in ms where the text says so. */
void addEditOptions (CLI::App&, Edits&);

} // namespace faltwerk::tool
