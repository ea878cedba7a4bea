#pragma once

#include "Kernel/Outcome.h"

#include <string_view>
#include <vector>

namespace faltwerk
{

/** Reads numbers from text: [channel][sample].

    Numbers are separated by commas, semicolons, white space or new lines, and written as 3, -0.5 or 1.2e-3. Lines
    before the first number are a header, and what follows # is a comment. Several lines of two numbers each are two
    channels; anything else is one channel in reading order. What is not a finite number is refused with its line and
    column. [any, not audio] */
Outcome<std::vector<std::vector<double>>> parseNumbers (std::string_view text);

} // namespace faltwerk
