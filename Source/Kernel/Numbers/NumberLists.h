#pragma once

#include "Kernel/Numbers/NumberTable.h"
#include "Kernel/Outcome.h"

#include <optional>
#include <string_view>

namespace faltwerk
{

/** Reads numbers in the brackets or braces of Python, C, MATLAB, JSON and their like: [1, 2], h[2] = {1.f, 2.f};
    [1 2; 3 4], {"left": [1, 2], "right": [3, 4]}. Of lists in a list, and of MATLAB's rows, the fewer dimension is the
    channels; lists beside one another are a channel each, and one called t or time gives the times. Gives nothing if
    the text has no list, or begins with lines of numbers outside of one. Fails, with line and column, at what is no
    number within a list, and where lists have different lengths or can be read both ways. [not audio] */
std::optional<Outcome<NumberTable>> readLists (std::string_view text);

} // namespace faltwerk
