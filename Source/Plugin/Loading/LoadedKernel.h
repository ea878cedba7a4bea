#pragma once

#include "Kernel/Kernel.h"
#include "Plugin/Loading/KernelMaker.h"
#include "Plugin/Loading/KernelOrigin.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace faltwerk
{

/** The bytes of a kernel's lossless copy (see encodeKernel), immutable and shared. */
class KernelCopy
{
public:
    KernelCopy() = default;
    explicit KernelCopy (std::vector<std::byte>);

    std::span<const std::byte> bytes() const noexcept;
    size_t size() const noexcept { return bytes().size(); }
    bool empty() const noexcept { return bytes().empty(); }
    bool operator== (const KernelCopy&) const noexcept;

private:
    std::shared_ptr<const std::vector<std::byte>> content; // null: none
};

struct KernelEntry;

/** A kernel with everything that a session keeps of it: origin, content hash, and a lossless copy. Immutable, shared by
    pointer.

    The kernel is *missing* (its audio is null) while the kernel that a session names has not been found; the rest is
    kept, so that saving the session again loses nothing. The kernel is *on its way* from its request until it is loaded
    for the first time: it then has no hash, and names the kernel that is restored if it fails. */
struct LoadedKernel
{
    KernelOrigin origin;
    std::shared_ptr<const Kernel> kernel; // at its own rate; null if missing or on its way
    std::string name, hash;
    double sampleRate = 0.0;          // Hz
    Routing routing = Routing::mono;  // the copy does not contain it
    size_t numRoutedMatrixInputs = 0; // of a matrix
    KernelCopy encoded;               // empty for a generated kernel

    std::shared_ptr<KernelMaker> maker;          // of a kernel on its way that no file or recipe gives; else null
    std::shared_ptr<const KernelEntry> fallback; // of a kernel on its way; null: there was none before

    /** Returns true until the kernel has been loaded for the first time. [any] */
    bool isOnItsWay() const noexcept { return kernel == nullptr && hash.empty(); }
};

/** Points to a kernel that instances, slots and undo steps share; null: no kernel. */
using LoadedKernelPointer = std::shared_ptr<const LoadedKernel>;

/** Return a loaded kernel: an equal one that is in use in this process, or a new one. Hash the kernel and, without a
    recipe, encode a copy unless one of equal content is in use. [not audio] */
LoadedKernelPointer makeLoadedKernel (std::shared_ptr<const Kernel>, KernelOrigin origin);
LoadedKernelPointer makeLoadedKernel (Kernel kernel, KernelOrigin origin);

/** Returns the wanted kernel with its audio if an instance in this process has the audio of its hash; else null.
    Decodes nothing. [not audio] */
LoadedKernelPointer knownKernel (const LoadedKernel& wanted);

/** Returns the wanted kernel with audio decoded from its copy; null without a copy, or if the hash differs. Threads
    that call it for one kernel at the same time decode it once. [not audio] */
LoadedKernelPointer decodedKernel (const LoadedKernel& wanted);

/** Returns a copy with these bytes, shared with an equal one that is in use. [not audio] */
KernelCopy sharedCopy (const std::string& hash, std::span<const std::byte> bytes);

/** Returns the kernel of a recipe: one in use with that name, or a newly generated one. Fails as make() does.
    [loader] */
Outcome<LoadedKernelPointer> makeKernelOfRecipe (const KernelOrigin&, const std::string& name);

} // namespace faltwerk
