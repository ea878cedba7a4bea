#pragma once

#include "Kernel/Kernel.h"
#include "Kernel/Overview.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** A kernel with all that a session keeps of it: where it came from, its content hash, and a lossless copy. Immutable,
    shared as std::shared_ptr<const KernelDocument>. The kernel is missing when a session names one that could not be
    found; the rest is then kept, so that saving the session again loses nothing. */
struct KernelDocument
{
    std::shared_ptr<const Kernel> kernel; // at its own rate; null if missing
    std::vector<Overview> overviews;      // of each path, for drawing
    std::string name, path, hash;         // path: UTF-8, empty for a kernel that was no file
    double sampleRate = 0.0;              // Hz
    std::vector<std::byte> encoded;       // the copy (see encodeKernel)
};

/** Looks at a kernel once for all that the document holds. [loader] */
std::shared_ptr<const KernelDocument> makeDocument (Kernel kernel, std::string path);

} // namespace faltwerk
