#pragma once

#include "Kernel/Edits.h"
#include "Kernel/Kernel.h"
#include "Kernel/Overview.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace faltwerk
{

/** Where a kernel came from: a file, the factory bank, or neither. */
struct KernelOrigin
{
    std::string path;         // of a file; UTF-8
    std::string relativePath; // of the same below one of the kernel folders; empty if it is in none
    std::string factoryName;  // of a kernel of the bank; only what the bank has made goes by such a name
    ChannelLayout layout = ChannelLayout::automatic; // how the file was read
    size_t numMatrixInputs = 0;
    bool isPair = false;           // the file is the left one of two (see KernelPair)
    bool isOnlyInSessions = false; // it was made here, or found in a session's copy, and nowhere else

    bool operator== (const KernelOrigin&) const = default;
};

/** A kernel with all that a session keeps of it: where it came from, its content hash, and a lossless copy. Immutable,
    shared as std::shared_ptr<const KernelDocument>. The kernel is missing until one that a session names is found; the
    rest is then kept, so that saving the session again loses nothing. */
struct KernelDocument : KernelOrigin
{
    std::shared_ptr<const Kernel> kernel; // at its own rate; null if missing
    std::string name, hash;
    double sampleRate = 0.0;          // Hz
    Routing routing = Routing::mono;  // which the copy does not tell
    size_t numRoutedMatrixInputs = 0; // of a matrix
    std::vector<std::byte> encoded;   // the copy (see encodeKernel)
};

/** Reads the file, or the pair of files, that an origin names; bare numbers are taken as samples at 48 kHz.
    [any, not audio] */
Outcome<Kernel> readOrigin (const KernelOrigin&);

/** Looks at a kernel once for all that the document holds; gives the same document again while it is in use anywhere in
    this process. [loader] */
std::shared_ptr<const KernelDocument> makeDocument (Kernel kernel, KernelOrigin origin);

/** A kernel of the factory bank; shared as above, and made only if it is not in use. Fails if there is none of that
    name. [loader] */
Outcome<std::shared_ptr<const KernelDocument>> makeFactoryDocument (const std::string& name);

/** A kernel as edited, and what of it is drawn. Immutable, shared. */
struct EditedKernel
{
    Edits edits;
    std::shared_ptr<const Kernel> kernel; // at its own rate
    std::vector<Overview> overviews;      // of each path
    double normalisingGain = 1.0;         // that made the kernel's level alike to others, linear
};

} // namespace faltwerk
