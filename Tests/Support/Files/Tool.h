#pragma once

#include "Support/Files/Process.h"

#include <string>
#include <utility>
#include <vector>

namespace faltwerk::test
{

/** Runs the command line tool to its end. Only in test programs that define FALTWERK_TOOL, its path. */
inline ProcessResult runTool (std::vector<std::string> arguments)
{
    arguments.insert (arguments.begin(), FALTWERK_TOOL);
    return runProcess (arguments);
}

} // namespace faltwerk::test
