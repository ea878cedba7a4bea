#pragma once

#include <string>

namespace faltwerk
{

/** Returns a text in composed Unicode (NFC): an accent and its letter, as macOS writes names of files, become one
    character, which typefaces have. What is no UTF-8 stays as it is. [not audio] */
std::string composed (const std::string& utf8);

} // namespace faltwerk
