#pragma once

#include <functional>
#include <string>

namespace juce
{
class OutputStream;
}

namespace faltwerk
{

/** Returns true for what exists and is neither a regular file nor a folder, such as a pipe or a device.
    @param path  UTF-8, absolute or relative to the working directory. [any, not audio] */
bool isPipeOrDevice (const std::string& path);

/** Writes a file whole or not at all: what was there stays as it was after a failure. Follows links. Keeps a read-only
    file. A pipe, a device and a file with several names are written to and not replaced.
    @param path  UTF-8, absolute or relative to the working directory.
    @param fill  writes all bytes to a stream that can seek; false if that failed.
    Returns the error's sentence, empty on success. [any, not audio] */
std::string writeFile (const std::string& path, const std::function<bool (juce::OutputStream&)>& fill);

} // namespace faltwerk
