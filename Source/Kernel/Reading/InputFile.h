#pragma once

#include "Kernel/Outcome.h"

#include <memory>
#include <string>

namespace juce
{
class FileInputStream;
}

namespace faltwerk
{

/** Opens a regular file for reading. A pipe would be waited for and a device may never end: both are refused.
    @param path  UTF-8, absolute or relative to the working directory. [not audio] */
Outcome<std::unique_ptr<juce::FileInputStream>> openInput (const std::string& path);

/** Returns the file name without folder, in composed Unicode: to be shown and not to be opened. [not audio] */
std::string fileNameOf (const std::string& path);

/** Returns it without extension too. [not audio] */
std::string nameOfFile (const std::string& path);

} // namespace faltwerk
