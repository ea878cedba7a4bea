#pragma once

#include "Kernel/Outcome.h"
#include "Kernel/Writing/OutputFormat.h"

#include <optional>
#include <string>
#include <vector>

namespace faltwerk::tool
{

/** The placeholder for the name of an input, without folder and ending, in the name of its output. */
constexpr auto namePlaceholder = "{name}";

/** Returns true for a folder that exists, or a name that ends as one. [any] */
bool namesFolder (const std::string& path);

/** Returns a sentence for an output that is no folder and has an ending with which nothing is written; else empty. */
std::string complaintAboutOutput (const std::string& path);

/** Returns an output for each input: `output` itself for a single one, else a file in that folder, or a name of that
    pattern. Fails if two inputs would have one output.
    @param inputs  paths of which the names are taken
    @param format  of files in a folder; WAV if none is given */
Outcome<std::vector<std::string>> nameOutputs (const std::vector<std::string>& inputs,
                                               const std::string& output,
                                               std::optional<OutputFormat> format);

} // namespace faltwerk::tool
