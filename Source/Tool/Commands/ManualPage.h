#pragma once

#include "Tool/Commands/CommandText.h"

#include <string>

namespace faltwerk::tool
{

/** Returns the manual page, as roff with the macros of man(7). @param version  "0.1.0" */
std::string manualPage (const CommandText& tool, const std::string& version);

} // namespace faltwerk::tool
