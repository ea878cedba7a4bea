#pragma once

#include "Tool/Commands/CommandText.h"

#include <string>

namespace faltwerk::tool
{

/** Returns a script by which bash completes commands, options, their words, files and kernels of the bank. */
std::string bashCompletion (const CommandText& tool);

/** Like bashCompletion(), for zsh, with descriptions. */
std::string zshCompletion (const CommandText& tool);

} // namespace faltwerk::tool
