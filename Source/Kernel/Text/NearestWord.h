#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace faltwerk
{

/** Returns the known word, in small or capital letters, that is most like another one: at most a third of its letters,
    or two, must be put in, left out or changed. Empty if none is so near. [not audio] */
std::string nearestWord (std::string_view word, const std::vector<std::string>& known);

} // namespace faltwerk
