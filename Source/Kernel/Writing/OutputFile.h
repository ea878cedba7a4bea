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
    @param path  UTF-8, absolute or relative to the working directory. [not audio] */
bool isPipeOrDevice (const std::string& path);

/** Returns true for a regular file that is not empty, also at the end of links: writing would replace what it holds.
    @param path  as for writeFile(). [not audio] */
bool isFileWithContent (const std::string& path);

/** The path that stands for standard output, whatever files there are. */
constexpr auto standardOutput = "-";

/** How a file's bytes are written. */
enum class Seeking
{
    needed,   // into a stream that can seek
    notNeeded // in their order: a pipe or a device gets them at once, from a stream that cannot seek
};

/** Writes a file whole or not at all: what was there stays as it was after a failure or a signal (see UnfinishedFile).
    Follows links. Keeps a read-only file. A pipe, a device, standard output and a file with several names are written
    to and not replaced.
    @param path  UTF-8, absolute or relative to the working directory, or `standardOutput`
    @param fill  writes all bytes to a stream; false if that failed
    Returns the error's sentence, empty on success. [not audio] */
std::string writeFile (const std::string& path,
                       const std::function<bool (juce::OutputStream&)>& fill,
                       Seeking seeking = Seeking::needed);

} // namespace faltwerk
